/** A call of an intrinsic function, or an argument of one; `raw` keeps the escapes of braces, which mean something to Format alone. */
export type Expression =
  | {readonly kind: 'call', readonly name: string, readonly text: string, readonly args: readonly Expression[]}
  | {readonly kind: 'path', readonly text: string}
  | {readonly kind: 'literal', readonly value: unknown, readonly raw?: string}

export type Call = Expression & {readonly kind: 'call'}

interface Cursor {
  readonly text: string
  at: number
}

const tokens = {
  space: /\s*/y,
  name: /States\.[A-Za-z0-9]+/y,
  open: /\s*\(/y,
  comma: /,/y,
  close: /\)/y,
  string: /'(?:[^'\\]|\\.)*'/y,
  literal: /(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?=[\s,)])/y
}

const take = (cursor: Cursor, token: RegExp): string | undefined => {
  token.lastIndex = cursor.at
  const [found] = token.exec(cursor.text) ?? []
  cursor.at += found?.length ?? 0
  return found
}

const missing = (what: string, {at}: Cursor): Error => new Error(`${what} at ${at}`)

const parseCall = (cursor: Cursor): Call => {
  const from = cursor.at
  const name = take(cursor, tokens.name)
  if (name === undefined) {
    throw missing('something else than a function stands', cursor)
  }
  if (take(cursor, tokens.open) === undefined) {
    throw missing('an opening bracket is missing', cursor)
  }
  const args = parseArguments(cursor)
  return {kind: 'call', name: name.slice('States.'.length), text: cursor.text.slice(from, cursor.at), args}
}

const parseArguments = (cursor: Cursor): Expression[] => {
  const args: Expression[] = []
  take(cursor, tokens.space)
  while (take(cursor, tokens.close) === undefined) {
    args.push(parseArgument(cursor))
    take(cursor, tokens.space)
    if (take(cursor, tokens.comma) === undefined && cursor.text[cursor.at] !== ')') {
      throw missing('a comma or closing bracket is missing', cursor)
    }
    take(cursor, tokens.space)
  }
  return args
}

const parseArgument = (cursor: Cursor): Expression => {
  if (cursor.text[cursor.at] === '$') {
    return parsePath(cursor)
  }
  const quoted = take(cursor, tokens.string)
  if (quoted !== undefined) {
    const raw = quoted.slice(1, -1).replaceAll(/\\(['\\])/g, '$1')
    return {kind: 'literal', value: raw.replaceAll(/\\([{}])/g, '$1'), raw}
  }
  const literal = take(cursor, tokens.literal)
  return literal === undefined ? parseCall(cursor) : {kind: 'literal', value: JSON.parse(literal)}
}

/** A path ends where the argument does: at a comma or bracket outside its own brackets. */
const parsePath = (cursor: Cursor): Expression => {
  const from = cursor.at
  for (let depth = 0; cursor.at < cursor.text.length; cursor.at += 1) {
    const character = cursor.text.charAt(cursor.at)
    if (depth === 0 && ',)'.includes(character)) {
      break
    }
    depth += '[('.includes(character) ? 1 : '])'.includes(character) ? -1 : 0
  }
  return {kind: 'path', text: cursor.text.slice(from, cursor.at).trim()}
}

const known = new Map<string, Call>()

/** Parses `States.Name(…)`. Throws what is wrong with it, as part of a sentence. */
export const parseIntrinsic = (text: string): Call => {
  const cursor: Cursor = {text, at: 0}
  const call = known.get(text) ?? parseCall(cursor)
  take(cursor, tokens.space)
  if (!known.has(text) && cursor.at < text.length) {
    throw missing('something follows the closing bracket', cursor)
  }
  known.set(text, call)
  return call
}
