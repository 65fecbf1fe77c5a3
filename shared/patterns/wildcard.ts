import {fitsPieces} from '../wildcard'

/** A byte that a wildcard value wants, or any number of any bytes. */
export type Element = number | typeof STAR

export const STAR = '*'

/** The elements of a wildcard value; throws with Event Ruler's words and the place counted as it counts, in bytes. */
export const wildcardElements = (value: string): Element[] => {
  const bytes = Buffer.from(value)
  const elements: Element[] = []
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = String.fromCharCode(bytes[at]!)
    const next = String.fromCharCode(bytes[at + 1] ?? 0)
    if (byte === '*' && next === '*') {
      throw new Error(`Consecutive wildcard characters at pos ${at}`)
    }
    if (byte === '\\' && next !== '*' && next !== '\\') {
      throw new Error(`Invalid escape character at pos ${at}`)
    }
    at += byte === '\\' ? 1 : 0
    elements.push(byte === '*' ? STAR : bytes[at]!)
  }
  return elements
}

/** The literal pieces between the stars; `\*` and `\\` stand for themselves. */
const literals = (value: string): string[] => {
  const pieces = ['']
  for (let at = 0; at < value.length; at += 1) {
    if (value[at] === '*') {
      pieces.push('')
    } else {
      at += value[at] === '\\' ? 1 : 0
      pieces.push(pieces.pop()! + value[at]!)
    }
  }
  return pieces
}

/** Whether a text fits a wildcard value whose elements are valid. */
export const fitsWildcard = (value: string): (text: string) => boolean => {
  const pieces = literals(value)
  return (text) => fitsPieces(text, pieces)
}
