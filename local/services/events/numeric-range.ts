import type {JsonReader, Token} from './json-reader'
import {close} from './expression-parts'
import {type Matcher, numeric} from './matchers'

const NUMERIC_LIMIT = 5e9

const numberAfter = (reader: JsonReader, token: Token, operator: string): number => {
  if (token !== 'number') {
    reader.fail(`Value of ${operator === '=' ? 'equals' : operator} must be numeric`)
  }
  const value = Number(reader.text())
  return Math.abs(value) <= NUMERIC_LIMIT ? value : reader.fail('Value must be between -5.0E9 and 5.0E9, inclusive')
}

type Comparison = (limit: number) => (value: number) => boolean

const comparisons: ReadonlyMap<string, Comparison> = new Map(Object.entries({
  '=': (limit) => (value) => value === limit,
  '<': (limit) => (value) => value < limit,
  '<=': (limit) => (value) => value <= limit,
  '>': (limit) => (value) => value > limit,
  '>=': (limit) => (value) => value >= limit
} satisfies Record<string, Comparison>))

const upperBound = (reader: JsonReader, token: Token, bottom: number): (value: number) => boolean => {
  if (token !== 'string') {
    reader.fail(`Bad value in numeric range: ${reader.text()}`)
  }
  const operator = reader.text()
  if (operator !== '<' && operator !== '<=') {
    reader.fail(`Bad numeric range operator: ${operator}`)
  }
  const limit = numberAfter(reader, reader.next(), operator)
  if (reader.next() !== ']') {
    reader.fail('Too many terms in numeric range expression')
  }
  return bottom < limit ? comparisons.get(operator)!(limit) : reader.fail('Bottom must be less than top')
}

/** Reads `[">", 0, "<=", 5]` and the brace behind it. */
export const numericRange = (reader: JsonReader): Matcher => {
  if (reader.next() !== '[') {
    reader.fail('Value of numeric must be an array.')
  }
  const first = reader.next()
  const operator = first === 'string' ? reader.text() : reader.fail(`Invalid member in numeric match: ${first === ']' ? ']' : reader.text()}`)
  const value = reader.next()
  const comparison = comparisons.get(operator) ?? reader.fail(`Unrecognized numeric range operator: ${operator}`)
  const limit = numberAfter(reader, value, operator)
  const meets = comparison(limit)
  const token = reader.next()
  if (token !== ']' && !operator.startsWith('>')) {
    reader.fail('Too many elements in numeric expression')
  }
  const below = token === ']' ? () => true : upperBound(reader, token, limit)
  close(reader, 'Too many elements in numeric expression')
  return numeric((number) => meets(number) && below(number))
}
