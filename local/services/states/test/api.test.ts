import {afterEach, describe, expect, it} from '@jest/globals'
import {type Asked, serve} from '../../events/test/ask'
import {settled, START} from '../../events/test/manual-clock'
import {bench, EXECUTION, type FunctionBody, MACHINE, ROLE} from './workflows'

const seconds = START / 1000
const pass = {StartAt: 'P', States: {P: {Type: 'Pass', End: true}}}
const waiting = {StartAt: 'W', States: {W: {Type: 'Wait', Seconds: 100, End: true}}}
const failing = {StartAt: 'T', States: {T: {Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: {FunctionName: 'f'}, OutputPath: '$.Payload', End: true}}}

const open: Asked[] = []
afterEach(async () => { await Promise.all(open.splice(0).map((asked) => asked.close())) })

const serving = async (definition: unknown, functions: Readonly<Record<string, FunctionBody>> = {}) => {
  const work = bench(definition, functions)
  const asked = await serve(work.states)
  open.push(asked)
  return {...work, ask: async (operation: string, input: object = {}): Promise<unknown> => (await asked.ask(operation, input)).body}
}

const fault = (__type: string, message: unknown) => ({__type, message})
const arn = `${EXECUTION}:run`

describe('StartExecution', () => {
  it('starts, and describes what came of it', async () => {
    const {ask} = await serving(pass)
    expect(await ask('StartExecution', {stateMachineArn: MACHINE, name: 'run', input: '{"a":1}'})).toEqual({executionArn: arn, startDate: seconds})
    expect(await ask('DescribeExecution', {executionArn: arn})).toEqual({
      executionArn: arn, stateMachineArn: MACHINE, name: 'run', status: 'SUCCEEDED', startDate: seconds, stopDate: seconds,
      input: '{"a":1}', inputDetails: {included: true}, output: '{"a":1}', outputDetails: {included: true},
      redriveCount: 0, redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven'
    })
  })

  it('gives a name and an empty input where there are none', async () => {
    const {ask} = await serving(pass)
    expect(await ask('StartExecution', {stateMachineArn: MACHINE})).toEqual({executionArn: `${EXECUTION}:id-1`, startDate: seconds})
    expect(await ask('DescribeExecution', {executionArn: `${EXECUTION}:id-1`})).toEqual(expect.objectContaining({input: '{}', output: '{}'}))
  })

  it('with the same name and input finds the running execution; anything else exists already', async () => {
    const {ask, clock} = await serving(waiting)
    const started = {executionArn: arn, startDate: seconds}
    const again = (input: string) => ask('StartExecution', {stateMachineArn: MACHINE, name: 'run', input})
    expect(await again('{}')).toEqual(started)
    await clock.advance(1000)
    expect(await again('{}')).toEqual(started)
    const exists = fault('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`)
    expect(await again('{"b":2}')).toEqual(exists)
    await clock.advance(100_000)
    expect(await again('{}')).toEqual(exists)
  })

  it('may use a name again 90 days after its execution has ended', async () => {
    const {start, clock, look, trail} = await serving(pass)
    start({first: true})
    await clock.advance(90 * 86_400_000)
    expect(() => start({second: true})).toThrow('Execution Already Exists')
    await clock.advance(1)
    start({second: true})
    expect([look().output, trail().length]).toEqual([{second: true}, 4])
  })

  it.each<[object, string, unknown]>([
    [{stateMachineArn: `${MACHINE}X`}, 'StateMachineDoesNotExist', `State Machine Does Not Exist: '${MACHINE}X'`],
    [{stateMachineArn: 'nonsense'}, 'InvalidArn', 'Invalid Arn: \'Invalid ARN prefix: nonsense\''],
    [{name: 'a b'}, 'InvalidName', 'Invalid Name: \'a b\''],
    [{name: 'x'.repeat(81)}, 'InvalidName', expect.any(String)],
    [{input: '{"a":'}, 'InvalidExecutionInput', expect.stringContaining('Invalid State Machine Execution Input: ')],
    [{input: ''}, 'InvalidExecutionInput', 'Invalid State Machine Execution Input: \'Invalid execution input.\''],
    [{input: 5}, 'SerializationException', 'Expected \'input\' to be a string.'],
    [{input: JSON.stringify('x'.repeat(262_143))}, 'ValidationException', expect.stringContaining('at \'input\' failed to satisfy constraint')]
  ])('refuses %j', async (more, code, message) => {
    const {ask} = await serving(pass)
    expect(await ask('StartExecution', {stateMachineArn: MACHINE, ...more})).toEqual(fault(code, message))
  })
})

describe('executions', () => {
  it('are listed, newest first, by status and page', async () => {
    const {ask, start, clock} = await serving(waiting)
    start({}, 'first')
    await clock.advance(60_000)
    start({}, 'second')
    await clock.advance(60_000)
    const listed = (name: string, status: string, more: object) => ({executionArn: `${EXECUTION}:${name}`, stateMachineArn: MACHINE, name, status, redriveCount: 0, ...more})
    const first = listed('first', 'SUCCEEDED', {startDate: seconds, stopDate: seconds + 100})
    const second = listed('second', 'RUNNING', {startDate: seconds + 60})
    expect(await ask('ListExecutions', {stateMachineArn: MACHINE})).toEqual({executions: [second, first]})
    expect(await ask('ListExecutions', {stateMachineArn: MACHINE, statusFilter: 'SUCCEEDED'})).toEqual({executions: [first]})
    const page = await ask('ListExecutions', {stateMachineArn: MACHINE, maxResults: 1}) as {executions: unknown[], nextToken: string}
    expect([page.executions, await ask('ListExecutions', {stateMachineArn: MACHINE, nextToken: page.nextToken})]).toEqual([[second], {executions: [first]}])
    expect(await ask('ListExecutions', {stateMachineArn: MACHINE, statusFilter: 'NEW'})).toEqual(fault('ValidationException', expect.stringContaining('enum value set')))
    expect(await ask('ListExecutions', {stateMachineArn: MACHINE, maxResults: -1})).toEqual(fault('ValidationException', expect.stringContaining('between 0 and 1000')))
  })

  it('have a history: in pages, reversed, without data', async () => {
    const {ask, start} = await serving(pass)
    start()
    const types = (answer: unknown) => (answer as {events: Array<{type: string}>}).events.map(({type}) => type)
    const all = ['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'ExecutionSucceeded']
    expect(types(await ask('GetExecutionHistory', {executionArn: arn}))).toEqual(all)
    expect(types(await ask('GetExecutionHistory', {executionArn: arn, reverseOrder: true}))).toEqual([...all].reverse())
    const page = await ask('GetExecutionHistory', {executionArn: arn, maxResults: 3}) as {nextToken: string}
    expect(types(await ask('GetExecutionHistory', {executionArn: arn, nextToken: page.nextToken}))).toEqual(['ExecutionSucceeded'])
    const {events} = await ask('GetExecutionHistory', {executionArn: arn, includeExecutionData: false, maxResults: 2}) as {events: unknown[]}
    expect(events[1]).toEqual({timestamp: seconds, type: 'PassStateEntered', id: 2, previousEventId: 0, stateEnteredEventDetails: {name: 'P', inputDetails: {truncated: false}}})
  })

  it('can be stopped with a reason, and stay as they are when they have ended', async () => {
    const {ask, start, clock, trail} = await serving(waiting)
    start()
    await clock.advance(5000)
    expect(await ask('StopExecution', {executionArn: arn, error: 'Enough', cause: 'Said so.'})).toEqual({stopDate: seconds + 5})
    expect(await ask('DescribeExecution', {executionArn: arn})).toEqual(expect.objectContaining({status: 'ABORTED', error: 'Enough', cause: 'Said so.', stopDate: seconds + 5}))
    expect([trail().at(-1), clock.pending()]).toEqual(['ExecutionAborted', []])
    expect(await ask('StopExecution', {executionArn: arn})).toEqual({stopDate: seconds + 5})
  })

  it('that failed can be redriven from the state where they did', async () => {
    let broken = true
    const {ask, start, trail} = await serving({...failing, States: {...failing.States, P: {Type: 'Pass', Next: 'T'}}, StartAt: 'P'}, {f: () => {
      if (broken) {
        throw new Error('Broken')
      }
      return 'mended'
    }})
    start()
    await settled()
    broken = false
    expect(await ask('RedriveExecution', {executionArn: arn})).toEqual({redriveDate: seconds})
    await settled()
    expect(await ask('DescribeExecution', {executionArn: arn})).toEqual(expect.objectContaining({status: 'SUCCEEDED', output: '"mended"', redriveCount: 1, redriveDate: seconds}))
    expect(trail()).toEqual(['ExecutionStarted', 'PassStateEntered:P', 'PassStateExited:P', 'TaskStateEntered:T', 'TaskScheduled', 'TaskStarted', 'TaskFailed', 'ExecutionFailed',
      'ExecutionRedriven', 'TaskStateEntered:T', 'TaskScheduled', 'TaskStarted', 'TaskSucceeded', 'TaskStateExited:T', 'ExecutionSucceeded'])
    expect(await ask('RedriveExecution', {executionArn: arn})).toEqual(fault('ExecutionNotRedrivable', `Execution is SUCCEEDED and cannot be redriven: '${arn}'`))
  })

  it('that are unknown are said to be', async () => {
    const {ask} = await serving(pass)
    for (const operation of ['DescribeExecution', 'GetExecutionHistory', 'StopExecution', 'RedriveExecution', 'DescribeStateMachineForExecution']) {
      expect(await ask(operation, {executionArn: arn})).toEqual(fault('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`))
      expect(await ask(operation, {executionArn: 'x'})).toEqual(fault('InvalidArn', 'Invalid Arn: \'Invalid ARN prefix: x\''))
    }
  })
})

describe('state machines', () => {
  it('are those of the wiring', async () => {
    const {ask, start} = await serving(pass)
    start()
    const described = {
      stateMachineArn: MACHINE, name: 'Machine', definition: JSON.stringify(pass), roleArn: ROLE,
      tracingConfiguration: {enabled: false}, loggingConfiguration: {level: 'OFF', includeExecutionData: false}
    }
    expect(await ask('ListStateMachines')).toEqual({stateMachines: [{stateMachineArn: MACHINE, name: 'Machine', type: 'STANDARD', creationDate: seconds}]})
    expect(await ask('DescribeStateMachine', {stateMachineArn: MACHINE})).toEqual({...described, type: 'STANDARD', status: 'ACTIVE', creationDate: seconds})
    expect(await ask('DescribeStateMachineForExecution', {executionArn: arn})).toEqual({...described, updateDate: seconds})
  })

  it('are validated', async () => {
    const {ask} = await serving(pass)
    expect(await ask('ValidateStateMachineDefinition', {definition: JSON.stringify(pass)})).toEqual({result: 'OK', diagnostics: [], truncated: false})
    expect(await ask('ValidateStateMachineDefinition', {definition: JSON.stringify({StartAt: 'X', States: {}})})).toEqual(expect.objectContaining({result: 'FAIL'}))
    expect(await ask('ValidateStateMachineDefinition', {definition: '{'})).toEqual({
      result: 'FAIL', diagnostics: [{severity: 'ERROR', code: 'INVALID_JSON_DESCRIPTION', message: expect.any(String), location: '/'}], truncated: false
    })
    expect(await ask('ValidateStateMachineDefinition')).toEqual(fault('ValidationException', expect.stringContaining('\'definition\'')))
  })
})

describe('a task token', () => {
  const callback = (more: object = {}, others: object = {}) => ({StartAt: 'T', States: {T: {
    Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', Parameters: {FunctionName: 'f', Payload: {'token.$': '$$.Task.Token'}}, End: true, ...more
  }, ...others}})
  const tokenOf = ({calls}: Awaited<ReturnType<typeof serving>>) => (calls[0]?.input as {token: string}).token

  it('brings the task its result', async () => {
    const work = await serving(callback(), {f: () => 'taken'})
    work.start()
    await settled()
    expect(work.look()).toEqual({status: 'RUNNING'})
    expect(await work.ask('SendTaskSuccess', {taskToken: tokenOf(work), output: '{"ok":true}'})).toEqual({})
    expect(work.look()).toEqual({status: 'SUCCEEDED', output: {ok: true}})
    expect(work.trail().slice(2, -2)).toEqual(['TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded'])
    expect(work.events()[2]).toEqual(expect.objectContaining({taskScheduledEventDetails: expect.objectContaining({resource: 'invoke.waitForTaskToken', resourceType: 'lambda'})}))
    expect(await work.ask('SendTaskSuccess', {taskToken: tokenOf(work), output: '{}'})).toEqual(fault('TaskTimedOut', 'Task Timed Out: \'Provided task does not exist anymore\''))
  })

  it('brings the task its failure, which can be caught', async () => {
    const work = await serving(callback({Catch: [{ErrorEquals: ['Refused'], Next: 'C'}]}, {C: {Type: 'Succeed'}}), {f: () => null})
    work.start()
    await settled()
    expect(await work.ask('SendTaskFailure', {taskToken: tokenOf(work), error: 'Refused', cause: 'By whom?'})).toEqual({})
    expect(work.look()).toEqual({status: 'SUCCEEDED', output: {Error: 'Refused', Cause: 'By whom?'}})
  })

  it('keeps the task alive by heartbeats, without which it fails', async () => {
    const work = await serving(callback({HeartbeatSeconds: 10}), {f: () => null})
    work.start()
    await work.clock.advance(9000)
    expect(await work.ask('SendTaskHeartbeat', {taskToken: tokenOf(work)})).toEqual({})
    await work.clock.advance(9000)
    expect(work.look()).toEqual({status: 'RUNNING'})
    await work.clock.advance(1000)
    expect(work.look()).toEqual({status: 'FAILED', error: 'States.HeartbeatTimeout', cause: ''})
  })

  it('may be used before the call that carries it has returned', async () => {
    let release = (): void => undefined
    const work = await serving(callback(), {f: () => new Promise<void>((resolve) => { release = resolve })})
    work.start()
    await settled()
    await work.ask('SendTaskSuccess', {taskToken: tokenOf(work), output: '1'})
    release()
    await settled()
    expect(work.look()).toEqual({status: 'SUCCEEDED', output: 1})
  })

  it('that is not one, and an output that is not JSON, are refused', async () => {
    const work = await serving(callback(), {f: () => null})
    work.start()
    await settled()
    expect(await work.ask('SendTaskSuccess', {taskToken: 'nonsense', output: '{}'})).toEqual(fault('InvalidToken', 'Invalid Token: \'nonsense\''))
    expect(await work.ask('SendTaskSuccess', {taskToken: tokenOf(work), output: '{'})).toEqual(fault('InvalidOutput', expect.stringContaining('Invalid Output: ')))
  })
})
