import {describe, expect, it} from '@jest/globals'
import {ServiceError} from '../../../runtime/core/errors'
import {neverHeld} from '../../../runtime/core/hold'
import {manualHold, type ManualHold} from '../../../runtime/core/test/manual-hold'
import {manualClock, settled} from '../../events/test/manual-clock'
import {bench, EXECUTION, failed, FUNCTION, MACHINE, runOnce, succeeded} from './workflows'

const named = (name: string, message = 'No.') => Object.assign(new Error(message), {name})
const task = (more: object, others: object = {}) => ({StartAt: 'T', States: {T: {Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: {FunctionName: 'f'}, End: true, ...more}, ...others}})
const whole = {truncated: false}

describe('Wait', () => {
  const waiting = (more: object) => ({StartAt: 'W', States: {W: {Type: 'Wait', Next: 'E', ...more}, E: {Type: 'Succeed'}}})

  it.each<[object, number]>([
    [{Seconds: 90}, 90_000],
    [{SecondsPath: '$.seconds'}, 30_000],
    [{Timestamp: '2026-11-24T12:00:45Z'}, 45_000],
    [{TimestampPath: '$.at'}, 60_500]
  ])('%j waits by the clock', async (more, milliseconds) => {
    const work = bench(waiting(more))
    work.start({seconds: 30, at: '2026-11-24T13:01:00.500+01:00'})
    await work.clock.advance(milliseconds - 1)
    expect(work.look()).toEqual({status: 'RUNNING'})
    await work.clock.advance(1)
    expect(work.look().status).toBe('SUCCEEDED')
  })

  it('continues at once where the moment has passed', async () => {
    expect((await runOnce(waiting({TimestampPath: '$.at'}), {at: '2020-01-01T00:00:00Z'})).look()).toEqual(succeeded({at: '2020-01-01T00:00:00Z'}))
  })

  it.each<[object, unknown, string]>([
    [{SecondsPath: '$.s'}, {s: 'x'}, 'The SecondsPath parameter cannot be parsed as a long value: $.s == "x"'],
    [{SecondsPath: '$.s'}, {s: -1}, 'The SecondsPath parameter cannot be parsed as a long value: $.s == -1'],
    [{TimestampPath: '$.s'}, {s: 'x'}, 'The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.s == x'],
    [{TimestampPath: '$.s'}, {}, 'Invalid path \'$.s\': The state\'s TimestampPath references an invalid value.']
  ])('%j of %j fails', async (more, input, cause) => {
    expect((await runOnce(waiting(more), input)).look()).toEqual(failed('States.Runtime', `An error occurred while executing the state 'W' (entered at the event id #2). ${cause}`))
  })
})

