const special = /[\\^$.*+?()[\]{}|/-]/g
const surrogate = /[\uD800-\uDFFF]/

/** Event Ruler takes a text apart into UTF-16 units, and one that is half a character becomes a question mark. */
const forms = (unit: string): string[] =>
  [...new Set([unit.toLowerCase(), unit.toUpperCase()].map((form) => surrogate.test(form) ? '?' : form))]

const source = (wanted: string): string => wanted.split('')
  .map((unit) => `(?:${forms(unit).map((form) => form.replace(special, '\\$&')).join('|')})`).join('')

/**
 * Whether a text is the wanted one but for the case of its letters: each letter of the wanted text stands for its small and its capital form,
 * so that `ß` also takes `SS`, and `k` does not take the Kelvin sign, whose small form is `k`.
 */
export const equalsIgnoringCase = (wanted: string): (text: string) => boolean => {
  const whole = new RegExp(`^${source(wanted)}$`, 's')
  return (text) => whole.test(text)
}

export const startsIgnoringCase = (wanted: string): (text: string) => boolean => {
  const start = new RegExp(`^${source(wanted)}`, 's')
  return (text) => start.test(text)
}

export const endsIgnoringCase = (wanted: string): (text: string) => boolean => {
  const end = new RegExp(`${source(wanted)}$`, 's')
  return (text) => end.test(text)
}
