import {describe, expect, it} from '@jest/globals'
import {PatternError, PatternFailure} from '../errors'
import {eventFields, eventTextFields, sentEventFields} from '../event-fields'
import {compilePattern, patternBranches} from '../pattern'
import {ruleComplexity} from '../rule-complexity'
import {addressCases, caseCases, complexityCases, numberCases, structureCases} from './ruler-cases'

describe('a pattern matches as Event Ruler has it', () => {
  it.each([...numberCases, ...addressCases, ...caseCases, ...structureCases])('%s on %s: %s', (pattern, event, matches) => {
    expect(compilePattern(pattern)(eventTextFields(event))).toBe(matches)
  })
})

describe('the complexity of a pattern', () => {
  it.each(complexityCases)('%s is %d', (pattern, complexity) => {
    expect(ruleComplexity(patternBranches(pattern))).toBe(complexity)
  })

  it('is refused above ten, with anything-but and $or counted', () => {
    const values = [1, 2, 3, 4].map((n) => `*:stack/${n}/*`)
    const tooComplex = new PatternError('Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character')
    const of = (list: readonly string[]) => JSON.stringify({a: list.map((wildcard) => ({wildcard}))})
    expect(() => compilePattern(of(values.slice(0, 3)))).not.toThrow()
    expect(() => compilePattern(of(values))).toThrow(tooComplex)
    expect(() => compilePattern(JSON.stringify({$or: values.map((wildcard, b) => ({a: [{wildcard}], b: [b]}))}))).toThrow(tooComplex)
    expect(() => compilePattern(JSON.stringify({a: [{'anything-but': {wildcard: '*:*:*:*:*:event-bus/*'}}]}))).toThrow(tooComplex)
    expect(() => compilePattern(JSON.stringify({a: [{wildcard: '*a*b*c*d*e*f*'}]}))).not.toThrow()
    expect(() => compilePattern(JSON.stringify(Object.fromEntries([...'abcdefghijkl'].map((key) => [key, [{wildcard: '*a*'}]]))))).not.toThrow()
  })

  it('of a long pattern is known at once', () => {
    const started = performance.now()
    expect(() => compilePattern(JSON.stringify({a: [{wildcard: Array.from('abcdefghijklmnopqrstuvwxyz'.repeat(30)).join('*')}]}))).toThrow('too complex')
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

describe('what cannot be', () => {
  it.each([
    ['{"a":[{"numeric":["=",9007199254740993]}]}', 'Cannot compare number : 9007199254740993\n at [Source: (String)"{"a":[{"numeric":["=",9007199254740993]}]}"; line: 1, column: 40]'],
    ['{"a":[{"numeric":["<",1e400]}]}', 'Cannot compare number : 1e400\n at [Source: (String)"{"a":[{"numeric":["<",1e400]}]}"; line: 1, column: 29]'],
    ['{"a":[{"anything-but":1e400}]}', 'Cannot compare number : 1e400'],
    ['{"a":[{"anything-but":[1e400]}]}', 'Cannot compare number : 1e400\n at [Source: (String)"{"a":[{"anything-but":[1e400]}]}"; line: 1, column: 29]'],
    ['{"a":[{"cidr":"10.0.0.256/8"}]}', 'Invalid IP address: 10.0.0.256'],
    ['{"a":[{"cidr":"::ffff:a00:1/100"}]}', 'IPv4 mask bits must be < 32']
  ])('%s is refused: %s', (pattern, message) => {
    expect(() => compilePattern(pattern)).toThrow(new PatternError(message))
  })

  it.each(['{"a":[{"anything-but":{"prefix":[]}}]}', '{"a":[{"numeric":[">",1.7976931348623157e308]}]}'])('%s makes EventBridge fail', (pattern) => {
    expect(() => compilePattern(pattern)).toThrow(PatternFailure)
  })

  it('a thousand combinations of $or can be, more cannot', () => {
    const or = (count: number) => ({$or: Array.from({length: count}, (_, n) => ({a: [n]}))})
    expect(() => compilePattern(JSON.stringify({x: or(10), y: or(10), z: or(10)}))).not.toThrow()
    expect(() => compilePattern(JSON.stringify({x: or(10), y: or(10), z: or(11)}))).toThrow('more than 1000 combinations')
  })
})

describe('fields of an event', () => {
  it('are the same from its text and from its object', () => {
    const event = {a: [1, {b: 'x'}, [true]], c: {d: null}, e: {}}
    expect(eventTextFields(JSON.stringify(event, null, 2))).toEqual(eventFields(event))
  })

  it('hold what was sent, where the parsed detail has lost it', () => {
    const detail = '{"n": 9007199254740993, "k": 1, "k": 2}'
    const fields = sentEventFields({detail: JSON.parse(detail)}, detail)
    expect([fields.get('detail.n'), fields.get('detail.k')].map((found) => found?.map(({value}) => value))).toEqual([['9007199254740993'], ['1', '2']])
  })
})
