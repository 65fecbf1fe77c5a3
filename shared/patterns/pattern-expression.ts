import {but} from './anything-but'
import {close, ONE_KEY, placeless, textAfter, wildcardMatcher} from './expression-parts'
import type {JsonReader} from './json-reader'
import {
  absent, equalIgnoringCase, exactly, type Matcher, prefix, prefixIgnoringCase, present, quoted, suffix, suffixIgnoringCase, withinBlock
} from './matchers'
import {numericRange} from './numeric-range'

type OfText = (wanted: string) => Matcher

const plainOrFolded = (name: 'prefix' | 'suffix', plain: OfText, folded: OfText) => (reader: JsonReader): Matcher => {
  const token = reader.next()
  if (token !== '{') {
    const found = plain(textAfter(reader, token, `${name} match pattern must be a string`))
    close(reader, ONE_KEY)
    return found
  }
  if (reader.next() !== 'field') {
    reader.fail(`${name === 'prefix' ? 'Prefix' : 'Suffix'} expression name not found`)
  }
  if (reader.text() !== 'equals-ignore-case') {
    reader.fail(`Unsupported ${name} pattern: ${reader.text()}`)
  }
  const found = folded(textAfter(reader, reader.next(), 'equals-ignore-case match pattern must be a string'))
  close(reader, ONE_KEY)
  close(reader, ONE_KEY)
  return found
}

const text = (name: string, matcher: (reader: JsonReader, wanted: string) => Matcher) => (reader: JsonReader): Matcher => {
  const found = matcher(reader, textAfter(reader, reader.next(), `${name} match pattern must be a string`))
  close(reader, ONE_KEY)
  return found
}

const exists = (reader: JsonReader): Matcher => {
  const token = reader.next()
  if (token !== 'true' && token !== 'false') {
    reader.fail('exists match pattern must be either true or false.')
  }
  close(reader, ONE_KEY)
  return token === 'true' ? present : absent
}

const operators: ReadonlyMap<string, (reader: JsonReader) => Matcher> = new Map(Object.entries({
  exactly: text('exact', (_reader, wanted) => exactly(quoted(wanted))),
  prefix: plainOrFolded('prefix', prefix, prefixIgnoringCase),
  suffix: plainOrFolded('suffix', suffix, suffixIgnoringCase),
  'equals-ignore-case': text('equals-ignore-case', (_reader, wanted) => equalIgnoringCase(wanted)),
  wildcard: text('wildcard', wildcardMatcher),
  // AWS speaks of a prefix here, too.
  cidr: text('prefix', (_reader, block) => placeless(() => withinBlock(block))),
  exists,
  numeric: numericRange,
  'anything-but': but
}))

/** Reads `{"operator": …}` whose opening brace has been read. */
export const matchExpression = (reader: JsonReader): Matcher => {
  if (reader.next() !== 'field') {
    reader.fail('Match expression name not found')
  }
  const operator = operators.get(reader.text()) ?? reader.fail(`Unrecognized match type ${reader.text()}`)
  return operator(reader)
}