describe('a function as task', () => {
  it('by lambda:invoke has its answer under Payload, and its history', async () => {
    const work = await runOnce(task({Parameters: {FunctionName: `${FUNCTION}:f`, Payload: {'n.$': '$.n'}}, TimeoutSeconds: 60}), {n: 1}, {f: (input) => ({got: input})})
    expect(work.look()).toEqual(succeeded({ExecutedVersion: '$LATEST', Payload: {got: {n: 1}}, StatusCode: 200}))
    expect(work.calls).toEqual([{name: 'f', input: {n: 1}}])
    const output = JSON.stringify({ExecutedVersion: '$LATEST', Payload: {got: {n: 1}}, StatusCode: 200})
    const resource = {resourceType: 'lambda', resource: 'invoke'}
    expect(work.events().slice(1, 6).map(({timestamp: _timestamp, ...event}) => event)).toEqual([
      {type: 'TaskStateEntered', id: 2, previousEventId: 0, stateEnteredEventDetails: {name: 'T', input: '{"n":1}', inputDetails: whole}},
      {type: 'TaskScheduled', id: 3, previousEventId: 2, taskScheduledEventDetails: {
        ...resource, region: 'us-west-2', parameters: JSON.stringify({FunctionName: `${FUNCTION}:f`, Payload: {n: 1}}), timeoutInSeconds: 60
      }},
      {type: 'TaskStarted', id: 4, previousEventId: 3, taskStartedEventDetails: resource},
      {type: 'TaskSucceeded', id: 5, previousEventId: 4, taskSucceededEventDetails: {...resource, output, outputDetails: whole}},
      {type: 'TaskStateExited', id: 6, previousEventId: 5, stateExitedEventDetails: {name: 'T', output, outputDetails: whole}}
    ])
  })

  it('has its time without what a debugger holds its function for', async () => {
    let holding: ManualHold | undefined
    const never = new Promise<never>(() => undefined)
    const clock = manualClock()
    const hold = manualHold(clock.now)
    const work = bench(task({Parameters: {FunctionName: `${FUNCTION}:f`}, TimeoutSeconds: 60}), {f: () => never}, {
      clock, holdOf: (name) => name === `${FUNCTION}:f` ? holding = hold : neverHeld
    })
    work.start()
    expect(holding).toBe(hold)
    await clock.advance(20_000)
    hold.set(true)
    await clock.advance(300_000)
    hold.set(false)
    expect(work.look().status).toBe('RUNNING')
    await clock.advance(39_000)
    expect(work.look().status).toBe('RUNNING')
    await clock.advance(1_000)
    expect(work.look()).toEqual(failed('States.Timeout'))
  })

  it('by its ARN has its answer alone', async () => {
    const work = await runOnce(task({Resource: `${FUNCTION}:f`, Parameters: undefined}), {n: 1}, {f: () => 'answer'})
    expect(work.look()).toEqual(succeeded('answer'))
    expect(work.trail()).toEqual(['ExecutionStarted', 'TaskStateEntered:T', 'LambdaFunctionScheduled', 'LambdaFunctionStarted', 'LambdaFunctionSucceeded', 'TaskStateExited:T', 'ExecutionSucceeded'])
  })

  it('is shaped by ResultSelector, ResultPath and OutputPath', async () => {
    const shaped = task({ResultSelector: {'x.$': '$.Payload.x'}, ResultPath: '$.result', OutputPath: '$.result'})
    expect((await runOnce(shaped, {a: 1}, {f: () => ({x: 5, y: 6})})).look()).toEqual(succeeded({x: 5}))
  })

  it('fails by the name that it threw; its whole payload is the cause', async () => {
    const work = await runOnce(task({}), {}, {f: () => { throw named('RateLimitedError', 'Slow down.') }})
    const cause = '{"errorType":"RateLimitedError","errorMessage":"Slow down.","trace":[]}'
    expect(work.look()).toEqual(failed('RateLimitedError', cause))
    expect(work.events().at(-2)).toEqual(expect.objectContaining({type: 'TaskFailed', taskFailedEventDetails: {resourceType: 'lambda', resource: 'invoke', error: 'RateLimitedError', cause}}))
  })

  it('without an error type is Lambda.Unknown', async () => {
    const work = bench(task({}), {}, {invoke: async () => ({functionError: 'Unhandled', payload: '{"errorMessage":"Task timed out"}'})})
    work.start()
    await settled()
    expect(work.look()).toEqual(failed('Lambda.Unknown',
      'The cause could not be determined because Lambda did not return an error type. Returned payload: {"errorMessage":"Task timed out"}'))
  })

  it('that cannot be invoked fails by Lambda\'s error', async () => {
    const work = await runOnce(task({}), {}, {f: () => { throw new ServiceError('TooManyRequestsException', 'Rate exceeded', 429) }})
    expect(work.look()).toEqual(failed('Lambda.TooManyRequestsException',
      'Rate exceeded (Service: AWSLambda; Status Code: 429; Error Code: TooManyRequestsException; Request ID: local; Proxy: null)'))
  })

  it('that is no integration at all fails for good', async () => {
    expect((await runOnce(task({Resource: 'arn:aws:states:::glue:startJobRun.sync'}), {})).look())
      .toEqual(failed('States.Runtime', expect.stringContaining('no integration for the resource arn:aws:states:::glue:startJobRun.sync')))
  })
})

