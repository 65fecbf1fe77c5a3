import {isDeepStrictEqual} from 'node:util'
import {type Binding, type Item, type Operand, readOperand, readPath, valueAt} from './operands'
import {type Tokens, createTokens} from './tokens'

export type Condition = (item: Item, binding: Binding) => boolean

/** Whether both are numbers or both texts, and in this order. */
const isLess = (left: unknown, right: unknown): boolean =>
  (typeof left === 'string' && typeof right === 'string' && left < right) || (typeof left === 'number' && typeof right === 'number' && left < right)

const isSame = (left: unknown, right: unknown): boolean => left === right && ['string', 'number'].includes(typeof left)

/** What is not there is unequal to everything, and neither less nor more. */
const comparators: Readonly<Record<string, (left: unknown, right: unknown) => boolean>> = {
  '=': (left, right) => left !== undefined && isDeepStrictEqual(left, right),
  '<>': (left, right) => !isDeepStrictEqual(left, right),
  '<': isLess,
  '<=': (left, right) => isLess(left, right) || isSame(left, right),
  '>': (left, right) => isLess(right, left),
  '>=': (left, right) => isLess(right, left) || isSame(left, right)
}

const contains = (value: unknown, part: unknown): boolean => {
  if (typeof value === 'string') {
    return value.includes(String(part))
  }
  return (Array.isArray(value) || value instanceof Set) && [...value].some((each) => isDeepStrictEqual(each, part))
}

const functions: Readonly<Record<string, (tokens: Tokens) => Condition>> = {
  attribute_exists: (tokens) => {
    const path = readPath(tokens)
    return (item, binding) => valueAt(item, path(binding)) !== undefined
  },
  attribute_not_exists: (tokens) => {
    const path = readPath(tokens)
    return (item, binding) => valueAt(item, path(binding)) === undefined
  },
  begins_with: (tokens) => pair(tokens, (value, start) => typeof value === 'string' && value.startsWith(String(start))),
  contains: (tokens) => pair(tokens, contains)
}

const pair = (tokens: Tokens, holds: (left: unknown, right: unknown) => boolean): Condition => {
  const left = readOperand(tokens)
  tokens.expect(',')
  const right = readOperand(tokens)
  return (item, binding) => holds(left(item, binding), right(item, binding))
}

const readList = (tokens: Tokens): Operand[] => {
  tokens.expect('(')
  const list = [readOperand(tokens)]
  while (tokens.takes(',')) {
    list.push(readOperand(tokens))
  }
  tokens.expect(')')
  return list
}

const readComparison = (tokens: Tokens): Condition => {
  const left = readOperand(tokens)
  if (tokens.takes('IN')) {
    const list = readList(tokens)
    return (item, binding) => list.some((each) => isDeepStrictEqual(left(item, binding), each(item, binding)))
  }
  if (tokens.takes('BETWEEN')) {
    const low = readOperand(tokens)
    tokens.expect('AND')
    const high = readOperand(tokens)
    return (item, binding) => {
      const value = left(item, binding)
      return comparators['>=']!(value, low(item, binding)) && comparators['<=']!(value, high(item, binding))
    }
  }
  const operator = tokens.next()
  const compare = comparators[operator]
  if (compare === undefined) {
    throw new Error(`Expected a comparison that the shadow's table knows; got '${operator}'.`)
  }
  const right = readOperand(tokens)
  return (item, binding) => compare(left(item, binding), right(item, binding))
}

const readUnary = (tokens: Tokens): Condition => {
  if (tokens.takes('NOT')) {
    const condition = readUnary(tokens)
    return (item, binding) => !condition(item, binding)
  }
  if (tokens.takes('(')) {
    const condition = readAny(tokens)
    tokens.expect(')')
    return condition
  }
  const read = functions[tokens.peek()]
  if (read === undefined) {
    return readComparison(tokens)
  }
  tokens.next()
  tokens.expect('(')
  const condition = read(tokens)
  tokens.expect(')')
  return condition
}

const readAll = (tokens: Tokens): Condition => {
  const conditions = [readUnary(tokens)]
  while (tokens.takes('AND')) {
    conditions.push(readUnary(tokens))
  }
  return (item, binding) => conditions.every((condition) => condition(item, binding))
}

const readAny = (tokens: Tokens): Condition => {
  const conditions = [readAll(tokens)]
  while (tokens.takes('OR')) {
    conditions.push(readAll(tokens))
  }
  return (item, binding) => conditions.some((condition) => condition(item, binding))
}

/** Compiles a condition, filter or key condition. Throws if it is not one, or more than the shadow's table knows. */
export const compileCondition = (text: string): Condition => {
  const tokens = createTokens(text)
  const condition = readAny(tokens)
  tokens.expect('')
  return condition
}
