import type {Machine} from './definition'
import type {Finding, Report} from './finding'
import {JsonError, type Located, parseJson, findPosition} from './language/json'
import {checkDefinition} from './language/machine'

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const maxBytes = 1024 * 1024

const parse = (text: string, report: Report): Located | undefined => {
  try {
    return parseJson(text)
  } catch (error) {
    if (!(error instanceof JsonError)) {
      throw error
    }
    const {line, column} = findPosition(text, error.at)
    report({code: 'not-json', state: '', pointer: '', at: error.at, sentence: `Expected JSON; found in line ${line}, column ${column}: wanted ${error.message}. Correct the text there.`})
    return undefined
  }
}

/** Checks the text of a definition; gives the definition if it can be looked at any further. */
export const checkText = (text: string, report: Report): Machine | undefined => {
  const bytes = Buffer.byteLength(text)
  if (bytes > maxBytes) {
    report({code: 'syntax', state: '', pointer: '', sentence: `Expected a definition of at most 1 MB; found ${bytes} bytes. Move parts into state machines of their own.`})
  }
  const located = parse(text, report)
  for (const {pointer, at} of located?.duplicates ?? []) {
    report({code: 'duplicate-field', state: parsePointer(pointer).states.at(-1) ?? '', pointer, at, sentence: `Expected each field once; found one for the second time in line ${findPosition(text, at).line}, which hides the first. Remove one.`})
  }
  if (located === undefined) {
    return undefined
  }
  return isMachine(located.value, report) ? located.value : undefined
}

/** A definition without a finding of syntax has the types of a machine. */
const isMachine = (value: unknown, report: Report): value is Machine => {
  let isValid = true
  checkDefinition(value, (finding) => {
    isValid &&= finding.code !== 'syntax'
    report(finding)
  })
  return isValid
}

/** The names of the states that a pointer leads through, outermost first, and the field within the last, as `Retry[0].MaxAttempts`. */
export const parsePointer = (pointer: string): {readonly states: string[], readonly field: string} => {
  const states: string[] = []
  let rest = pointer
  for (let found: RegExpExecArray | null; (found = /^(?:\/(?:Branches\/\d+|ItemProcessor|Iterator))?\/States\/([^/]*)/.exec(rest)) !== null;) {
    states.push(unescaped(found[1]!))
    rest = rest.slice(found[0].length)
  }
  const field = rest.split('/').slice(1).map((part) => /^\d+$/.test(part) ? `[${part}]` : `.${unescaped(part)}`).join('')
  return {states, field: field.replace(/^\./, '')}
}

const unescaped = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~')

/** Everything that is wrong with the text of a definition. */
export const findingsIn = (text: string): Finding[] => {
  const findings: Finding[] = []
  checkText(text, (finding) => findings.push(finding))
  return findings
}
