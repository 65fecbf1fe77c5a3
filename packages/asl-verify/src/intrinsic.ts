/** A call of an intrinsic function, or an argument of one. */
export type Expression =
  | {readonly kind: 'call', readonly name: string, readonly args: readonly Expression[]}
  | {readonly kind: 'path', readonly text: string}
  | {readonly kind: 'literal', readonly value: string | number | boolean | null}

interface Cursor {
  readonly text: string
  at: number
}

const tokens = {
  space: /\s*/y,
  call: /States\.(\w+)\s*\(/y,
  string: /'((?:[^'\\]|\\.)*)'/y,
  number: /-?\d+(?:\.\d+)?(?=\s*[,)])/y,
  word: /(true|false|null)(?=\s*[,)])/y,
  path: /\$\$?(?:\['(?:[^'\\]|\\.)*'\]|\[[^\]]*\]|[^,()\s[])*/y
}

const take = (cursor: Cursor, token: RegExp): RegExpExecArray | null => {
  token.lastIndex = cursor.at
  const found = token.exec(cursor.text)
  cursor.at = found === null ? cursor.at : token.lastIndex
  return found
}

const wanted = (cursor: Cursor, what: string): Error => new Error(`Expected ${what} at '${cursor.text.slice(cursor.at, cursor.at + 20)}'`)

/** Parses `States.Name(…)`. Throws where it is none. */
export const parseIntrinsic = (text: string): Expression => {
  const cursor = {text, at: 0}
  const expression = parseOne(cursor)
  take(cursor, tokens.space)
  if (cursor.at < text.length || expression.kind !== 'call') {
    throw wanted(cursor, 'one call of an intrinsic function')
  }
  return expression
}

const parseOne = (cursor: Cursor): Expression => {
  take(cursor, tokens.space)
  const call = take(cursor, tokens.call)
  if (call !== null) {
    return {kind: 'call', name: call[1]!, args: parseArguments(cursor)}
  }
  const text = take(cursor, tokens.string)
  if (text !== null) {
    return {kind: 'literal', value: text[1]!.replaceAll(/\\(.)/g, '$1')}
  }
  const value = take(cursor, tokens.number) ?? take(cursor, tokens.word)
  if (value !== null) {
    return {kind: 'literal', value: JSON.parse(value[0]) as number | boolean | null}
  }
  const path = take(cursor, tokens.path)
  if (path === null || path[0] === '') {
    throw wanted(cursor, 'a string, a number, a path or a call')
  }
  return {kind: 'path', text: path[0]}
}

const parseArguments = (cursor: Cursor): Expression[] => {
  const args: Expression[] = []
  take(cursor, tokens.space)
  while (cursor.text[cursor.at] !== ')') {
    args.push(parseOne(cursor))
    take(cursor, tokens.space)
    if (cursor.text[cursor.at] === ',') {
      cursor.at += 1
    } else if (cursor.text[cursor.at] !== ')') {
      throw wanted(cursor, '\',\' or \')\'')
    }
  }
  cursor.at += 1
  return args
}
