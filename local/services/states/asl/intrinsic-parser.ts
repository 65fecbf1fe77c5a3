import {StatesError} from './errors'

/** An intrinsic function's call, a path, or a literal; `raw` of a text keeps the escapes of braces, which mean something to Format. */
export type Expression =
  | {readonly kind: 'literal', readonly value: unknown, readonly raw?: string}
  | {readonly kind: 'path', readonly path: string}
  | {readonly kind: 'call', readonly name: string, readonly text: string, readonly args: readonly Expression[]}

interface Cursor {
  readonly text: string
  at: number
}

const known = new Map<string, Expression>()

const fail = ({text}: Cursor, what: string): never => {
  throw new StatesError('States.IntrinsicFailure', `The intrinsic function '${text}' is not valid: ${what}`, true)
}

const skip = (cursor: Cursor): void => {
  while (cursor.text[cursor.at] === ' ') {
    cursor.at += 1
  }
}

const take = (cursor: Cursor, pattern: RegExp): string | undefined => {
  const found = pattern.exec(cursor.text.slice(cursor.at))?.[0]
  cursor.at += found?.length ?? 0
  return found
}

const textLiteral = (quoted: string): Expression => {
  const raw = quoted.slice(1, -1).replaceAll(/\\(['\\])/g, '$1')
  return {kind: 'literal', raw, value: raw.replaceAll(/\\([{}])/g, '$1')}
}

/** A path ends where the argument does: at a comma or bracket outside its own brackets. */
const path = (cursor: Cursor): Expression => {
  const from = cursor.at
  let depth = 0
  for (; cursor.at < cursor.text.length; cursor.at += 1) {
    const character = cursor.text[cursor.at] as string
    if (depth === 0 && ',)'.includes(character)) {
      break
    }
    depth += '[('.includes(character) ? 1 : '])'.includes(character) ? -1 : 0
  }
  return {kind: 'path', path: cursor.text.slice(from, cursor.at).trim()}
}

const call = (cursor: Cursor): Expression => {
  const from = cursor.at
  const name = take(cursor, /^States\.[A-Za-z0-9]+/) ?? fail(cursor, `something else than a function stands at ${cursor.at}`)
  if (take(cursor, /^\s*\(/) === undefined) {
    fail(cursor, `an opening bracket is missing at ${cursor.at}`)
  }
  const args: Expression[] = []
  skip(cursor)
  while (cursor.text[cursor.at] !== ')') {
    args.push(argument(cursor))
    skip(cursor)
    if (take(cursor, /^,/) === undefined && cursor.text[cursor.at] !== ')') {
      fail(cursor, `a comma or closing bracket is missing at ${cursor.at}`)
    }
    skip(cursor)
  }
  cursor.at += 1
  return {kind: 'call', name, args, text: cursor.text.slice(from, cursor.at)}
}

const argument = (cursor: Cursor): Expression => {
  skip(cursor)
  if (cursor.text[cursor.at] === '$') {
    return path(cursor)
  }
  const text = take(cursor, /^'(?:[^'\\]|\\.)*'/)
  if (text !== undefined) {
    return textLiteral(text)
  }
  const literal = take(cursor, /^(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?=[\s,)])/)
  return literal === undefined ? call(cursor) : {kind: 'literal', value: JSON.parse(literal)}
}

/** Parses `States.Name(…)`. Throws States.IntrinsicFailure. */
export const parseIntrinsic = (text: string): Expression => {
  const cached = known.get(text)
  if (cached !== undefined) {
    return cached
  }
  const cursor = {text, at: 0}
  const parsed = call(cursor)
  skip(cursor)
  if (cursor.at < text.length) {
    fail(cursor, `something follows the closing bracket at ${cursor.at}`)
  }
  known.set(text, parsed)
  return parsed
}
