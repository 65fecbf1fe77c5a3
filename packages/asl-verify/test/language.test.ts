import {globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from '@jest/globals'
import {findingsIn, parsePointer} from '../src/check'
import {refused} from './refused'

const places = (definition: unknown): string[] => findingsIn(JSON.stringify(definition)).map(({pointer}) => {
  const {states, field} = parsePointer(pointer)
  return `${states.join(' > ')}: ${field}`
})

describe('a definition', () => {
  const valid = globSync(join(import.meta.dirname, 'valid/*.json')).sort()

  it.each(valid)('that AWS takes has no finding: %s', (file) => {
    expect(findingsIn(readFileSync(file, 'utf8'))).toEqual([])
  })

  it('of every type of state is among the valid ones', () => {
    const texts = valid.map((file) => readFileSync(file, 'utf8')).join('\n')
    expect(['Task', 'Pass', 'Choice', 'Wait', 'Succeed', 'Fail', 'Parallel', 'Map'].filter((type) => !texts.includes(`"Type": "${type}"`))).toEqual([])
  })

  it.each(refused)('that AWS refuses has one finding, for %s', (_what, definition, place) => {
    expect(places(definition)).toEqual([place])
  })

  it.each(refused)('has findings that say what to do, for %s', (_what, definition) => {
    expect(findingsIn(JSON.stringify(definition)).filter(({sentence}) => !/^Expected .+; found .+\. [A-Z].+\.$/s.test(sentence))).toEqual([])
  })

  it('has every finding that it deserves', () => {
    expect(places({StartAt: 'A', States: {
      A: {Type: 'Task', TimeoutSeconds: 0, Retry: [{ErrorEquals: [], BackoffRate: 0}], Next: 'X'},
      C: {Type: 'Wait', Seconds: -1, End: true}
    }})).toEqual(['A: TimeoutSeconds', 'A: Retry[0].ErrorEquals', 'A: Retry[0].BackoffRate', 'A: ', 'C: Seconds', 'A: Next'])
  })

  it('of more than 1 MB is told', () => {
    const text = JSON.stringify({StartAt: 'A', Comment: 'x'.repeat(1024 * 1024), States: {A: {Type: 'Succeed'}}})
    expect(findingsIn(text).map(({sentence}) => sentence)).toEqual([expect.stringMatching(/at most 1 MB; found 10\d{5} bytes/)])
  })

  it('with placeholders of a deployment is taken as it is', () => {
    expect(places({StartAt: 'A', States: {A: {Type: 'Task', Resource: '${Arn}', ResultPath: '${Path}', Parameters: {'x.$': '${Expression}'}, End: true}}})).toEqual([])
  })
})

describe('text', () => {
  it.each([
    ['', 'line 1, column 1: wanted a value, not the end of the file'],
    ['{"a": 1,\n  "b": tru}', 'line 2, column 8: wanted a value, not "tru}"'],
    ['{"a": 1,}', 'line 1, column 9: wanted a field\'s name in double quotes, not "}"'],
    ['{"a" 1}', 'line 1, column 6: wanted \':\' after a field\'s name, not "1}"'],
    ['[1 2]', 'line 1, column 4: wanted \',\' or \']\', not "2]"'],
    ['{} x', 'line 1, column 4: wanted the end of the file, not "x"'],
    ['["a\nb"]', 'line 1, column 2: wanted a value, not "\\"a"'],
    ['[01]', 'line 1, column 2: wanted a value, not "01]"'],
    ['\ufeff{}', 'line 1, column 1: wanted a value, not "\ufeff{}"'],
    ['['.repeat(100_000), 'line 1, column 502: wanted at most 500 levels of nesting']
  ])('that is no JSON is told with line and column: %#', (text, place) => {
    expect(findingsIn(text).map(({code, sentence}) => [code, sentence])).toEqual([['not-json', `Expected JSON; found in ${place}. Correct the text there.`]])
  })

  it('with a field twice is told where the second is', () => {
    const [finding, ...others] = findingsIn('{"StartAt": "A", "States": {\n  "A": {"Type": "Succeed"},\n  "A": {"Type": "Succeed"}}}')
    expect([finding?.code, finding?.state, finding?.pointer, others]).toEqual(['duplicate-field', 'A', '/States/A', []])
    expect(finding?.sentence).toContain('in line 3')
  })

  it('with names that every object has is told as any other', () => {
    expect(places(JSON.parse('{"StartAt": "constructor", "States": {"__proto__": {"Type": "toString"}}, "valueOf": 1}'))).toEqual([': valueOf', '__proto__: ', ': StartAt'])
  })
})
