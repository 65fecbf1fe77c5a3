import {close, placed, placeless, textAfter, wildcardMatcher} from './expression-parts'
import type {JsonReader, Token} from './json-reader'
import {anythingBut, equalIgnoringCase, exactly, exactNumber, type Matcher, prefix, quoted, suffix} from './matchers'
import {comparable} from './numeric-range'

interface ButKind {
  readonly message: string
  /** The text where it stands, once it is known to be allowed there. */
  readonly check?: (reader: JsonReader, wanted: string) => void
  readonly matcher: (reader: JsonReader, wanted: string) => Matcher
}

const AFFIX = 'prefix/suffix match pattern must be a string'
const affix = (matcher: (wanted: string) => Matcher): ButKind => ({
  message: AFFIX,
  check: (reader, wanted) => wanted === '' ? reader.fail('Null prefix/suffix not allowed') : undefined,
  matcher: (_reader, wanted) => matcher(wanted)
})

const butKinds: ReadonlyMap<string, ButKind> = new Map(Object.entries<ButKind>({
  prefix: affix(prefix),
  suffix: affix(suffix),
  wildcard: {message: 'wildcard match pattern must be a string', matcher: wildcardMatcher},
  'equals-ignore-case': {
    message: 'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
    matcher: (_reader, wanted) => equalIgnoringCase(wanted)
  }
}))

/** AWS reports the place of an error in a list twice. */
const butList = <T>(reader: JsonReader, item: (token: Token) => T): T[] => placed(reader, () => {
  const found: T[] = []
  for (let token = reader.next(); token !== ']'; token = reader.next()) {
    found.push(item(token))
  }
  return found
})

const butNumber = (text: string): Matcher => {
  comparable(text)
  return exactNumber(text)
}

const butValues = (reader: JsonReader, first: Token): Matcher[] => {
  const kinds = new Set<Token>()
  const item = (token: Token): Matcher => {
    if (token !== 'string' && token !== 'number') {
      reader.fail('Inside anything but list, start|null|boolean is not supported.')
    }
    kinds.add(token)
    return token === 'string' ? exactly(quoted(reader.text())) : butNumber(reader.text())
  }
  if (first !== '[') {
    return [first === 'number' ? placeless(() => item(first)) : item(first)]
  }
  // A number that cannot be compared has its place once, all else that is wrong in a list twice.
  const found = butList(reader, item)
  return kinds.size === 1 ? found : reader.fail('Inside anything but list, either all values are number or string, mixed type is not supported')
}

const butTexts = (reader: JsonReader, {message, check, matcher}: ButKind, first: Token): Matcher[] => {
  const item = (token: Token): string => {
    const text = textAfter(reader, token, message)
    check?.(reader, text)
    return text
  }
  const found = first === '[' ? butList(reader, item) : [item(first)]
  return found.map((text) => matcher(reader, text))
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
  const found = kind === undefined ? butValues(reader, token) : butTexts(reader, kind, token)
  close(reader, 'Too many elements in numeric expression')
  if (kind !== undefined) {
    close(reader, 'Too many elements in numeric expression')
  }
  return anythingBut(found)
}
