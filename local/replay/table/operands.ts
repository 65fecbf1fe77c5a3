import {asObject} from '../../../shared/json'
import type {Tokens} from './tokens'

export type Item = Readonly<Record<string, unknown>>

/** What the placeholders of an expression stand for. */
export interface Binding {
  readonly names: Readonly<Record<string, string>>
  readonly values: Readonly<Record<string, unknown>>
}

export type Operand = (item: Item, binding: Binding) => unknown
export type Path = (binding: Binding) => readonly string[]

const readName = (tokens: Tokens): string => {
  const name = tokens.next()
  if (!/^#?\w+$/.test(name)) {
    throw new Error(`Expected the name of an attribute; got '${name}'.`)
  }
  return name
}

/** Reads a path of attributes, `#a.b`. */
export const readPath = (tokens: Tokens): Path => {
  const parts = [readName(tokens)]
  while (tokens.takes('.')) {
    parts.push(readName(tokens))
  }
  return ({names}) => parts.map((part) => part.startsWith('#') ? names[part] ?? part : part)
}

/** The value at a path; undefined if there is none. */
export const valueAt = (item: Item, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => asObject(value)[name], item)

const measure = (value: unknown): number | undefined => {
  if (typeof value === 'string') {
    return Buffer.byteLength(value)
  }
  if (value instanceof Set) {
    return value.size
  }
  return typeof value === 'object' && value !== null ? Object.keys(value).length : undefined
}

const inBrackets = <T>(tokens: Tokens, read: () => T): T => {
  tokens.expect('(')
  const value = read()
  tokens.expect(')')
  return value
}

const two = <T, U>(tokens: Tokens, first: () => T, second: () => U): [T, U] => inBrackets(tokens, () => {
  const one = first()
  tokens.expect(',')
  return [one, second()]
})

/** Reads a value: a path, a placeholder, or a function of them. */
export const readOperand = (tokens: Tokens): Operand => {
  if (tokens.peek().startsWith(':')) {
    const name = tokens.next()
    return (_item, {values}) => values[name]
  }
  if (tokens.takes('if_not_exists')) {
    const [path, otherwise] = two(tokens, () => readPath(tokens), () => readOperand(tokens))
    return (item, binding) => valueAt(item, path(binding)) ?? otherwise(item, binding)
  }
  if (tokens.takes('list_append')) {
    const [first, second] = two(tokens, () => readOperand(tokens), () => readOperand(tokens))
    return (item, binding) => [first(item, binding), second(item, binding)].flat()
  }
  if (tokens.takes('size')) {
    const path = inBrackets(tokens, () => readPath(tokens))
    return (item, binding) => measure(valueAt(item, path(binding)))
  }
  const path = readPath(tokens)
  return (item, binding) => valueAt(item, path(binding))
}