describe('Retry and Catch', () => {
  const twice = (error: Error) => {
    let failures = 2
    return {f: () => {
      if (failures-- > 0) {
        throw error
      }
      return 'done'
    }}
  }

  it('repeats with growing delays, and shows each attempt in the history', async () => {
    const work = bench(task({Retry: [{ErrorEquals: ['E'], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 3}]}), twice(named('E')))
    work.start()
    await work.clock.advance(7999)
    expect(work.look()).toEqual({status: 'RUNNING'})
    await work.clock.advance(1)
    expect(work.look().status).toBe('SUCCEEDED')
    expect(work.trail().slice(1, -2)).toEqual(['TaskStateEntered:T',
      'TaskScheduled', 'TaskStarted', 'TaskFailed', 'TaskScheduled', 'TaskStarted', 'TaskFailed', 'TaskScheduled', 'TaskStarted', 'TaskSucceeded'])
    expect(work.observed.filter((told) => told.type === 'state').map((told) => told.type === 'state' && told.phase)).toEqual(['entered', 'retrying', 'retrying', 'exited'])
  })

  it.each<[string, object, number[]]>([
    ['the defaults: 1, 2, 4 s', {}, [1000, 2000, 4000]],
    ['a cap', {IntervalSeconds: 10, BackoffRate: 10, MaxDelaySeconds: 60}, [10_000, 60_000, 60_000]],
    ['full jitter: anything between 0 and the whole', {JitterStrategy: 'FULL', IntervalSeconds: 4}, [2000, 4000, 8000]]
  ])('knows %s', async (_name, retrier, delays) => {
    const work = bench(task({Retry: [{ErrorEquals: ['States.ALL'], ...retrier}]}), {f: () => { throw named('E') }})
    work.start()
    await work.clock.advance(1_000_000)
    const [first, ...later] = work.events().filter(({type}) => type === 'TaskScheduled').map(({timestamp}) => Number(timestamp) * 1000)
    expect(later.map((at, index) => Math.round(at - ([first, ...later][index] as number)))).toEqual(delays)
    expect(work.look().status).toBe('FAILED')
  })

  it('counts each retrier by itself, and asks only the first that fits', async () => {
    const errors = ['A', 'B', 'A', 'B']
    const work = bench(task({Retry: [{ErrorEquals: ['A'], MaxAttempts: 1, IntervalSeconds: 1}, {ErrorEquals: ['States.ALL'], MaxAttempts: 5, IntervalSeconds: 1}]}),
      {f: () => { throw named(errors.shift() ?? 'none left') }})
    work.start()
    await work.clock.advance(1_000_000)
    expect([work.look().error, work.calls.length]).toEqual(['A', 3])
  })

  it('with MaxAttempts 0 repeats nothing', async () => {
    const work = await runOnce(task({Retry: [{ErrorEquals: ['E'], MaxAttempts: 0}, {ErrorEquals: ['States.ALL']}]}), {}, {f: () => { throw named('E') }})
    expect([work.look().status, work.calls.length]).toEqual(['FAILED', 1])
  })

  it('tells the task how often it was repeated', async () => {
    let count = 0
    const work = bench(task({Parameters: {FunctionName: 'f', Payload: {'retries.$': '$$.State.RetryCount'}}, Retry: [{ErrorEquals: ['E'], IntervalSeconds: 1}]}), {f: () => {
      if (count++ < 2) {
        throw named('E')
      }
    }})
    work.start()
    await work.clock.advance(10_000)
    expect(work.calls.map(({input}) => input)).toEqual([{retries: 0}, {retries: 1}, {retries: 2}])
  })

  it('catches with the error beside the input', async () => {
    const work = await runOnce(task({Catch: [{ErrorEquals: ['Other'], Next: 'X'}, {ErrorEquals: ['E'], ResultPath: '$.error', Next: 'C'}]}, {C: {Type: 'Succeed'}, X: {Type: 'Fail'}}),
      {a: 1}, {f: () => { throw named('E', 'why') }})
    expect(work.look()).toEqual(succeeded({a: 1, error: {Error: 'E', Cause: '{"errorType":"E","errorMessage":"why","trace":[]}'}}))
    expect(work.trail().slice(-5)).toEqual(['TaskFailed', 'TaskStateExited:T', 'SucceedStateEntered:C', 'SucceedStateExited:C', 'ExecutionSucceeded'])
  })

  it.each<[string, string, boolean]>([
    ['States.ALL', 'E', true],
    ['States.TaskFailed', 'E', true],
    ['States.TaskFailed', 'Lambda.Unknown', true],
    ['E', 'F', false],
    ['States.Timeout', 'E', false],
    ['States.ALL', 'States.DataLimitExceeded', false],
    ['States.DataLimitExceeded', 'States.DataLimitExceeded', true],
    ['States.ALL', 'States.Runtime', false],
    ['States.Runtime', 'States.Runtime', false]
  ])('%s meets %s: %s', async (pattern, error, met) => {
    const work = await runOnce(task({Catch: [{ErrorEquals: [pattern], Next: 'C'}]}, {C: {Type: 'Succeed'}}), {}, {f: () => { throw named(error) }})
    expect(work.look().status).toBe(met ? 'SUCCEEDED' : 'FAILED')
  })

  it('does not catch a path that leads nowhere', async () => {
    const work = await runOnce(task({Parameters: {'FunctionName.$': '$.none'}, Catch: [{ErrorEquals: ['States.ALL'], Next: 'C'}]}, {C: {Type: 'Succeed'}}), {})
    expect(work.look()).toEqual(failed('States.Runtime', expect.stringContaining('(entered at the event id #2). The JSONPath \'$.none\' specified for the field \'FunctionName.$\'')))
  })
})

