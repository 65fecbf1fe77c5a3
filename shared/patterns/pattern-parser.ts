import {PatternError} from './errors'
import {matchExpression} from './pattern-expression'
import {type JsonReader, jsonReader, type Token} from './json-reader'
import {exactly, exactNumber, exactText, type Matcher} from './matchers'

/** One way to meet a pattern: every path has one of its matchers met. A pattern with `$or` has several. */
export type Branch = ReadonlyMap<string, readonly Matcher[]>

const OR = '$or'
/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
const MAX_COMBINATIONS = 1000
const reservedInOr = new Set(['exactly', 'equals-ignore-case', 'prefix', 'suffix', 'anything-but', 'exists', 'wildcard', 'numeric', 'cidr',
  '=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case', 'date-after', 'date-on-or-after', 'date-before',
  'date-on-or-before', 'in-date-range', 'ip-address-in-range', 'ip-address-not-in-range'])

const readMatcher = (reader: JsonReader, token: Token): Matcher => {
  if (token === '{') {
    return matchExpression(reader)
  }
  if (token === 'string') {
    return exactText(reader.text())
  }
  if (token === 'number') {
    return exactNumber(reader.text())
  }
  return token === 'true' || token === 'false' || token === 'null' ? exactly(token) : reader.fail('Match value must be String, number, true, false, or null')
}

/** Each way to take one alternative of every `$or` is a combination. */
const limit = (branches: readonly Branch[]): void => {
  if (branches.length > MAX_COMBINATIONS) {
    throw new PatternError(`Rule is too complex - ${OR} makes more than ${MAX_COMBINATIONS} combinations of rules`)
  }
}

const readMatchers = (reader: JsonReader): Matcher[] => {
  const found: Matcher[] = []
  for (let token = reader.next(); token !== ']'; token = reader.next()) {
    found.push(readMatcher(reader, token))
  }
  return found.length > 0 ? found : reader.fail('Empty arrays are not allowed')
}

const readOr = (reader: JsonReader, path: readonly string[], branches: readonly Branch[]): Branch[] => {
  if (reader.next() !== '[') {
    reader.fail(`It must be an Array followed with ${OR}.`)
  }
  const alternatives: Branch[][] = []
  for (let token = reader.next(); token !== ']'; token = reader.next()) {
    if (token !== '{') {
      reader.fail(`Only JSON object is allowed in array of ${OR} relationship.`)
    }
    alternatives.push(readObject(reader, path, branches, true))
    limit(alternatives.flat())
  }
  return alternatives.length > 1 ? alternatives.flat() : reader.fail(`There must have at least 2 Objects in ${OR} relationship.`)
}

const readField = (reader: JsonReader, path: readonly string[], branches: readonly Branch[], inOr: boolean): Branch[] => {
  const name = reader.text()
  if (name === OR) {
    return readOr(reader, path, branches)
  }
  if (inOr && reservedInOr.has(name)) {
    reader.fail(`${name} is Ruler reserved fieldName which cannot be used inside ${OR}.`)
  }
  const token = reader.next()
  if (token === '{') {
    return readObject(reader, [...path, name], branches, inOr)
  }
  const matchers = token === '[' ? readMatchers(reader) : reader.fail(`"${name}" must be an object or an array`)
  return branches.map((branch) => new Map([...branch, [[...path, name].join('.'), matchers]]))
}

const readObject = (reader: JsonReader, path: readonly string[], before: readonly Branch[], inOr: boolean): Branch[] => {
  let branches: Branch[] = [...before]
  let token = reader.next()
  if (token === '}') {
    reader.fail('Empty objects are not allowed')
  }
  for (; token !== '}'; token = reader.next()) {
    branches = readField(reader, path, branches, inOr)
  }
  return branches
}

/** The branches of an event pattern; throws PatternError in EventBridge's words if it is not valid. */
export const parsePattern = (text: string): readonly Branch[] => {
  const reader = jsonReader(text)
  if (reader.next() !== '{') {
    reader.fail('Filter is not an object')
  }
  return readObject(reader, [], [new Map()], false)
}
