import {describe, expect, it} from '@jest/globals'
import {choose} from '../asl/choice'

const input = {
  text: 'kiwi', star: 'a*b', n: 20, zero: 0, yes: true, no: false, nothing: null, at: '2026-11-24T12:00:00Z', later: '2026-11-24T13:00:00.500+00:30', object: {}, list: [1],
  other: 'kiwi', m: 21
}

const meets = (rule: object, more: object = {}): boolean =>
  choose({Type: 'Choice', Choices: [{...rule, Next: 'Met'}], Default: 'Default', ...more}, {input, context: {State: {Name: 'C'}}, random: () => 0, newId: () => ''}) === 'Met'

describe('a choice rule', () => {
  it.each<[object, boolean]>([
    [{Variable: '$.text', StringEquals: 'kiwi'}, true],
    [{Variable: '$.text', StringEquals: 'Kiwi'}, false],
    [{Variable: '$.n', StringEquals: '20'}, false],
    [{Variable: '$.text', StringEqualsPath: '$.other'}, true],
    [{Variable: '$.text', StringLessThan: 'lemon'}, true],
    [{Variable: '$.text', StringLessThanEquals: 'kiwi'}, true],
    [{Variable: '$.text', StringGreaterThan: 'apple'}, true],
    [{Variable: '$.text', StringGreaterThanEquals: 'kiwj'}, false],
    [{Variable: '$.text', StringLessThanPath: '$.at'}, false],
    [{Variable: '$.text', StringMatches: 'k*i'}, true],
    [{Variable: '$.text', StringMatches: '*'}, true],
    [{Variable: '$.text', StringMatches: 'k**wi'}, true],
    [{Variable: '$.text', StringMatches: 'k*x'}, false],
    [{Variable: '$.star', StringMatches: 'a\\*b'}, true],
    [{Variable: '$.text', StringMatches: 'k\\*i'}, false],
    [{Variable: '$.n', StringMatches: '*'}, false],
    [{Variable: '$.n', NumericEquals: 20}, true],
    [{Variable: '$.n', NumericEquals: 20.0}, true],
    [{Variable: '$.text', NumericEquals: 20}, false],
    [{Variable: '$.n', NumericLessThan: 20}, false],
    [{Variable: '$.n', NumericLessThanEquals: 20}, true],
    [{Variable: '$.n', NumericGreaterThan: 19.5}, true],
    [{Variable: '$.n', NumericGreaterThanEquals: 21}, false],
    [{Variable: '$.n', NumericLessThanPath: '$.m'}, true],
    [{Variable: '$.m', NumericGreaterThanEqualsPath: '$.n'}, true],
    [{Variable: '$.yes', BooleanEquals: true}, true],
    [{Variable: '$.no', BooleanEquals: true}, false],
    [{Variable: '$.text', BooleanEquals: true}, false],
    [{Variable: '$.yes', BooleanEqualsPath: '$.no'}, false],
    [{Variable: '$.at', TimestampEquals: '2026-11-24T12:00:00.000Z'}, true],
    [{Variable: '$.at', TimestampLessThan: '2026-11-24T12:00:01Z'}, true],
    [{Variable: '$.at', TimestampLessThanPath: '$.later'}, true],
    [{Variable: '$.at', TimestampGreaterThan: '2026-11-24T12:00:00Z'}, false],
    [{Variable: '$.at', TimestampGreaterThanEquals: '2026-11-24T12:00:00Z'}, true],
    [{Variable: '$.at', TimestampLessThanEqualsPath: '$.at'}, true],
    [{Variable: '$.text', TimestampLessThan: '2026-11-24T12:00:01Z'}, false],
    [{Variable: '$.text', IsString: true}, true],
    [{Variable: '$.n', IsString: true}, false],
    [{Variable: '$.n', IsString: false}, true],
    [{Variable: '$.n', IsNumeric: true}, true],
    [{Variable: '$.yes', IsBoolean: true}, true],
    [{Variable: '$.nothing', IsNull: true}, true],
    [{Variable: '$.text', IsNull: true}, false],
    [{Variable: '$.at', IsTimestamp: true}, true],
    [{Variable: '$.text', IsTimestamp: true}, false],
    [{Variable: '$.text', IsPresent: true}, true],
    [{Variable: '$.nothing', IsPresent: true}, true],
    [{Variable: '$.missing', IsPresent: true}, false],
    [{Variable: '$.missing', IsPresent: false}, true],
    [{Variable: '$.missing.deeper[0]', IsPresent: false}, true],
    [{Variable: '$.list[?(@ > 5)]', IsPresent: true}, false],
    [{Variable: '$$.State.Name', StringEquals: 'C'}, true],
    [{And: [{Variable: '$.n', NumericEquals: 20}, {Variable: '$.yes', BooleanEquals: true}]}, true],
    [{And: [{Variable: '$.n', NumericEquals: 20}, {Variable: '$.no', BooleanEquals: true}]}, false],
    [{And: [{Variable: '$.missing', IsPresent: true}, {Variable: '$.missing', StringEquals: 'x'}]}, false],
    [{Or: [{Variable: '$.n', NumericEquals: 1}, {Variable: '$.yes', BooleanEquals: true}]}, true],
    [{Or: [{Variable: '$.n', NumericEquals: 1}, {Variable: '$.no', BooleanEquals: true}]}, false],
    [{Not: {Variable: '$.n', NumericEquals: 1}}, true],
    [{Not: {And: [{Variable: '$.n', NumericEquals: 20}]}}, false]
  ])('%j: %s', (rule, outcome) => {
    expect(meets(rule)).toBe(outcome)
  })

  it.each<[object, string]>([
    [{Variable: '$.missing', StringEquals: 'x'}, '$.missing'],
    [{Variable: '$.missing', IsNull: true}, '$.missing'],
    [{Variable: '$.text', StringEqualsPath: '$.missing'}, '$.missing']
  ])('%j fails where the path leads nowhere', (rule, path) => {
    expect(() => meets(rule)).toThrow(expect.objectContaining({
      error: 'States.Runtime', message: `Invalid path '${path}': The choice state's condition path references an invalid value.`
    }))
  })

  it('that comes first wins; without one and without default there is none', () => {
    const scope = {input, context: {}, random: () => 0, newId: () => ''}
    const Choices = [{Variable: '$.n', NumericEquals: 1, Next: 'A'}, {Variable: '$.n', NumericEquals: 20, Next: 'B'}, {Variable: '$.n', IsNumeric: true, Next: 'C'}]
    expect(choose({Type: 'Choice', Choices}, scope)).toBe('B')
    expect(choose({Type: 'Choice', Choices: Choices.slice(0, 1)}, scope)).toBeUndefined()
  })
})
