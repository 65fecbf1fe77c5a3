import {describe, expect, it} from '@jest/globals'
import ts from 'typescript'
import {type ErrorName, errorTable} from '../../src/util/errors'
import {programFiles, read} from './sources'

/** Mistakes in the parameters of a call, which developers make and read. */
const ofParameters: readonly string[] = ['InvalidRequestError', 'RequestTooLargeError'] satisfies ErrorName[]

const isForUsers = (name: string | undefined): boolean =>
  name === undefined || (!ofParameters.includes(name) && errorTable[name as ErrorName].category !== 'system')

/** A text as far as it stands in the source, with … for what it takes from elsewhere. */
const textOf = (text: ts.Expression | undefined): string => {
  if (text !== undefined && ts.isBinaryExpression(text)) {
    return textOf(text.left) + textOf(text.right)
  }
  if (text !== undefined && ts.isTemplateExpression(text)) {
    return text.head.text + text.templateSpans.map(({literal}) => `…${literal.text}`).join('')
  }
  return text !== undefined && ts.isStringLiteralLike(text) ? text.text : '…'
}

interface Thrown {
  /** Undefined if it is known only at run time. */
  readonly name?: string
  readonly text: string
}

const thrownIn = (code: string): Thrown[] => {
  const found: Thrown[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText() === 'NamedError') {
      const [name, text] = node.arguments ?? []
      found.push({...(name && ts.isStringLiteral(name) && {name: name.text}), text: textOf(text)})
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('file.ts', code, ts.ScriptTarget.Latest, true))
  return found
}

/** Ends with what to do, or says that the download continues by itself. */
const advises = /[.)…] (?!Expected)[A-Z](?:[^.]|\.(?=\S))*\.(?: \(.*\))?$|continues by itself/s
const isSentence = (text: string): boolean => text.length <= 200 && advises.test(text)
// A site's own words may follow, as yt-dlp quotes them.
const isWhole = (text: string): boolean => !/^…|…$/.test(text.replace(/^…(?= )| yt-dlp says: "…"\.$/g, ''))

/** What a user would not understand. A text whose beginning or end is known only at run time may say anything. */
const isOdd = ({name, text}: Thrown): boolean => isForUsers(name) && (text.startsWith('Expected') || (isWhole(text) && !isSentence(text)))

describe('An error that a user reads', () => {
  it('is a sentence about the file that says what to do, and none about what was expected', () => {
    const odd = programFiles().filter((path) => path.startsWith('src/')).flatMap((path) => thrownIn(read(path)).filter(isOdd).map(({text}) => `${path}: ${text}`))
    expect(odd).toEqual([])
  })

  it.each([
    ['new NamedError(\'EmptyBodyError\', \'Expected bytes.\')', true],
    ['new NamedError(\'EmptyBodyError\', `Expected ${1} bytes.`)', true],
    ['new NamedError(name, \'Expected bytes \' + \'of it.\')', true],
    ['new NamedError(isLate ? \'RateLimitedError\' : name, `Expected ${1} bytes.`)', true],
    ['new NamedError(\'EmptyBodyError\', \'The source sent an empty file. Check the link.\')', false],
    ['new NamedError(\'EmptyBodyError\', \'The source sent an empty file.\')', true],
    ['new NamedError(\'EmptyBodyError\', `${host} sent an empty file. Check the link`)', true],
    ['new NamedError(\'EmptyBodyError\', `${host} sent an empty file. Check ${\'\'.padEnd(9)} the link.`)', false],
    ['new NamedError(\'EmptyBodyError\', `${host} ${what}`)', false],
    ['new NamedError(\'EnvironmentError\', \'Expected BUCKET_NAME.\')', false],
    ['new NamedError(\'InvalidRequestError\', \'Expected `limit` to be a number.\')', false],
    ['new Error(\'Expected a defect.\')', false]
  ])('is found by its text: %s', (code, isFound) => {
    expect(thrownIn(code).some(isOdd)).toBe(isFound)
  })
})
