import {beforeEach, describe, expect, jest, test} from '@jest/globals'
import type {Letter} from '../letter'
import {openPost} from '../post'

const send = jest.fn<(command: {readonly input: unknown}) => Promise<unknown>>()
const client = {send} as never
const post = openPost({lambda: client, states: client, events: client, sqs: client}, 'MediaDownloaderEvents-Dev')

const event = {id: 'old', source: 'mediadownloader.metadata', 'detail-type': 'FileMetadataReady', detail: {fileId: 'abc', correlationId: 'c-1'}}
const letter = (more: Partial<Letter> = {}): Letter => ({
  queue: 'q', messageId: 'm-1', receipt: 'r', since: '', from: 'TriggerFileDownload', error: '', reason: '', attempts: 1, event: 'FileMetadataReady',
  targetArn: 'arn:aws:lambda:us-west-2:123456789012:function:StartFileUpload', payload: event, ...more
})
const inputs = () => send.mock.calls.map(([{input}]) => input)

beforeEach(() => {
  send.mockReset().mockResolvedValue({FailedEntryCount: 0, Entries: [{EventId: 'new'}]})
})

describe('a letter to its target', () => {
  test('invokes a function with the event, asynchronously as before', async () => {
    await post(letter(), 'target')
    expect(inputs()).toEqual([{
      FunctionName: 'arn:aws:lambda:us-west-2:123456789012:function:StartFileUpload', InvocationType: 'Event', Payload: Buffer.from(JSON.stringify(event))
    }])
  })

  test('starts the workflow with the fileId alone', async () => {
    await post(letter({targetArn: 'arn:aws:states:us-west-2:123456789012:stateMachine:FileDownloadWorkflow'}), 'target')
    expect(inputs()).toEqual([{stateMachineArn: 'arn:aws:states:us-west-2:123456789012:stateMachine:FileDownloadWorkflow', input: '{"fileId":"abc"}'}])
  })

  test('goes back to the queue that gave it up', async () => {
    send.mockResolvedValueOnce({QueueUrl: 'https://sqs/1/Pushes'})
    await post(letter({targetArn: 'arn:aws:sqs:us-west-2:123456789012:Pushes', payload: {outcome: {fileId: 'abc'}}}), 'target')
    expect(inputs()).toEqual([{QueueName: 'Pushes'}, {QueueUrl: 'https://sqs/1/Pushes', MessageBody: '{"outcome":{"fileId":"abc"}}'}])
  })

  test('is refused where no one knows the target', async () => {
    await expect(post(letter({targetArn: ''}), 'target')).rejects.toThrow('Expected message m-1 to name a function or a state machine')
  })
})

describe('a letter to the bus', () => {
  test('is a new event on the bus of its rule', async () => {
    await post(letter({bus: 'MediaDownloaderEvents'}), 'bus')
    expect(inputs()).toEqual([{Entries: [{
      EventBusName: 'MediaDownloaderEvents', Source: 'mediadownloader.metadata', DetailType: 'FileMetadataReady', Detail: '{"fileId":"abc","correlationId":"c-1"}'
    }]}])
  })

  test('of a function goes to the stack\'s own bus', async () => {
    await post(letter(), 'bus')
    expect(inputs()).toMatchObject([{Entries: [{EventBusName: 'MediaDownloaderEvents-Dev'}]}])
  })

  test('is refused where the bus refuses its entry', async () => {
    send.mockResolvedValue({FailedEntryCount: 1, Entries: [{ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down'}]})
    await expect(post(letter(), 'bus')).rejects.toThrow('it answered ThrottlingException (slow down).')
  })

  test('is refused where it is no event', async () => {
    await expect(post(letter({payload: {Records: []}}), 'bus')).rejects.toThrow('Expected message m-1 to hold an event')
  })

  test('is refused where it is AWS\'s own event', async () => {
    await expect(post(letter({payload: {...event, source: 'aws.events'}}), 'bus')).rejects.toThrow('which AWS keeps for itself')
    expect(send).not.toHaveBeenCalled()
  })
})
