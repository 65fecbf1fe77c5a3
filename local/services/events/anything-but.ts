import type {JsonReader, Token} from './json-reader'
import {close, placed, textAfter, wildcardMatcher} from './expression-parts'
import {anythingBut, exactly, ignoringCase, type Matcher, prefix, suffix} from './matchers'

interface ButKind {
  readonly message: string
  readonly matcher: (reader: JsonReader, wanted: string) => Matcher
}

const AFFIX = 'prefix/suffix match pattern must be a string'
const affix = (matcher: (wanted: string) => Matcher) => (reader: JsonReader, wanted: string): Matcher =>
  wanted === '' ? reader.fail('Null prefix/suffix not allowed') : matcher(wanted)

const butKinds: ReadonlyMap<string, ButKind> = new Map(Object.entries<ButKind>({
  prefix: {message: AFFIX, matcher: affix(prefix)},
  suffix: {message: AFFIX, matcher: affix(suffix)},
  wildcard: {message: 'wildcard match pattern must be a string', matcher: wildcardMatcher},
  'equals-ignore-case': {
    message: 'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
    matcher: (_reader, wanted) => ignoringCase(exactly)(wanted)
  }
}))

const butList = (reader: JsonReader, item: (token: Token) => Matcher): Matcher[] => {
  const found: Matcher[] = []
  for (let token = reader.next(); token !== ']'; token = reader.next()) {
    const current = token
    // AWS reports the place of an error in a list twice.
    found.push(placed(reader, () => item(current)))
  }
  return found
}

const butValues = (reader: JsonReader, first: Token): Matcher[] => {
  const kinds = new Set<Token>()
  const item = (token: Token): Matcher => {
    if (token !== 'string' && token !== 'number') {
      reader.fail('Inside anything but list, start|null|boolean is not supported.')
    }
    kinds.add(token)
    return exactly(token === 'string' ? reader.text() : Number(reader.text()))
  }
  const found = first === '[' ? butList(reader, item) : [item(first)]
  return kinds.size === 1 ? found : reader.fail('Inside anything but list, either all values are number or string, mixed type is not supported')
}

const butKind = (reader: JsonReader): ButKind => {
  if (reader.next() !== 'field') {
    reader.fail('Anything-But expression name not found')
  }
  return butKinds.get(reader.text()) ?? reader.fail(`Unsupported anything-but pattern: ${reader.text()}`)
}

/** Reads what `anything-but` excludes and the braces behind it. */
export const but = (reader: JsonReader): Matcher => {
  const opening = reader.next()
  const kind = opening === '{' ? butKind(reader) : undefined
  const token = kind === undefined ? opening : reader.next()
  if (token !== '[' && token !== 'string' && token !== 'number') {
    reader.fail('Value of anything-but must be an array or single string/number value.')
  }
  const item = (each: Token): Matcher => kind!.matcher(reader, textAfter(reader, each, kind!.message))
  const found = kind === undefined ? butValues(reader, token) : token === '[' ? butList(reader, item) : [item(token)]
  close(reader, 'Too many elements in numeric expression')
  if (kind !== undefined) {
    close(reader, 'Too many elements in numeric expression')
  }
  return anythingBut(found)
}
