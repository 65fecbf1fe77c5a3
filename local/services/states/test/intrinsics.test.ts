import {describe, expect, it} from '@jest/globals'
import {StatesError} from '../asl/errors'
import {evaluate} from '../asl/expression'
import type {Scope} from '../asl/scope'

const scope: Scope = {
  input: {
    name: 'Ada', n: 5, list: [1, 2, 3, 4, 5, 6, 7, 8, 9], twice: [1, 2, 3, 3, 3, {a: 1}, {a: 1}], object: {a: {a1: 1}, b: 2}, json: '{"x":[1,2]}', deep: [{id: 'a'}, {id: 'b'}],
    template: 'From {} to {}', odd: ['it\'s (here)']
  },
  context: {Execution: {Id: 'arn:e'}},
  random: () => 0.5,
  newId: () => '00000000-0000-4000-8000-000000000000'
}

const failure = (text: string): unknown => {
  try {
    return evaluate(text, scope)
  } catch (error) {
    return error instanceof StatesError ? [error.error, error.message] : error
  }
}

describe('intrinsic functions', () => {
  it.each<[string, unknown]>([
    ['States.Format(\'Hello, {}.\', $.name)', 'Hello, Ada.'],
    ['States.Format(\'{} {} {} {}\', $.n, $.object, null, true)', '5 {"a":{"a1":1},"b":2} null true'],
    ['States.Format(\'{}\', \'a\\\'b\')', 'a\'b'],
    ['States.Format(\'\\{\\} {}\', 1)', '{} 1'],
    ['States.Format(\'no places\')', 'no places'],
    ['States.Format($.template, \'a\', \'b\')', 'From a to b'],
    ['States.Format(\'FILE#{}\', $.name)', 'FILE#Ada'],
    ['States.StringToJson($.json)', {x: [1, 2]}],
    ['States.JsonToString($.object)', '{"a":{"a1":1},"b":2}'],
    ['States.Array(1, \'two\', $.n, null)', [1, 'two', 5, null]],
    ['States.Array()', []],
    ['States.ArrayPartition($.list, 4)', [[1, 2, 3, 4], [5, 6, 7, 8], [9]]],
    ['States.ArrayContains($.list, 5)', true],
    ['States.ArrayContains($.list, 10)', false],
    ['States.ArrayContains($.twice, $.twice[5])', true],
    ['States.ArrayContains(States.Array(\'a\', \'b\'), \'b\')', true],
    ['States.ArrayRange(1, 9, 2)', [1, 3, 5, 7, 9]],
    ['States.ArrayRange(5, 1, -2)', [5, 3, 1]],
    ['States.ArrayRange(1, 0, 1)', []],
    ['States.ArrayGetItem($.list, 5)', 6],
    ['States.ArrayLength($.list)', 9],
    ['States.ArrayUnique($.twice)', [1, 2, 3, {a: 1}]],
    ['States.Base64Encode(\'Data to encode\')', 'RGF0YSB0byBlbmNvZGU='],
    ['States.Base64Decode(\'RGF0YSB0byBlbmNvZGU=\')', 'Data to encode'],
    ['States.Hash(\'input data\', \'SHA-1\')', 'aaff4a450a104cd177d28d18d74485e8cae074b7'],
    ['States.Hash(\'\', \'MD5\')', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['States.JsonMerge($.object, States.StringToJson(\'{"a":3,"c":4}\'), false)', {a: 3, b: 2, c: 4}],
    ['States.MathAdd($.n, -1)', 4],
    ['States.MathAdd(1.6, 1)', 3],
    ['States.MathRandom(1, 11)', 6],
    ['States.StringSplit(\'This.is+a,test=string\', \'.+,=\')', ['This', 'is', 'a', 'test', 'string']],
    ['States.StringSplit(\'1,2,,3\', \',\')', ['1', '2', '3']],
    ['States.UUID()', '00000000-0000-4000-8000-000000000000'],
    ['States.Format(\'{}\', $$.Execution.Id)', 'arn:e'],
    ['States.ArrayLength($.deep[*].id)', 2],
    ['States.ArrayGetItem($.deep[?(@.id==\'b\')].id, 0)', 'b'],
    ['States.Array(  $.n ,  2  )', [5, 2]],
    ['States.Array(-1.5, true, false)', [-1.5, true, false]],
    ['States.Format(\'{}\', $.odd[0])', 'it\'s (here)']
  ])('%s is %j', (text, value) => {
    expect(evaluate(text, scope)).toEqual(value)
  })

  it('give the same number for the same seed', () => {
    const [first, second] = [evaluate('States.MathRandom(1, 999, 42)', scope), evaluate('States.MathRandom(1, 999, 42)', scope)]
    expect([first === second, Number(first) >= 1, Number(first) < 999]).toEqual([true, true, true])
  })

  it.each([
    ['States.Format(\'{} {}\', 1)', 'States.IntrinsicFailure', 'The function \'States.Format(\'{} {}\', 1)\' had the following error: the template has 2 places for 1 values'],
    ['States.Nothing(1)', 'States.IntrinsicFailure', 'The function \'States.Nothing(1)\' had the following error: there is no such function'],
    ['States.ArrayGetItem($.list, 9)', 'States.IntrinsicFailure', expect.stringContaining('the index 9 is beyond')],
    ['States.ArrayLength($.name)', 'States.IntrinsicFailure', expect.stringContaining('argument 1 must be an array')],
    ['States.ArrayPartition($.list, 0)', 'States.IntrinsicFailure', expect.stringContaining('of at least 1')],
    ['States.ArrayRange(1, 2000, 1)', 'States.IntrinsicFailure', expect.stringContaining('at most 1000 items')],
    ['States.ArrayRange(1, 2, 0)', 'States.IntrinsicFailure', expect.stringContaining('a step other than 0')],
    ['States.StringToJson(\'{\')', 'States.IntrinsicFailure', expect.stringContaining('had the following error')],
    ['States.Hash(\'a\', \'CRC\')', 'States.IntrinsicFailure', expect.stringContaining('argument 2 must be one of MD5')],
    ['States.JsonMerge($.object, $.object, true)', 'States.IntrinsicFailure', expect.stringContaining('must be false')],
    ['States.Array($.missing)', 'States.Runtime',
      expect.stringMatching(/^The function 'States.Array\(\$.missing\)' had the following error: The JsonPath argument for the field '\$.missing' could not be found in the input '\{/)],
    ['States.Array(1', 'States.IntrinsicFailure', expect.stringContaining('is not valid')],
    ['States.Array(1) x', 'States.IntrinsicFailure', expect.stringContaining('something follows')],
    ['Nothing', 'States.IntrinsicFailure', expect.stringContaining('is not valid')]
  ])('%s fails with %s', (text, error, cause) => {
    expect(failure(text)).toEqual([error, cause])
  })
})
