const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/
const SHORT = /^-?\d{1,15}$/
/** Exponents beyond this are none that Event Ruler reads. */
const EXPONENT_LIMIT = 2 ** 31

interface Decimal {
  readonly negative: boolean
  /** Without zeros at either end. */
  readonly digits: string
  /** Of the last digit. */
  readonly exponent: number
}

const parseDecimal = (text: string): Decimal | undefined => {
  const found = DECIMAL.exec(text)
  if (found === null) {
    return undefined
  }
  const [, sign, whole = '', fraction = '', power = '0'] = found
  const exponent = Number(power)
  if (Math.abs(exponent) >= EXPONENT_LIMIT) {
    return undefined
  }
  const significant = `${whole}${fraction}`.replace(/^0+/, '')
  const digits = significant.replace(/0+$/, '')
  return digits === ''
    ? {negative: false, digits: '0', exponent: 0}
    : {negative: sign === '-', digits, exponent: exponent - fraction.length + significant.length - digits.length}
}

/** Java writes a number with two digits at least, which tells of the smallest numbers that they are 4.9e-324, not 5e-324. */
const javaText = (number: number): string => /^-?\d(e|$)/.test(String(number)) ? number.toPrecision(2) : String(number)

/**
 * The number that a JSON number's text stands for, if a double holds exactly this decimal number; undefined for any other text. Event Ruler
 * compares only these as numbers: `0.1` is one, `9007199254740993` and `1e400` are not.
 */
export const comparableNumber = (text: string): number | undefined => {
  if (SHORT.test(text)) {
    return Number(text)
  }
  const wanted = parseDecimal(text)
  const number = Number(text)
  if (wanted === undefined || !Number.isFinite(number)) {
    return undefined
  }
  const held = parseDecimal(javaText(number))!
  return held.negative === wanted.negative && held.digits === wanted.digits && held.exponent === wanted.exponent ? number : undefined
}
