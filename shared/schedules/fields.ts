/** One field of a cron expression, for whose values there are bounds and maybe names. */
export interface FieldRange {
  readonly minimum: number
  readonly maximum: number
  readonly names?: readonly string[]
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

export const ranges = {
  minute: {minimum: 0, maximum: 59},
  hour: {minimum: 0, maximum: 23},
  day: {minimum: 1, maximum: 31},
  month: {minimum: 1, maximum: 12, names: months},
  weekday: {minimum: 1, maximum: 7, names: weekdays},
  year: {minimum: 1970, maximum: 2199}
} as const satisfies Readonly<Record<string, FieldRange>>

/** The number of a value or name; undefined if the field has no such value. */
export const readValue = (text: string, {minimum, maximum, names}: FieldRange): number | undefined => {
  const index = names?.indexOf(text.toUpperCase()) ?? -1
  if (index >= 0) {
    return index + minimum
  }
  return /^\d{1,4}$/.test(text) && Number(text) >= minimum && Number(text) <= maximum ? Number(text) : undefined
}

/** From one value to another; over the end of the field and on from its beginning if the second is less. */
const span = (from: number, to: number, {minimum, maximum}: FieldRange): number[] => {
  const all = maximum - minimum + 1
  return Array.from({length: (to - from + all) % all + 1}, (_, at) => minimum + (from - minimum + at) % all)
}

const readSpan = (text: string, range: FieldRange, hasStep: boolean): number[] | undefined => {
  if (text === '*') {
    return span(range.minimum, range.maximum, range)
  }
  const [first, last, ...more] = text.split('-').map((each) => readValue(each, range))
  if (first === undefined || more.length > 0 || (text.includes('-') && last === undefined)) {
    return undefined
  }
  return span(first, last ?? (hasStep ? range.maximum : first), range)
}

const readPart = (part: string, range: FieldRange): number[] | undefined => {
  const [text = '', step, ...more] = part.split('/')
  const every = step === undefined ? 1 : /^\d{1,4}$/.test(step) ? Number(step) : 0
  if (more.length > 0 || every < 1 || every > range.maximum) {
    return undefined
  }
  return readSpan(text, range, step !== undefined)?.filter((_, at) => at % every === 0)
}

/** The values of a list of `*`, `a`, `a-b`, `a/n`, `a-b/n`; undefined for any other text. */
export const readList = (text: string, range: FieldRange): ReadonlySet<number> | undefined => {
  const parts = text.split(',').map((part) => readPart(part, range))
  return parts.every((part) => part !== undefined) ? new Set(parts.flat()) : undefined
}
