import {close, placed} from './expression-parts'
import type {JsonReader, Token} from './json-reader'
import {exactNumber, type Matcher, numeric} from './matchers'
import {comparableNumber} from './numbers'

const TOO_MANY = 'Too many elements in numeric expression'

const numberAfter = (reader: JsonReader, token: Token, operator: string): string =>
  token === 'number' ? reader.text() : reader.fail(`Value of ${operator === '=' ? 'equals' : operator} must be numeric`)

/** Throws in EventBridge's words if a double does not hold the number: it cannot be compared. */
export const comparable = (text: string): number => {
  const number = comparableNumber(text)
  if (number === undefined) {
    throw new Error(`Cannot compare number : ${text}`)
  }
  return number
}

type Comparison = (limit: number) => (value: number) => boolean

const comparisons: ReadonlyMap<string, Comparison> = new Map(Object.entries({
  '<': (limit) => (value) => value < limit,
  '<=': (limit) => (value) => value <= limit,
  '>': (limit) => (value) => value > limit,
  '>=': (limit) => (value) => value >= limit
} satisfies Record<string, Comparison>))

const compare = (reader: JsonReader, operator: string, text: string): Matcher => {
  const limit = placed(reader, () => comparable(text))
  if (operator === '=') {
    return exactNumber(text)
  }
  const end = operator.startsWith('>') ? Number.MAX_VALUE : -Number.MAX_VALUE
  return {...numeric(`${operator}${limit}`, comparisons.get(operator)!(limit)), fails: limit === end ? 'always' : undefined}
}

const between = (operators: readonly [string, string], texts: readonly [string, string]): Matcher => {
  const [bottom, top] = [comparable(texts[0]), comparable(texts[1])]
  if (bottom >= top) {
    throw new Error('Bottom must be less than top')
  }
  const [above, below] = [comparisons.get(operators[0])!(bottom), comparisons.get(operators[1])!(top)]
  return numeric(`${operators[0]}${bottom}${operators[1]}${top}`, (value) => above(value) && below(value))
}

const upToTop = (reader: JsonReader, token: Token, operator: string, bottom: string): Matcher => {
  if (token !== 'string') {
    reader.fail(`Bad value in numeric range: ${reader.text()}`)
  }
  const below = reader.text()
  if (below !== '<' && below !== '<=') {
    reader.fail(`Bad numeric range operator: ${below}`)
  }
  const top = numberAfter(reader, reader.next(), below)
  if (reader.next() !== ']') {
    reader.fail('Too many terms in numeric range expression')
  }
  return placed(reader, () => between([operator, below], [bottom, top]))
}

/** Reads `[">", 0, "<=", 5]` and the brace behind it. */
export const numericRange = (reader: JsonReader): Matcher => {
  if (reader.next() !== '[') {
    reader.fail('Value of numeric must be an array.')
  }
  const operator = reader.next() === 'string' ? reader.text() : reader.fail(`Invalid member in numeric match: ${reader.text()}`)
  const value = reader.next()
  if (operator !== '=' && !comparisons.has(operator)) {
    reader.fail(`Unrecognized numeric range operator: ${operator}`)
  }
  const text = numberAfter(reader, value, operator)
  const token = reader.next()
  if (token !== ']' && !operator.startsWith('>')) {
    reader.fail(TOO_MANY)
  }
  const matcher = token === ']' ? compare(reader, operator, text) : upToTop(reader, token, operator, text)
  close(reader, TOO_MANY)
  return matcher
}
