import {
  ChangeMessageVisibilityCommand, CreateQueueCommand, DeleteMessageBatchCommand, DeleteMessageCommand, DeleteQueueCommand,
  GetQueueAttributesCommand, GetQueueUrlCommand, ListQueuesCommand, PurgeQueueCommand, ReceiveMessageCommand, SendMessageBatchCommand,
  SendMessageCommand, SetQueueAttributesCommand, SQSClient, type Message, type ReceiveMessageCommandInput
} from '@aws-sdk/client-sqs'
import {afterAll, afterEach, beforeAll, describe, expect, it} from '@jest/globals'
import {openStore} from '../../../runtime/core/store'
import type {SqsService} from '../../../runtime/core/types'
import {clientFor, refusal, serve, type Served} from '../../../runtime/engines/test/serve'
import {manualClock} from '../../events/test/manual-clock'
import {parseWiring} from '../../../../shared/wiring/wiring'
import {createSqs} from '../service'

const arn = 'arn:aws:sqs:us-west-2:123456789012:Jobs'
const clock = manualClock()
let service: SqsService
let served: Served
let client: SQSClient
let QueueUrl: string

beforeAll(async () => {
  const wiring = parseWiring({values: {root_module: {resources: [
    {address: '', type: 'aws_sqs_queue', name: 'Jobs', values: {name: 'Jobs', arn, visibility_timeout_seconds: 60, message_retention_seconds: 3600}},
    {address: '', type: 'aws_sqs_queue', name: 'Other', values: {name: 'Other', arn: 'arn:aws:sqs:us-west-2:123456789012:Other'}}
  ]}}})
  service = createSqs({db: openStore(':memory:'), clock, wiring, endpoint: () => served.address})
  served = await serve([service])
  client = new SQSClient(clientFor(served.address))
  QueueUrl = (await client.send(new GetQueueUrlCommand({QueueName: 'Jobs'}))).QueueUrl!
})
afterEach(() => client.send(new PurgeQueueCommand({QueueUrl})))
afterAll(async () => {
  client.destroy()
  await service.stop?.()
  await served.close()
})

const receive = async (more: Partial<ReceiveMessageCommandInput> = {}): Promise<Message[]> =>
  (await client.send(new ReceiveMessageCommand({QueueUrl, ...more}))).Messages ?? []

const send = (MessageBody: string, more: object = {}) => client.send(new SendMessageCommand({QueueUrl, MessageBody, ...more}))

const counts = async () => (await client.send(new GetQueueAttributesCommand({QueueUrl, AttributeNames: [
  'ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed'
]}))).Attributes

describe('A queue', () => {
  it('is found by its name, and listed', async () => {
    expect(QueueUrl).toBe(`${served.address}/123456789012/Jobs`)
    const {QueueUrls} = await client.send(new ListQueuesCommand({QueueNamePrefix: 'O'}))
    expect(QueueUrls).toEqual([`${served.address}/123456789012/Other`])
  })

  it('can be made, changed and deleted, with what is in it', async () => {
    const {QueueUrl: made} = await client.send(new CreateQueueCommand({QueueName: 'Made', Attributes: {VisibilityTimeout: '5'}}))
    await client.send(new SetQueueAttributesCommand({QueueUrl: made, Attributes: {MessageRetentionPeriod: '60'}}))
    const {Attributes} = await client.send(new GetQueueAttributesCommand({QueueUrl: made, AttributeNames: ['All']}))
    await client.send(new SendMessageCommand({QueueUrl: made, MessageBody: 'one'}))
    await client.send(new DeleteQueueCommand({QueueUrl: made}))
    const {QueueUrl: again} = await client.send(new CreateQueueCommand({QueueName: 'Made'}))
    const {Messages} = await client.send(new ReceiveMessageCommand({QueueUrl: again}))
    await client.send(new DeleteQueueCommand({QueueUrl: again}))
    expect([Attributes?.['QueueArn'], Attributes?.['VisibilityTimeout'], Attributes?.['MessageRetentionPeriod'], Messages])
      .toEqual(['arn:aws:sqs:us-west-2:123456789012:Made', '5', '60', undefined])
    expect(await refusal(client.send(new GetQueueUrlCommand({QueueName: 'Made'})))).toMatchObject({name: 'QueueDoesNotExist'})
  })

  it('tells what it is', async () => {
    const {Attributes} = await client.send(new GetQueueAttributesCommand({QueueUrl, AttributeNames: ['All']}))
    expect(Attributes).toEqual({
      QueueArn: arn, VisibilityTimeout: '60', MessageRetentionPeriod: '3600', ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0', ApproximateNumberOfMessagesDelayed: '0', DelaySeconds: '0', MaximumMessageSize: '1048576',
      ReceiveMessageWaitTimeSeconds: '0', SqsManagedSseEnabled: 'true'
    })
  })

  it('that is none is refused by name', async () => {
    expect(await refusal(client.send(new GetQueueUrlCommand({QueueName: 'None'})))).toEqual({
      name: 'QueueDoesNotExist', message: 'The specified queue does not exist: None', status: 400
    })
  })
})

