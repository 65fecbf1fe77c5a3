import {describe, expect, it} from '@jest/globals'
import {failed, runOnce, succeeded} from './workflows'

const one = (state: object, more: object = {}) => ({StartAt: 'S', States: {S: {End: true, ...state}, ...more}})
const where = (cause: string) => `An error occurred while executing the state 'S' (entered at the event id #2). ${cause}`

describe('Pass', () => {
  it.each<[object, unknown, unknown]>([
    [{}, {a: 1}, {a: 1}],
    [{Result: {b: 2}}, {a: 1}, {b: 2}],
    [{Result: 5, ResultPath: '$.r'}, {a: 1}, {a: 1, r: 5}],
    [{Result: 5, ResultPath: null}, {a: 1}, {a: 1}],
    [{Result: null}, {a: 1}, null],
    [{InputPath: '$.a'}, {a: {b: 1}}, {b: 1}],
    [{InputPath: null}, {a: 1}, {}],
    [{InputPath: '$$.Execution.Name'}, {}, 'run'],
    [{OutputPath: '$.a'}, {a: {b: 1}}, {b: 1}],
    [{OutputPath: null}, {a: 1}, {}],
    [{InputPath: '$.a', Parameters: {'x.$': '$.b', y: 2}}, {a: {b: 1}}, {x: 1, y: 2}],
    [{InputPath: '$.a', ResultPath: '$.copy', OutputPath: '$.copy'}, {a: [1]}, [1]],
    [{Parameters: {'start.$': '$$.Execution.StartTime', 'state.$': '$$.State.Name', 'entered.$': '$$.State.EnteredTime', 'machine.$': '$$.StateMachine.Name', 'in.$': '$$.Execution.Input.a'}}, {a: 7},
      {start: '2026-11-24T12:00:00.000Z', state: 'S', entered: '2026-11-24T12:00:00.000Z', machine: 'Machine', in: 7}]
  ])('%j of %j gives %j', async (state, input, output) => {
    expect((await runOnce(one({Type: 'Pass', ...state}), input)).look()).toEqual(succeeded(output))
  })

  it.each<[object, string, string]>([
    [{InputPath: '$.none'}, 'States.Runtime', where('Invalid path \'$.none\' : No results for path: $.none')],
    [{OutputPath: '$.none'}, 'States.Runtime', where('Invalid path \'$.none\' : No results for path: $.none')],
    [{Parameters: {'a.$': '$.none'}}, 'States.Runtime', where('The JSONPath \'$.none\' specified for the field \'a.$\' could not be found in the input \'{"a":"text"}\'')],
    [{Parameters: {'a.$': 'States.ArrayLength($.a)'}}, 'States.IntrinsicFailure',
      where('The function \'States.ArrayLength($.a)\' had the following error: argument 1 must be an array')],
    [{Result: 1, ResultPath: '$.a.b'}, 'States.ResultPathMatchFailure', where('Unable to apply ReferencePath $.a.b to input {"a":"text"}')]
  ])('%j fails with %s', async (state, error, cause) => {
    expect((await runOnce(one({Type: 'Pass', ...state}), {a: 'text'})).look()).toEqual(failed(error, cause))
  })
})

describe('Choice, Succeed and Fail', () => {
  const choice = one({Type: 'Choice', End: undefined, Choices: [{Variable: '$.n', NumericGreaterThan: 5, Next: 'Big'}], Default: 'Small'},
    {Big: {Type: 'Succeed'}, Small: {Type: 'Fail', Error: 'TooSmall', CausePath: 'States.Format(\'{} is too small.\', $.n)'}})

  it('takes the way of the first rule met', async () => {
    const work = await runOnce(choice, {n: 6})
    expect(work.look()).toEqual(succeeded({n: 6}))
    expect(work.trail()).toEqual(['ExecutionStarted', 'ChoiceStateEntered:S', 'ChoiceStateExited:S', 'SucceedStateEntered:Big', 'SucceedStateExited:Big', 'ExecutionSucceeded'])
  })

  it('takes the default, and fails by its own error and cause', async () => {
    const work = await runOnce(choice, {n: 5})
    expect(work.look()).toEqual(failed('TooSmall', '5 is too small.'))
    expect(work.trail()).toEqual(['ExecutionStarted', 'ChoiceStateEntered:S', 'ChoiceStateExited:S', 'FailStateEntered:Small', 'ExecutionFailed'])
  })

  it('fails without a rule met and without a default', async () => {
    expect((await runOnce(one({Type: 'Choice', End: undefined, Choices: [{Variable: '$.n', IsNull: true, Next: 'S'}]}), {n: 1})).look())
      .toEqual(failed('States.NoChoiceMatched', where('Failed to transition out of the state. The state does not point to a next state.')))
  })

  it('fails where a rule\'s path leads nowhere', async () => {
    expect((await runOnce(choice, {})).look())
      .toEqual(failed('States.Runtime', where('Invalid path \'$.n\': The choice state\'s condition path references an invalid value.')))
  })

  it('narrows with InputPath and OutputPath', async () => {
    expect((await runOnce(one({Type: 'Succeed', InputPath: '$.a', OutputPath: '$.b', End: undefined}), {a: {b: 1}})).look()).toEqual(succeeded(1))
  })

  it('fails with ErrorPath and CausePath, and with nothing at all', async () => {
    expect((await runOnce(one({Type: 'Fail', ErrorPath: '$.e', CausePath: '$.c', End: undefined}), {e: 'E', c: 'C'})).look()).toEqual(failed('E', 'C'))
    expect((await runOnce(one({Type: 'Fail', End: undefined}))).look()).toEqual(failed('', ''))
  })
})

