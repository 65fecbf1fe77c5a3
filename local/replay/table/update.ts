import {asObject} from '../../../shared/json'
import {type Binding, type Item, type Operand, readOperand, readPath, valueAt} from './operands'
import {type Tokens, createTokens} from './tokens'

/** The item after the update; the one before stays as it is. */
export type Update = (item: Item, binding: Binding) => Item

type Draft = Record<string, unknown>
type Change = (before: Item, draft: Draft, binding: Binding) => void

/** Sets a value in a draft, or takes it away if there is none; what lies deeper is copied on the way. */
const write = (draft: Draft, [name = '', ...rest]: readonly string[], value: unknown): void => {
  if (rest.length > 0) {
    const inner = {...asObject(draft[name])}
    write(inner, rest, value)
    draft[name] = inner
  } else if (value === undefined) {
    Reflect.deleteProperty(draft, name)
  } else {
    draft[name] = value
  }
}

const readSum = (tokens: Tokens): Operand => {
  const left = readOperand(tokens)
  const sign = tokens.takes('+') ? 1 : tokens.takes('-') ? -1 : 0
  if (sign === 0) {
    return left
  }
  const right = readOperand(tokens)
  return (item, binding) => Number(left(item, binding)) + sign * Number(right(item, binding))
}

const readSet = (tokens: Tokens): Change => {
  const path = readPath(tokens)
  tokens.expect('=')
  const value = readSum(tokens)
  return (before, draft, binding) => write(draft, path(binding), value(before, binding))
}

const readRemove = (tokens: Tokens): Change => {
  const path = readPath(tokens)
  return (_before, draft, binding) => write(draft, path(binding), undefined)
}

const setIn = (value: unknown): ReadonlySet<unknown> => value instanceof Set ? value : new Set()

const added = (old: unknown, value: unknown): unknown =>
  value instanceof Set ? new Set([...setIn(old), ...value]) : Number(old ?? 0) + Number(value)

const removed = (old: unknown, value: unknown): unknown => {
  const rest = [...setIn(old)].filter((each) => !setIn(value).has(each))
  return rest.length === 0 ? undefined : new Set(rest)
}

const readWith = (tokens: Tokens, combine: (old: unknown, value: unknown) => unknown): Change => {
  const path = readPath(tokens)
  const value = readOperand(tokens)
  return (before, draft, binding) => write(draft, path(binding), combine(valueAt(before, path(binding)), value(before, binding)))
}

const clauses: Readonly<Record<string, (tokens: Tokens) => Change>> = {
  SET: readSet,
  REMOVE: readRemove,
  ADD: (tokens) => readWith(tokens, added),
  DELETE: (tokens) => readWith(tokens, removed)
}

/** Compiles an update. Throws if it is not one, or more than the shadow's table knows. */
export const compileUpdate = (text: string): Update => {
  const tokens = createTokens(text)
  const changes: Change[] = []
  while (tokens.peek() !== '') {
    const name = tokens.next().toUpperCase()
    const read = clauses[name]
    if (read === undefined) {
      throw new Error(`Expected SET, REMOVE, ADD or DELETE; got '${name}' in '${text}'.`)
    }
    do {
      changes.push(read(tokens))
    } while (tokens.takes(','))
  }
  return (item, binding) => {
    const draft = {...item}
    changes.forEach((change) => change(item, draft, binding))
    return draft
  }
}
