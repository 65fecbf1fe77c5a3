import {describe, expect, it} from '@jest/globals'
import {bench, failed, runOnce, succeeded} from './workflows'

const named = (name: string) => Object.assign(new Error('No.'), {name})
const invoke = (name: string, more: object = {}) => ({Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: {FunctionName: name, 'Payload.$': '$'}, OutputPath: '$.Payload', End: true, ...more})
const line = (state: object) => ({StartAt: 'L', States: {L: {End: true, ...state}}})
const only = (state: object, others: object = {}) => ({StartAt: 'S', States: {S: {End: true, ...state}, ...others}})

describe('Parallel', () => {
  it('gives each branch the input and gathers their outputs in order', async () => {
    const work = await runOnce(only({Type: 'Parallel', Parameters: {'n.$': '$.a'}, Branches: [line({Type: 'Pass', Result: 1}), line({Type: 'Pass'})], ResultPath: '$.r'}), {a: 5})
    expect(work.look()).toEqual(succeeded({a: 5, r: [1, {n: 5}]}))
    expect(work.trail()).toEqual(['ExecutionStarted', 'ParallelStateEntered:S', 'ParallelStateStarted', 'PassStateEntered:L', 'PassStateExited:L', 'PassStateEntered:L', 'PassStateExited:L',
      'ParallelStateSucceeded', 'ParallelStateExited:S', 'ExecutionSucceeded'])
    expect(work.events().map(({previousEventId}) => previousEventId)).toEqual([0, 0, 2, 3, 4, 3, 6, 7, 8, 9])
  })

  it('runs branches at the same time', async () => {
    const work = bench(only({Type: 'Parallel', Branches: [line({Type: 'Wait', Seconds: 30}), line({Type: 'Wait', Seconds: 20})]}))
    work.start()
    await work.clock.advance(29_999)
    expect(work.look()).toEqual({status: 'RUNNING'})
    await work.clock.advance(1)
    expect(work.look()).toEqual(succeeded([{}, {}]))
  })

  it('fails with the first branch that does, stops the others, and can be caught', async () => {
    const work = bench(only({Type: 'Parallel', Branches: [line({Type: 'Wait', Seconds: 99}), line(invoke('f'))], Catch: [{ErrorEquals: ['E'], ResultPath: '$.e', Next: 'C'}]}, {C: {Type: 'Pass', End: true, InputPath: '$.e.Error'}}),
      {f: () => { throw named('E') }})
    work.start()
    await work.clock.advance(0)
    expect(work.look()).toEqual(succeeded('E'))
    expect(work.trail().slice(3)).toEqual(['WaitStateEntered:L', 'TaskStateEntered:L', 'TaskScheduled', 'TaskStarted', 'TaskFailed', 'WaitStateAborted', 'ParallelStateFailed',
      'ParallelStateExited:S', 'PassStateEntered:C', 'PassStateExited:C', 'ExecutionSucceeded'])
    expect(work.clock.pending()).toEqual([])
  })

  it('is repeated as a whole', async () => {
    let failures = 1
    const work = bench(only({Type: 'Parallel', Branches: [line(invoke('f')), line(invoke('g'))], Retry: [{ErrorEquals: ['E'], IntervalSeconds: 5}]}), {
      f: () => {
        if (failures-- > 0) {
          throw named('E')
        }
        return 'f'
      },
      g: () => 'g'
    })
    work.start()
    await work.clock.advance(5000)
    expect(work.look()).toEqual(succeeded(['f', 'g']))
    expect(work.calls.map(({name}) => name)).toEqual(['f', 'g', 'f', 'g'])
  })

  it('within a Parallel fails through both', async () => {
    const inner = line({Type: 'Parallel', Branches: [line({Type: 'Fail', Error: 'Deep', Cause: 'down', End: undefined}), line({Type: 'Wait', Seconds: 9})]})
    expect((await runOnce(only({Type: 'Parallel', Branches: [inner, line({Type: 'Wait', Seconds: 9})]}))).look()).toEqual(failed('Deep', 'down'))
  })
})

