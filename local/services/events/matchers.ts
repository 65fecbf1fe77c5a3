import {fitsPieces} from '../../runtime/core/wildcard'
import {addressBytes} from './address'

/** A value of an event that is neither object nor array. */
export type Leaf = string | number | boolean | null

/** One alternative of a pattern's field: met by a value, or by the field's absence. */
export interface Matcher {
  readonly absent?: boolean
  readonly test: (value: Leaf) => boolean
}

const onText = (test: (text: string) => boolean): Matcher => ({test: (value) => typeof value === 'string' && test(value)})

/** An address equals an address however it is written; any other value equals only itself. */
export const exactly = (wanted: Leaf): Matcher => {
  const address = typeof wanted === 'string' ? addressBytes(wanted)?.join('.') : undefined
  return {test: (value) => value === wanted || (address !== undefined && typeof value === 'string' && addressBytes(value)?.join('.') === address)}
}

export const present: Matcher = {test: () => true}
export const absent: Matcher = {absent: true, test: () => false}

export const prefix = (wanted: string): Matcher => onText((text) => text.startsWith(wanted))
export const suffix = (wanted: string): Matcher => onText((text) => text.endsWith(wanted))
export const ignoringCase = (matcher: (wanted: string) => Matcher) => (wanted: string): Matcher => {
  const folded = matcher(wanted.toLowerCase())
  return onText((text) => folded.test(text.toLowerCase()))
}

export const within = (test: (text: string) => boolean): Matcher => onText(test)

export const numeric = (test: (value: number) => boolean): Matcher =>
  ({test: (value) => typeof value === 'number' && Math.abs(value) <= 5e9 && test(value)})

/** Matches every value that none of the matchers does; an absent field is no value. */
export const anythingBut = (matchers: readonly Matcher[]): Matcher => ({test: (value) => !matchers.some((matcher) => matcher.test(value))})

/** The literal pieces between a wildcard's stars; throws with EventBridge's words and the place counted as it counts. */
const pieces = (wanted: string): string[] => {
  const found: string[] = []
  let piece = ''
  for (let at = 0; at < wanted.length; at += 1) {
    const next = wanted[at + 1]
    const position = Buffer.byteLength(`"${wanted.slice(0, at)}`)
    if (wanted[at] === '*') {
      if (next === '*') {
        throw new Error(`Consecutive wildcard characters at pos ${position}`)
      }
      found.push(piece)
      piece = ''
    } else if (wanted[at] === '\\' && next !== '*' && next !== '\\') {
      throw new Error(`Invalid escape character at pos ${position}`)
    } else {
      at += wanted[at] === '\\' ? 1 : 0
      piece += wanted[at]
    }
  }
  return [...found, piece]
}

/** `*` stands for any text, `\*` and `\\` for themselves. */
export const wildcard = (wanted: string): Matcher => {
  const literals = pieces(wanted)
  return onText((text) => fitsPieces(text, literals))
}

/** More stars than this in one value are refused; AWS's true bound counts the states of its automaton, this agrees with what was observed. */
export const WILDCARD_STARS = 5
export const stars = (wanted: string): number => pieces(wanted).length - 1
