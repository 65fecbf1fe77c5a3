import {afterEach, beforeEach, describe, expect, it, jest} from '@jest/globals'
import {neverHeld} from '../../../runtime/core/hold'
import {manualHold} from '../../../runtime/core/test/manual-hold'
import {openStore} from '../../../runtime/core/store'
import type {InvocationResult, SqsService} from '../../../runtime/core/types'
import {manualClock} from '../../events/test/manual-clock'
import {parseWiring} from '../../../../shared/wiring/wiring'
import {createSqs} from '../service'

const arnOf = (name: string): string => `arn:aws:sqs:us-west-2:123456789012:${name}`
const queue = (name: string, more: object = {}) => ({address: '', type: 'aws_sqs_queue', name, values: {name, arn: arnOf(name), ...more}})
const functionName = 'arn:aws:lambda:us-west-2:123456789012:function:Work'
const wiringWith = (mapping: object) => parseWiring({values: {root_module: {resources: [
  queue('Jobs', {visibility_timeout_seconds: 60, redrive_policy: JSON.stringify({deadLetterTargetArn: arnOf('Dead'), maxReceiveCount: 2})}), queue('Dead'),
  {address: '', type: 'aws_lambda_event_source_mapping', name: 'Jobs', values: {
    event_source_arn: arnOf('Jobs'), function_name: functionName, batch_size: 2, function_response_types: ['ReportBatchItemFailures'],
    scaling_config: [{maximum_concurrency: 2}], ...mapping
  }}
]}}})

interface Got {
  readonly name: string
  readonly records: ReadonlyArray<{readonly messageId: string, readonly body: string}>
  readonly settle: (result: Partial<InvocationResult>) => Promise<void>
}

const clock = manualClock()
let got: Got[]
let sqs: SqsService
let hold = manualHold()

const start = (mapping: object = {}): void => {
  got = []
  hold = manualHold()
  const invoke = (name: string, payload: string) => new Promise<InvocationResult>((resolve) => {
    got.push({
      name, records: (JSON.parse(payload) as {Records: Got['records']}).Records,
      settle: async (result) => {
        resolve({payload: '{}', ...result})
        await new Promise((soon) => setImmediate(soon))
      }
    })
  })
  sqs = createSqs({db: openStore(':memory:'), clock, wiring: wiringWith(mapping), endpoint: () => '', invoke, holdOf: (name) => name === functionName ? hold : neverHeld})
}
const send = (...bodies: string[]): void => bodies.forEach((body) => { sqs.send(arnOf('Jobs'), body) })
const bodies = (): string[][] => got.map(({records}) => records.map(({body}) => body))
const pass = async (seconds: number): Promise<void> => {
  await clock.advance(seconds * 1000)
  await new Promise((soon) => setImmediate(soon))
}

beforeEach(() => start())
afterEach(async () => {
  jest.restoreAllMocks()
  await sqs.stop?.()
})

describe('A queue with a function', () => {
  it('hands its messages over in batches, no more at a time than the mapping says', async () => {
    send('a', 'b', 'c', 'd', 'e')
    await pass(0)
    expect([got[0]?.name, bodies()]).toEqual([functionName, [['a', 'b'], ['c', 'd']]])
    await got[0]!.settle({})
    expect(bodies()[2]).toEqual(['e'])
  })

  it('keeps the messages that the function says failed, and no others, until they are visible again', async () => {
    send('a', 'b')
    await pass(0)
    await got[0]!.settle({payload: JSON.stringify({batchItemFailures: [{itemIdentifier: got[0]!.records[1]!.messageId}]})})
    await pass(59)
    expect(bodies()).toHaveLength(1)
    await pass(1)
    expect(bodies()[1]).toEqual(['b'])
  })

  it.each([
    ['the function fails', {functionError: 'Unhandled'}], ['the answer names a message that is not in the batch', {payload: '{"batchItemFailures":[{"itemIdentifier":"other"}]}'}]
  ])('keeps all of a batch where %s, and gives it up after the allowed receives', async (_, result) => {
    send('a', 'b')
    await pass(0)
    await got[0]!.settle(result)
    await pass(60)
    expect(bodies()[1]).toEqual(['a', 'b'])
    await got[1]!.settle(result)
    await pass(60)
    expect(bodies()).toHaveLength(2)
  })

  it('takes all of a batch for done where the mapping asks for no report', async () => {
    start({function_response_types: []})
    send('a')
    await pass(0)
    await got[0]!.settle({payload: JSON.stringify({batchItemFailures: [{itemIdentifier: got[0]!.records[0]!.messageId}]})})
    await pass(60)
    expect(bodies()).toHaveLength(1)
  })

  it('keeps messages hidden while a debugger holds the function, and for their whole time after that', async () => {
    send('a')
    await pass(0)
    await pass(50)
    hold.set(true)
    await pass(50)
    hold.set(false)
    expect(bodies()).toHaveLength(1)
    await pass(9)
    expect(bodies()).toHaveLength(1)
    await pass(1)
    expect(bodies()).toEqual([['a'], ['a']])
  })

  it('is left alone where the mapping is switched off', async () => {
    start({enabled: false})
    send('a')
    await pass(0)
    expect(bodies()).toEqual([])
  })
})