describe('time limits of a task', () => {
  it('end it by States.Timeout, whose cause is empty, and forget its late answer', async () => {
    let answer = (): void => undefined
    const work = bench(task({TimeoutSeconds: 30, Catch: [{ErrorEquals: ['States.Timeout'], Next: 'C'}]}, {C: {Type: 'Wait', Seconds: 10, End: true}}),
      {f: () => new Promise<void>((resolve) => { answer = resolve })})
    work.start()
    await work.clock.advance(30_000)
    expect(work.trail()).toEqual(['ExecutionStarted', 'TaskStateEntered:T', 'TaskScheduled', 'TaskStarted', 'TaskTimedOut', 'TaskStateExited:T', 'WaitStateEntered:C'])
    answer()
    await work.clock.advance(10_000)
    expect(work.look()).toEqual(succeeded({Error: 'States.Timeout', Cause: ''}))
  })

  it('may be given by a path', async () => {
    const work = bench(task({TimeoutSecondsPath: '$.limit'}), {f: () => new Promise(() => undefined)})
    work.start({limit: 5})
    await work.clock.advance(5000)
    expect(work.look()).toEqual(failed('States.Timeout'))
  })

  it('are not met by States.TaskFailed', async () => {
    const work = bench(task({TimeoutSeconds: 1, Catch: [{ErrorEquals: ['States.TaskFailed'], Next: 'C'}]}, {C: {Type: 'Succeed'}}), {f: () => new Promise(() => undefined)})
    work.start()
    await work.clock.advance(1000)
    expect(work.look()).toEqual(failed('States.Timeout'))
  })

  it('of the whole execution end it as TIMED_OUT', async () => {
    const work = bench({...task({}), TimeoutSeconds: 60}, {f: () => new Promise(() => undefined)})
    work.start()
    await work.clock.advance(60_000)
    expect(work.look()).toEqual({status: 'TIMED_OUT', error: 'States.Timeout', cause: ''})
    expect(work.trail().at(-1)).toBe('ExecutionTimedOut')
    expect(work.clock.pending()).toEqual([])
  })
})

describe('events:putEvents', () => {
  const publish = (entry: object) => task({Resource: 'arn:aws:states:::events:putEvents', Parameters: {Entries: [entry]}})

  it('writes the detail as text and names machine and execution in the resources', async () => {
    const work = await runOnce(publish({EventBusName: 'Bus', Source: 's', DetailType: 'D', Detail: {'a.$': '$.a'}, Resources: ['r'], Time: '2026-11-24T12:00:00Z'}), {a: 1})
    expect(work.published).toEqual([{EventBusName: 'Bus', Source: 's', DetailType: 'D', Detail: '{"a":1}', Resources: ['r', MACHINE, `${EXECUTION}:run`], Time: 1_795_521_600}])
    expect(work.look()).toEqual(succeeded({Entries: [{EventId: 'event-1'}], FailedEntryCount: 0}))
  })

  it('fails where an entry does', async () => {
    const answer = {FailedEntryCount: 1, Entries: [{ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.'}]}
    const work = bench(publish({Source: 's', DetailType: 'D', Detail: 'x'}), {}, {putEvents: () => answer})
    work.start()
    await settled()
    expect(work.look()).toEqual(failed('EventBridge.FailedEntry', '{"Entries":[{"ErrorCode":"MalformedDetail","ErrorMessage":"Detail is malformed."}],"FailedEntryCount":1}'))
  })

  it('fails by the bus\'s own error where the request is refused', async () => {
    const work = bench(publish({}), {}, {putEvents: () => { throw new ServiceError('InternalException', 'Later.', 500) }})
    work.start()
    await settled()
    expect(work.look()).toEqual(failed('EventBridge.InternalException', expect.stringContaining('Later. (Service: AmazonEventBridge; Status Code: 500;')))
  })
})

describe('states:startExecution', () => {
  it('starts another execution and does not wait for it', async () => {
    const definition = {
      StartAt: 'C', States: {
        C: {Type: 'Choice', Choices: [{Variable: '$.child', IsPresent: true, Next: 'E'}], Default: 'T'},
        E: {Type: 'Succeed'},
        T: {Type: 'Task', Resource: 'arn:aws:states:::states:startExecution', Parameters: {StateMachineArn: MACHINE, Name: 'child', Input: {child: true}}, End: true}
      }
    }
    const work = await runOnce(definition)
    expect(work.look()).toEqual(succeeded({ExecutionArn: `${EXECUTION}:child`, StartDate: '2026-11-24T12:00:00.000Z'}))
    expect(work.look('child')).toEqual(succeeded({child: true}))
  })
})
