import {addressRange, type AddressRange, hexAddress, literalRange, meetsRange} from './address'
import {endsIgnoringCase, equalsIgnoringCase, startsIgnoringCase} from './ignore-case'
import {comparableNumber} from './numbers'
import {fitsWildcard} from './wildcard'

/**
 * A value of an event that is neither object nor array, as Event Ruler writes it: a text between quotes, without escapes; a number, `true`,
 * `false` or `null` as it stands in the JSON.
 */
export type Leaf = string

/** One alternative of a pattern's field: met by a value, or by the field's absence. */
export interface Matcher {
  /** Two matchers with one key are the same. */
  readonly key: string
  readonly absent?: boolean
  /** Event Ruler takes it and then fails on it, or only where it is a field's first matcher. */
  readonly fails?: 'always' | 'first' | undefined
  /** The field's numbers are compared as numbers. */
  readonly numeric?: boolean
  /** The wildcard values in it, quotes included. */
  readonly wildcards?: readonly string[]
  /** `numbers`: whether any matcher of the field is numeric. */
  readonly test: (value: Leaf, numbers: boolean) => boolean
}

export const quoted = (text: string): string => `"${text}"`

/** Neither a text nor an address: met by the same JSON. */
export const exactly = (json: string): Matcher => ({key: `exact ${json}`, test: (value) => value === json})

/** A number is met by an equal one however it is written; one that a double does not hold, by the same digits alone. */
export const exactNumber = (text: string): Matcher => {
  const number = comparableNumber(text)
  return number === undefined
    ? exactly(text)
    : {key: `number ${number}`, numeric: true, test: (value) => comparableNumber(value) === number || value === text}
}

/**
 * Event Ruler looks for an address in a text, and in the digits of a number that it does not compare as one: there `0.0.0.0/0` takes 12345678.
 */
const withinRange = (key: string, range: AddressRange): Matcher => ({
  key,
  test: (value, numbers) => {
    const address = value.startsWith('"') ? hexAddress(value.slice(1, -1)) : undefined
    return address === undefined
      ? !value.startsWith('"') && !(numbers && comparableNumber(value) !== undefined) && meetsRange(value, range)
      : meetsRange(address, range)
  }
})

/** Throws with EventBridge's words for a malformed block. */
export const withinBlock = (block: string): Matcher => withinRange(`cidr ${block}`, addressRange(block))

/** A text that is an address is met by the same address however it is written. */
export const exactText = (text: string): Matcher => {
  const range = literalRange(text)
  return range === undefined ? exactly(quoted(text)) : withinRange(`address ${hexAddress(text)}`, range)
}

export const present: Matcher = {key: 'exists', test: () => true}
export const absent: Matcher = {key: 'absent', absent: true, test: () => false}

export const prefix = (wanted: string): Matcher => ({key: `prefix ${wanted}`, test: (value) => value.startsWith(`"${wanted}`)})
export const suffix = (wanted: string): Matcher => ({key: `suffix ${wanted}`, test: (value) => value.endsWith(`${wanted}"`)})
export const equalIgnoringCase = (wanted: string): Matcher => ({key: `ignore-case ${wanted}`, test: equalsIgnoringCase(quoted(wanted))})
export const prefixIgnoringCase = (wanted: string): Matcher => ({key: `prefix-ignore-case ${wanted}`, test: startsIgnoringCase(`"${wanted}`)})
export const suffixIgnoringCase = (wanted: string): Matcher => ({key: `suffix-ignore-case ${wanted}`, test: endsIgnoringCase(`${wanted}"`)})

/** `*` stands for any text, `\*` and `\\` for themselves; the value's elements have been checked. */
export const wildcard = (wanted: string): Matcher =>
  ({key: `wildcard ${wanted}`, wildcards: [quoted(wanted)], test: fitsWildcard(quoted(wanted))})

export const numeric = (key: string, test: (value: number) => boolean): Matcher => ({
  key: `numeric ${key}`,
  numeric: true,
  test: (value) => {
    const number = comparableNumber(value)
    return number !== undefined && test(number)
  }
})

/** Matches every value that none of the matchers does; an absent field is no value. Excluding nothing is no matcher at all. */
export const anythingBut = (matchers: readonly Matcher[]): Matcher => {
  const wildcards = [...new Set(matchers.flatMap((matcher) => matcher.wildcards ?? []))]
  return {
    key: `anything-but ${[...new Set(matchers.map(({key}) => key))].sort().join('\n')}`,
    numeric: matchers.some((matcher) => matcher.numeric === true),
    fails: matchers.length === 0 ? 'first' : undefined,
    ...(wildcards.length > 0 && {wildcards}),
    test: (value, numbers) => matchers.length > 0 && !matchers.some((matcher) => matcher.test(value, numbers))
  }
}
