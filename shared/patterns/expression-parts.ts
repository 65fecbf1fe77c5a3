import {describeError} from '../errors'
import {PatternError} from './errors'
import type {JsonReader, Token} from './json-reader'
import {type Matcher, quoted, wildcard} from './matchers'
import {wildcardElements} from './wildcard'

export const ONE_KEY = 'Only one key allowed in match expression'

/** Reads the brace that ends an expression. */
export const close = (reader: JsonReader, message: string): void => {
  if (reader.next() !== '}') {
    reader.fail(message)
  }
}

export const textAfter = (reader: JsonReader, token: Token, message: string): string => token === 'string' ? reader.text() : reader.fail(message)

/** EventBridge says where a malformed pattern goes wrong, but not where an address block in it does. */
export const placeless = <T>(work: () => T): T => {
  try {
    return work()
  } catch (error) {
    throw new PatternError(describeError(error))
  }
}

/** Adds the place reached to whatever goes wrong. */
export const placed = <T>(reader: JsonReader, work: () => T): T => {
  try {
    return work()
  } catch (error) {
    return reader.fail(describeError(error))
  }
}

export const wildcardMatcher = (reader: JsonReader, text: string): Matcher => {
  placed(reader, () => wildcardElements(quoted(text)))
  return wildcard(text)
}
