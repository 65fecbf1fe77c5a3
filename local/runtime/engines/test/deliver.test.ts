import {beforeEach, describe, expect, it} from '@jest/globals'
import {realClock} from '../../core/clock'
import {ServiceError} from '../../core/errors'
import {createFaults} from '../../../lab/faults/faults'
import {createDeliver, type Receivers} from '../deliver'

const arn = (service: string, rest: string): string => `arn:aws:${service}:us-west-2:123456789012:${rest}`
let calls: unknown[][]
let executions: Set<string>

const deliver = createDeliver(() => ({
  lambda: {invokeAsync: (...args: unknown[]) => { calls.push(['lambda', ...args]) }},
  states: {startExecution: (input: {name?: string}) => {
    if (executions.has(String(input.name))) {
      throw new ServiceError('ExecutionAlreadyExists', 'Execution Already Exists')
    }
    executions.add(String(input.name))
    calls.push(['states', input])
  }},
  sqs: {send: (...args: unknown[]) => calls.push(['sqs', ...args])},
  sns: {publishToTopic: (...args: unknown[]) => { calls.push(['sns', ...args]) }},
  faults: createFaults({clock: realClock, observe: () => undefined, random: Math.random}),
  permissions: [{functionName: 'Allowed', principal: 'events.amazonaws.com', sourceArn: arn('events', 'rule/any')}]
}) as unknown as Receivers)

beforeEach(() => {
  calls = []
  executions = new Set()
})

describe('A delivery', () => {
  it.each([
    [arn('lambda', 'function:Allowed'), ['lambda', arn('lambda', 'function:Allowed'), '{}']],
    [arn('states', 'stateMachine:W'), ['states', {stateMachineArn: arn('states', 'stateMachine:W'), input: '{}', name: 'e-1'}]],
    [arn('sqs', 'Queue'), ['sqs', arn('sqs', 'Queue'), '{}']],
    [arn('sns', 'Topic'), ['sns', arn('sns', 'Topic'), '{}']]
  ])('goes where its ARN says: %s', async (target, call) => {
    await deliver({arn: target, eventId: 'e-1'}, '{}')
    expect(calls).toEqual([call])
  })

  it('starts an execution once for an event', async () => {
    const target = {arn: arn('states', 'stateMachine:W'), eventId: 'e-1'}
    await deliver(target, '{}')
    await deliver(target, '{}')
    expect(calls).toHaveLength(1)
  })

  it('to a function without permission is refused, as on AWS', async () => {
    await expect(deliver({arn: arn('lambda', 'function:Other')}, '{}')).rejects.toMatchObject({code: 'AccessDeniedException'})
  })

  it('elsewhere is refused', async () => {
    await expect(deliver({arn: arn('kinesis', 'stream/S')}, '{}')).rejects.toMatchObject({code: 'ValidationException'})
  })
})
