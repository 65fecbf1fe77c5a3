import {
  CreateQueueCommand, GetQueueAttributesCommand, type QueueAttributeName, ReceiveMessageCommand, SendMessageCommand, SetQueueAttributesCommand,
  SQSClient
} from '@aws-sdk/client-sqs'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {realClock} from '../../../runtime/core/clock'
import {openStore} from '../../../runtime/core/store'
import {clientFor, refusal, serve, type Served} from '../../../runtime/engines/test/serve'
import {parseWiring} from '../../../../shared/wiring/wiring'
import {createSqs} from '../service'

let served: Served
let client: SQSClient
beforeAll(async () => {
  served = await serve([createSqs({db: openStore(':memory:'), clock: realClock, wiring: parseWiring({values: {root_module: {}}}), endpoint: () => served.address})])
  client = new SQSClient(clientFor(served.address))
})
afterAll(async () => {
  client.destroy()
  await served.close()
})

type Given = Partial<Record<QueueAttributeName, string>>

const make = async (QueueName: string, Attributes: Given = {}) => (await client.send(new CreateQueueCommand({QueueName, Attributes}))).QueueUrl!
const all = async (QueueUrl: string) => (await client.send(new GetQueueAttributesCommand({QueueUrl, AttributeNames: ['All']}))).Attributes!

describe('Attributes of a queue', () => {
  it('are kept as they were set, and go when they are set to nothing', async () => {
    const dead = await make('Dead')
    const given: Given = {
      DelaySeconds: '7', ReceiveMessageWaitTimeSeconds: '3', MaximumMessageSize: '2048', MessageRetentionPeriod: '120', VisibilityTimeout: '9',
      Policy: '{"Version":"2012-10-17","Statement":[]}', RedrivePolicy: JSON.stringify({deadLetterTargetArn: (await all(dead))['QueueArn'], maxReceiveCount: 4})
    }
    const url = await make('Kept', given)
    expect(await all(url)).toMatchObject(given)
    await client.send(new SetQueueAttributesCommand({QueueUrl: url, Attributes: {Policy: '', RedrivePolicy: '', DelaySeconds: '0'}}))
    const {Policy, RedrivePolicy, DelaySeconds, VisibilityTimeout} = await all(url)
    expect([Policy, RedrivePolicy, DelaySeconds, VisibilityTimeout]).toEqual([undefined, undefined, '0', '9'])
  })

  it('are obeyed: a message waits, is looked for as long, and may be no longer', async () => {
    const url = await make('Slow', {DelaySeconds: '1', ReceiveMessageWaitTimeSeconds: '5', MaximumMessageSize: '1024'})
    await client.send(new SendMessageCommand({QueueUrl: url, MessageBody: 'later'}))
    const startedAt = performance.now()
    const {Messages} = await client.send(new ReceiveMessageCommand({QueueUrl: url}))
    expect(Messages?.map(({Body}) => Body)).toEqual(['later'])
    expect(performance.now() - startedAt).toBeGreaterThan(900)
    expect(await refusal(client.send(new SendMessageCommand({QueueUrl: url, MessageBody: 'x'.repeat(1025)})))).toMatchObject({status: 400})
  })

  it.each<[string, Given, string]>([
    ['an unknown name', {Nonsense: '1'} as Given, 'InvalidAttributeName'],
    ['a FIFO queue', {FifoQueue: 'true'}, 'AWS.SimpleQueueService.UnsupportedOperation'],
    ['a delay of over 15 minutes', {DelaySeconds: '901'}, 'InvalidAttributeValue'],
    ['a policy that is no JSON', {Policy: 'everyone'}, 'InvalidAttributeValue'],
    ['a dead-letter queue that does not exist', {RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-west-2:1:None","maxReceiveCount":3}'}, 'InvalidParameterValue'],
    ['a redrive policy without a count', {RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-west-2:1:None"}'}, 'InvalidParameterValue'],
    ['a redrive count of 0', {RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-west-2:1:None","maxReceiveCount":0}'}, 'InvalidParameterValue']
  ])('are refused with %s', async (_, attributes, code) => {
    const {name} = await refusal(make('Refused', attributes))
    expect(name.endsWith(code.split('.').at(-1)!)).toBe(true)
  })

  it('make a queue again only as it is', async () => {
    const url = await make('Once', {VisibilityTimeout: '40'})
    expect(await make('Once', {VisibilityTimeout: '40'})).toBe(url)
    expect(await make('Once')).toBe(url)
    expect(await refusal(make('Once', {VisibilityTimeout: '41'}))).toMatchObject({
      message: 'A queue already exists with the same name and a different value for attribute VisibilityTimeout'
    })
  })
})
