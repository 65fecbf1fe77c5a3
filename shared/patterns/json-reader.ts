import {PatternError} from './errors'

/** The kinds of token of a JSON text; `field` is the name of an object's member, `end` the end of the text. */
export type Token = '{' | '}' | '[' | ']' | 'field' | 'string' | 'number' | 'true' | 'false' | 'null' | 'end'

/**
 * A pull parser that stands where AWS's (Jackson) stands when it reports a column: a member's name is read together with the start of its
 * value, and of a string only the opening quote until its text is asked for.
 */
export interface JsonReader {
  next: () => Token
  /** The text of the current field, string, number or literal. */
  text: () => string
  /** Throws a PatternError with the place reached so far. */
  fail: (message: string) => never
}

const EXPECTED = '(JSON String, Number, Array, Object or token \'null\', \'true\' or \'false\')'
const SOURCE_CHARACTERS = 500
/** A character whose second half was cut off. */
const HALF = /[\uD800-\uDBFF]$/
const structural: readonly Token[] = ['{', '}', '[', ']']
const spaces: ReadonlySet<string> = new Set([' ', '\t', '\n', '\r'])
const WORD = /[^\s,:{}[\]"]*/y

const place = (source: string, at: number): string => {
  const line = source.slice(0, at).split('\n')
  const cut = source.length > SOURCE_CHARACTERS ? `[truncated ${source.length - SOURCE_CHARACTERS} chars]` : ''
  return `[Source: (String)"${source.slice(0, SOURCE_CHARACTERS).replace(HALF, '?')}"${cut}; line: ${line.length}, column: ${line.at(-1)!.length + 1}]`
}

interface State {
  readonly source: string
  at: number
  /** Where the current string's text begins while it is still unread. */
  unread?: number | undefined
  value: string
  /** The value that was read along with its member's name. */
  ahead?: {readonly token: Token, readonly unread: number | undefined, readonly value: string} | undefined
  readonly open: Array<{readonly bracket: '{' | '[', readonly at: number}>
  /** What may stand before the next token: nothing yet, a comma, or a colon. */
  first: boolean
}

const fail = (state: State, message: string): never => {
  throw new PatternError(`${message}\n at ${place(state.source, state.at)}`)
}

const skipSpace = (state: State): void => {
  while (spaces.has(state.source[state.at] ?? '')) {
    state.at += 1
  }
}

const unexpected = (state: State, wanted: string): never => {
  const character = state.source[state.at]
  if (character === undefined) {
    const open = state.open.at(-1)
    return fail(state, open === undefined
      ? 'No content to map due to end-of-input'
      : `Unexpected end-of-input: expected close marker for ${open.bracket === '{' ? 'Object' : 'Array'} (start marker at ${place(state.source, open.at)})`)
  }
  return fail(state, `Unexpected character ('${character}' (code ${character.charCodeAt(0)})): was expecting ${wanted}`)
}

const readString = (state: State): string => {
  const from = state.unread!
  let at = from
  while (state.source[at] !== '"' && state.source[at] !== undefined) {
    at += state.source[at] === '\\' ? 2 : 1
  }
  state.at = Math.min(at + 1, state.source.length)
  state.unread = undefined
  if (state.source[at] === undefined) {
    fail(state, 'Unexpected end-of-input: was expecting closing quote for a string value')
  }
  try {
    return String(JSON.parse(`"${state.source.slice(from, at)}"`))
  } catch {
    return fail(state, 'Unrecognized character escape or control character in a string value')
  }
}

const settle = (state: State): void => {
  if (state.unread !== undefined) {
    state.value = readString(state)
  }
}

const readWord = (state: State): Token => {
  WORD.lastIndex = state.at
  const word = WORD.exec(state.source)![0]
  if (word === '') {
    return unexpected(state, `a valid value ${EXPECTED}`)
  }
  state.at += word.length
  state.value = word
  if (word === 'true' || word === 'false' || word === 'null') {
    return word
  }
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(word) ? 'number' : fail(state, `Unrecognized token '${word}': was expecting ${EXPECTED}`)
}

const readValue = (state: State): Token => {
  skipSpace(state)
  const character = state.source[state.at] ?? ''
  if (character === '"') {
    state.at += 1
    state.unread = state.at
    return 'string'
  }
  const token = structural.find((each) => each === character)
  if (token === undefined) {
    return readWord(state)
  }
  state.at += 1
  return token
}

const readField = (state: State): Token => {
  if (state.source[state.at] !== '"') {
    return unexpected(state, 'double-quote to start field name')
  }
  state.at += 1
  state.unread = state.at
  const name = readString(state)
  skipSpace(state)
  if (state.source[state.at] !== ':') {
    return unexpected(state, 'a colon to separate field name and value')
  }
  state.at += 1
  state.ahead = {token: readValue(state), unread: state.unread, value: state.value}
  state.unread = undefined
  state.value = name
  return 'field'
}

const separator = (state: State): void => {
  skipSpace(state)
  const open = state.open.at(-1)
  const closing = state.source[state.at] === (open?.bracket === '{' ? '}' : ']')
  if (open !== undefined && !state.first && !closing) {
    if (state.source[state.at] !== ',') {
      unexpected(state, `comma to separate ${open.bracket === '{' ? 'Object' : 'Array'} entries`)
    }
    state.at += 1
    skipSpace(state)
    if (state.source[state.at] === '}' || state.source[state.at] === ']') {
      unexpected(state, open.bracket === '{' ? 'double-quote to start field name' : `a valid value ${EXPECTED}`)
    }
  }
}

const track = (state: State, token: Token): Token => {
  const open = state.open.at(-1)?.bracket
  if (token === '{' || token === '[') {
    state.open.push({bracket: token, at: state.at - 1})
  } else if (token === '}' || token === ']') {
    if (open !== (token === '}' ? '{' : '[')) {
      fail(state, `Unexpected close marker '${token}'`)
    }
    state.open.pop()
  }
  state.first = token === '{' || token === '['
  return token
}

const advance = (state: State): Token => {
  if (state.ahead !== undefined) {
    const {token, unread, value} = state.ahead
    Object.assign(state, {ahead: undefined, unread, value})
    return track(state, token)
  }
  settle(state)
  separator(state)
  if (state.open.length === 0 && state.at >= state.source.length) {
    return 'end'
  }
  const inObject = state.open.at(-1)?.bracket === '{' && state.source[state.at] !== '}'
  return inObject ? readField(state) : track(state, readValue(state))
}

/** Reads a JSON text token by token. */
export const jsonReader = (source: string): JsonReader => {
  const state: State = {source, at: 0, value: '', open: [], first: true}
  return {
    next: () => advance(state),
    text: () => {
      settle(state)
      return state.value
    },
    fail: (message) => fail(state, message)
  }
}
