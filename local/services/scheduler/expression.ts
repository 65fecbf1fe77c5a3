const units: Readonly<Record<string, number>> = {minute: 60_000, hour: 3_600_000, day: 86_400_000}

interface Field {
  readonly minimum: number
  readonly maximum: number
  readonly names?: readonly string[]
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

const fields: Readonly<Record<string, Field>> = {
  minute: {minimum: 0, maximum: 59},
  hour: {minimum: 0, maximum: 23},
  day: {minimum: 1, maximum: 31},
  month: {minimum: 1, maximum: 12, names: months},
  weekday: {minimum: 1, maximum: 7, names: weekdays},
  year: {minimum: 1970, maximum: 2199}
}

const parseNumber = (text: string, {minimum, names}: Field): number => {
  const index = names?.indexOf(text.toUpperCase()) ?? -1
  return index === -1 ? Number(text) : index + minimum
}

/** Whether a value is in a list of `*`, `a`, `a-b`, `a/n`, `a-b/n`. */
const includes = (expression: string, value: number, field: Field): boolean => expression.split(',').some((part) => {
  const [range = '', step] = part.split('/')
  const [first = '', last] = range.split('-')
  const all = first === '*' || first === '?'
  const from = all ? field.minimum : parseNumber(first, field)
  const to = last !== undefined ? parseNumber(last, field) : all || step !== undefined ? field.maximum : from
  return value >= from && value <= to && (value - from) % Number(step ?? 1) === 0
})

const matches = (expressions: readonly string[], at: Date): boolean => {
  const values = [at.getUTCMinutes(), at.getUTCHours(), at.getUTCDate(), at.getUTCMonth() + 1, at.getUTCDay() + 1, at.getUTCFullYear()]
  return Object.values(fields).every((field, index) => includes(expressions[index] ?? '*', values[index]!, field))
}

const nextRate = (value: number, unit: string, after: number): number => after + value * units[unit.replace(/s$/, '')]!

const searchedMinutes = 366 * 24 * 60

const nextCron = (expressions: readonly string[], after: number): number => {
  const first = Math.floor(after / 60_000) + 1
  for (let minute = first; minute < first + searchedMinutes; minute++) {
    if (matches(expressions, new Date(minute * 60_000))) {
      return minute * 60_000
    }
  }
  return Number.POSITIVE_INFINITY
}

/**
 * When a schedule comes next after a time, in epoch ms; never (infinity) if that is over a year away. Knows `rate(…)`
 * and `cron(…)` without L, W and #. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export const nextTime = (expression: string, after: number): number => {
  const rate = /^rate\((\d+) (minutes?|hours?|days?)\)$/.exec(expression)
  if (rate !== null) {
    return nextRate(Number(rate[1]), rate[2]!, after)
  }
  const cron = /^cron\((.+)\)$/.exec(expression)?.[1]?.trim().split(/\s+/)
  if (cron?.length !== 6) {
    throw new Error(`Expected a schedule rate(…) or cron(…) of six fields; got '${expression}'.`)
  }
  return nextCron(cron, after)
}