describe('A message', () => {
  it('comes with its attributes, where they are asked for', async () => {
    const {MessageId} = await send('hello', {MessageAttributes: {Reason: {DataType: 'String', StringValue: 'because'}}})
    expect(await receive({MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['ApproximateReceiveCount']})).toEqual([{
      MessageId, Body: 'hello', MD5OfBody: '5d41402abc4b2a76b9719d911017c592', ReceiptHandle: expect.any(String),
      Attributes: {ApproximateReceiveCount: '1'}, MessageAttributes: {Reason: {DataType: 'String', StringValue: 'because'}}
    }])
  })

  it('is hidden while someone has it, and comes back', async () => {
    await send('again')
    expect(await receive()).toHaveLength(1)
    expect(await counts()).toEqual({ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '1', ApproximateNumberOfMessagesDelayed: '0'})
    await clock.advance(59_999)
    expect(await receive()).toEqual([])
    await clock.advance(1)
    const [message] = await receive({AttributeNames: ['All']})
    expect(message!.Attributes).toMatchObject({ApproximateReceiveCount: '2'})
  })

  it('is gone once deleted', async () => {
    await send('done')
    const [{ReceiptHandle} = {}] = await receive()
    await client.send(new DeleteMessageCommand({QueueUrl, ReceiptHandle}))
    await clock.advance(60_000)
    expect(await receive()).toEqual([])
  })

  it('is visible when its holder wants', async () => {
    await send('given back')
    const [{ReceiptHandle} = {}] = await receive()
    await client.send(new ChangeMessageVisibilityCommand({QueueUrl, ReceiptHandle, VisibilityTimeout: 0}))
    expect(await receive()).toHaveLength(1)
    expect((await refusal(client.send(new ChangeMessageVisibilityCommand({QueueUrl, ReceiptHandle: 'x', VisibilityTimeout: 0})))).name).toBe('ReceiptHandleIsInvalid')
  })

  it('may be delayed', async () => {
    await send('later', {DelaySeconds: 10})
    expect([await receive(), (await counts())!['ApproximateNumberOfMessagesDelayed']]).toEqual([[], '1'])
    await clock.advance(10_000)
    expect(await receive()).toHaveLength(1)
  })

  it('is kept for the queue\'s retention', async () => {
    await send('old')
    await clock.advance(3_600_001)
    expect(await receive()).toEqual([])
  })

  it('wakes those who wait', async () => {
    const waiting = receive({WaitTimeSeconds: 20})
    await new Promise((resolve) => setTimeout(resolve, 50))
    service.send(arn, 'from an engine', {RULE_ARN: 'arn:rule'})
    expect(await waiting).toEqual([expect.objectContaining({Body: 'from an engine'})])
  })

  it('comes in the order of arrival, ten at a time', async () => {
    for (let number = 0; number < 12; number++) {
      await send(String(number))
    }
    expect([await receive({MaxNumberOfMessages: 10}), await receive({MaxNumberOfMessages: 10})].map((batch) => batch.map(({Body}) => Number(Body))))
      .toEqual([[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [10, 11]])
  })

  it.each([{MaxNumberOfMessages: 11}, {VisibilityTimeout: -1}, {WaitTimeSeconds: 21}])('is not received with %j', async (more) => {
    expect((await refusal(receive(more))).name).toBe('InvalidParameterValue')
  })

  it('above 1 MiB is refused', async () => {
    expect((await refusal(send('x'.repeat(1024 * 1024 + 1)))).name).toBe('InvalidParameterValue')
  })
})

describe('A batch', () => {
  it('sends and deletes entry by entry', async () => {
    const Entries = [{Id: 'a', MessageBody: 'one'}, {Id: 'b', MessageBody: ''}, {Id: 'c', MessageBody: 'three'}]
    const {Successful, Failed} = await client.send(new SendMessageBatchCommand({QueueUrl, Entries}))
    expect([Successful!.map(({Id}) => Id), Failed]).toEqual([['a', 'c'], [{Id: 'b', SenderFault: true, Code: 'MissingParameter', Message: expect.any(String)}]])
    const messages = await receive({MaxNumberOfMessages: 10})
    const taken = messages.map(({ReceiptHandle, MessageId: Id}) => ({Id, ReceiptHandle}))
    const deleted = await client.send(new DeleteMessageBatchCommand({QueueUrl, Entries: taken}))
    expect([deleted.Successful!.length, (await counts())!['ApproximateNumberOfMessagesNotVisible']]).toEqual([2, '0'])
  })

  it.each([
    ['EmptyBatchRequest', []], ['TooManyEntriesInBatchRequest', Array.from({length: 11}, (_, Id) => ({Id: String(Id), MessageBody: 'x'}))],
    ['BatchEntryIdsNotDistinct', [{Id: 'a', MessageBody: 'x'}, {Id: 'a', MessageBody: 'y'}]]
  ])('that is none is refused: %s', async (name, Entries) => {
    expect((await refusal(client.send(new SendMessageBatchCommand({QueueUrl, Entries})))).name).toBe(name)
  })
})