describe('an execution', () => {
  it('has its history as Step Functions gives it', async () => {
    const work = await runOnce({StartAt: 'A', States: {A: {Type: 'Pass', Result: {x: 1}, Next: 'B'}, B: {Type: 'Pass', End: true}}}, {in: 1})
    const timestamp = Date.parse('2026-11-24T12:00:00Z') / 1000
    const whole = {truncated: false}
    expect(work.events()).toEqual([
      {timestamp, type: 'ExecutionStarted', id: 1, previousEventId: 0, executionStartedEventDetails: {input: '{"in":1}', inputDetails: whole, roleArn: 'arn:aws:iam::123456789012:role/R'}},
      {timestamp, type: 'PassStateEntered', id: 2, previousEventId: 0, stateEnteredEventDetails: {name: 'A', input: '{"in":1}', inputDetails: whole}},
      {timestamp, type: 'PassStateExited', id: 3, previousEventId: 2, stateExitedEventDetails: {name: 'A', output: '{"x":1}', outputDetails: whole}},
      {timestamp, type: 'PassStateEntered', id: 4, previousEventId: 3, stateEnteredEventDetails: {name: 'B', input: '{"x":1}', inputDetails: whole}},
      {timestamp, type: 'PassStateExited', id: 5, previousEventId: 4, stateExitedEventDetails: {name: 'B', output: '{"x":1}', outputDetails: whole}},
      {timestamp, type: 'ExecutionSucceeded', id: 6, previousEventId: 5, executionSucceededEventDetails: {output: '{"x":1}', outputDetails: whole}}
    ])
  })

  it('tells those who watch, with the file that its input names', async () => {
    const work = await runOnce(one({Type: 'Pass'}), {fileId: 'f'})
    const told = {at: '2026-11-24T12:00:00.000Z', executionArn: 'arn:aws:states:us-west-2:123456789012:execution:Machine:run', fileId: 'f'}
    expect(work.observed).toEqual([
      {...told, type: 'execution', status: 'RUNNING'},
      {...told, type: 'state', state: 'S', phase: 'entered'},
      {...told, type: 'state', state: 'S', phase: 'exited'},
      {...told, type: 'execution', status: 'SUCCEEDED'}
    ])
  })

  it('leaves no frame behind', async () => {
    const work = await runOnce(one({Type: 'Pass'}))
    expect(work.db.prepare('SELECT count(*) AS n FROM states_frames').get()).toEqual({n: 0})
  })

  it('fails where a state hands on more than 256 KiB, which States.ALL does not catch', async () => {
    const work = await runOnce(one({Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: {FunctionName: 'big'}, Catch: [{ErrorEquals: ['States.ALL'], Next: 'C'}]},
      {C: {Type: 'Succeed'}}), {}, {big: () => 'x'.repeat(262_144)})
    expect(work.look()).toEqual(failed('States.DataLimitExceeded', 'The state/task \'S\' returned a result with a size exceeding the maximum number of bytes service limit.'))
  })

  it('ends after 25,000 events', async () => {
    const work = await runOnce({StartAt: 'A', States: {A: {Type: 'Pass', Next: 'A'}}})
    for (let turn = 0; work.look().status === 'RUNNING' && turn < 1000; turn += 1) {
      await work.clock.advance(0)
    }
    expect(work.look()).toEqual(failed('States.Runtime', 'The execution reached the maximum number of history events (25000).'))
    expect(work.events().length).toBe(25_000)
  })

  it('does not know a language but JSONPath, and says so', async () => {
    await expect(runOnce({...one({Type: 'Pass'}), QueryLanguage: 'JSONata'})).rejects.toMatchObject({
      code: 'InvalidDefinition', message: expect.stringContaining('does not speak QueryLanguage JSONata (at /QueryLanguage)')
    })
  })

  it('of five states takes less than 10 ms', async () => {
    const States = Object.fromEntries(['A', 'B', 'C', 'D', 'E'].map((name, index, all) => [name, {Type: 'Pass', ...(all[index + 1] === undefined ? {End: true} : {Next: all[index + 1]})}]))
    const work = await runOnce({StartAt: 'A', States})
    const from = performance.now()
    for (let n = 0; n < 100; n += 1) {
      work.start({}, `run-${n}`)
    }
    expect((performance.now() - from) / 100).toBeLessThan(10)
    expect(work.look('run-99')).toEqual(succeeded({}))
  })
})
