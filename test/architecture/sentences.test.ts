import {describe, expect, it} from '@jest/globals'
import ts from 'typescript'
import {type ErrorName, errorTable} from '../../src/util/errors'
import {programFiles, read} from './sources'

/** Mistakes in the parameters of a call, which developers make and read. */
const ofParameters: readonly string[] = ['InvalidRequestError', 'RequestTooLargeError'] satisfies ErrorName[]

const isForUsers = (name: string | undefined): boolean =>
  name === undefined || (!ofParameters.includes(name) && errorTable[name as ErrorName].category !== 'system')

/** How a text begins, as far as it stands in the source. */
const beginOf = (text: ts.Expression | undefined): string => {
  if (text !== undefined && ts.isBinaryExpression(text)) {
    return beginOf(text.left)
  }
  return text !== undefined && (ts.isStringLiteralLike(text) || ts.isTemplateExpression(text)) ? (ts.isTemplateExpression(text) ? text.head.text : text.text) : ''
}

interface Thrown {
  /** Undefined if only running the program tells it. */
  readonly name?: string
  readonly begin: string
}

const thrownIn = (code: string): Thrown[] => {
  const found: Thrown[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText() === 'NamedError') {
      const [name, text] = node.arguments ?? []
      found.push({...(name && ts.isStringLiteral(name) && {name: name.text}), begin: beginOf(text)})
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('file.ts', code, ts.ScriptTarget.Latest, true))
  return found
}

const speaksToDevelopers = ({name, begin}: Thrown): boolean => isForUsers(name) && begin.startsWith('Expected')

describe('An error that a user reads', () => {
  it('is a sentence about the file, and none about what was expected', () => {
    const files = programFiles().filter((path) => path.startsWith('src/') && thrownIn(read(path)).some(speaksToDevelopers))
    expect(files).toEqual([])
  })

  it.each([
    ['new NamedError(\'EmptyBodyError\', \'Expected bytes.\')', true],
    ['new NamedError(\'EmptyBodyError\', `Expected ${1} bytes.`)', true],
    ['new NamedError(name, \'Expected bytes \' + \'of it.\')', true],
    ['new NamedError(isLate ? \'RateLimitedError\' : name, `Expected ${1} bytes.`)', true],
    ['new NamedError(\'EmptyBodyError\', \'The source sent an empty file. Check the link.\')', false],
    ['new NamedError(\'EnvironmentError\', \'Expected BUCKET_NAME.\')', false],
    ['new NamedError(\'InvalidRequestError\', \'Expected `limit` to be a number.\')', false],
    ['new Error(\'Expected a defect.\')', false]
  ])('is found by its text: %s', (code, isFound) => {
    expect(thrownIn(code).some(speaksToDevelopers)).toBe(isFound)
  })
})