describe('Map', () => {
  const over = (processor: object, more: object = {}) => only({Type: 'Map', ItemProcessor: {ProcessorConfig: {Mode: 'INLINE'}, ...processor}, ...more})

  it('runs its states for each item, in order of the items', async () => {
    const work = await runOnce(over(line({Type: 'Pass', Parameters: {'v.$': '$', 'i.$': '$$.Map.Item.Index'}}), {ItemsPath: '$.items'}), {items: ['a', 'b']})
    expect(work.look()).toEqual(succeeded([{v: 'a', i: 0}, {v: 'b', i: 1}]))
    expect(work.trail()).toEqual(['ExecutionStarted', 'MapStateEntered:S', 'MapStateStarted', 'MapIterationStarted:S', 'MapIterationStarted:S', 'PassStateEntered:L', 'PassStateExited:L',
      'MapIterationSucceeded:S', 'PassStateEntered:L', 'PassStateExited:L', 'MapIterationSucceeded:S', 'MapStateSucceeded', 'MapStateExited:S', 'ExecutionSucceeded'])
    expect(work.events().map(({previousEventId}) => previousEventId)).toEqual([0, 0, 2, 3, 3, 4, 6, 7, 5, 9, 10, 11, 12, 13])
  })

  it.each<[string, object]>([
    ['ItemSelector', {ItemSelector: {'all.$': '$.items', 'item.$': '$$.Map.Item.Value', 'shared.$': '$.shared'}}],
    ['Parameters', {Parameters: {'all.$': '$.items', 'item.$': '$$.Map.Item.Value', 'shared.$': '$.shared'}}]
  ])('makes the input of each iteration by %s', async (_name, selector) => {
    const work = await runOnce(over(line({Type: 'Pass'}), {ItemsPath: '$.items', ...selector}), {items: [1, 2], shared: 's'})
    expect(work.look()).toEqual(succeeded([{all: [1, 2], item: 1, shared: 's'}, {all: [1, 2], item: 2, shared: 's'}]))
  })

  it('takes the older name of its processor, and the input itself as items', async () => {
    expect((await runOnce(only({Type: 'Map', Iterator: line({Type: 'Pass'})}), [1, 2])).look()).toEqual(succeeded([1, 2]))
  })

  it('of nothing is an empty list', async () => {
    expect((await runOnce(over(line({Type: 'Pass'})), [])).look()).toEqual(succeeded([]))
  })

  it('of something else fails', async () => {
    expect((await runOnce(over(line({Type: 'Pass'}), {ItemsPath: '$.items'}), {items: 5})).look())
      .toEqual(failed('States.Runtime', 'An error occurred while executing the state \'S\' (entered at the event id #2). Reference path "$.items" must point to array.'))
  })

  it('never runs more at once than it may', async () => {
    let [running, most] = [0, 0]
    const work = bench(over(line(invoke('f')), {MaxConcurrency: 2}), {f: async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setImmediate(resolve))
      running -= 1
    }})
    work.start([1, 2, 3, 4, 5])
    await work.clock.advance(0)
    await work.clock.advance(0)
    expect([work.look().status, most]).toEqual(['SUCCEEDED', 2])
  })

  it('fails with the first iteration that does and stops the others', async () => {
    const work = bench(over({StartAt: 'L', States: {L: {Type: 'Choice', Choices: [{Variable: '$', NumericEquals: 2, Next: 'F'}], Default: 'W'}, F: {Type: 'Fail', Error: 'E', Cause: 'c'}, W: {Type: 'Wait', Seconds: 9, End: true}}}))
    work.start([1, 2, 3])
    await work.clock.advance(0)
    expect(work.look()).toEqual(failed('E', 'c'))
    expect(work.trail().slice(-7)).toEqual(['FailStateEntered:F', 'MapIterationFailed:S', 'WaitStateAborted', 'MapIterationAborted:S', 'MapIterationAborted:S', 'MapStateFailed', 'ExecutionFailed'])
  })

  it('bears as many failures as it is told to, and leaves them out', async () => {
    const processor = {StartAt: 'L', States: {L: {Type: 'Choice', Choices: [{Variable: '$', NumericLessThan: 3, Next: 'F'}], Default: 'P'}, F: {Type: 'Fail', Error: 'E'}, P: {Type: 'Pass', End: true}}}
    expect((await runOnce(over(processor, {ToleratedFailureCount: 2}), [1, 2, 3, 4])).look()).toEqual(succeeded([3, 4]))
    expect((await runOnce(over(processor, {ToleratedFailurePercentage: 50}), [1, 2, 3, 4])).look()).toEqual(succeeded([3, 4]))
    expect((await runOnce(over(processor, {ToleratedFailureCount: 1}), [1, 2, 3, 4])).look())
      .toEqual(failed('States.ExceedToleratedFailureThreshold', 'The specified tolerated failure threshold was exceeded'))
  })

  it('of 1,000 items ends, one after the other', async () => {
    const work = bench(over(line({Type: 'Pass'}), {MaxConcurrency: 1}))
    const items = Array.from({length: 1000}, (_, index) => index)
    work.start(items)
    for (let turn = 0; work.look().status === 'RUNNING' && turn < 100; turn += 1) {
      await work.clock.advance(0)
    }
    expect(work.look()).toEqual(succeeded(items))
  })

  it('within a Map sees its own item', async () => {
    const inner = line({Type: 'Map', ItemsPath: '$', ItemProcessor: line({Type: 'Pass', InputPath: '$$.Map.Item.Value'})})
    expect((await runOnce(over(inner), [[1, 2], [3]])).look()).toEqual(succeeded([[1, 2], [3]]))
  })
})
