import {describe, expect, test} from '@jest/globals'
import {readLetter} from '../letter'

const sent = {MessageId: 'm-1', ReceiptHandle: 'r-1', Attributes: {SentTimestamp: '1763892000000'}}
const read = {messageId: 'm-1', receipt: 'r-1', since: '2025-11-23T10:00:00.000Z'}
const attributes = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([name, StringValue]) => [name, {DataType: 'String', StringValue}]))

const event = {source: 'mediadownloader.request', 'detail-type': 'FileRequested', detail: {fileId: 'youtube-dQw4w9WgXcQ', correlationId: 'c-1'}}

describe('a letter', () => {
  test('from a rule says which rule could not reach whom, and why', () => {
    const letter = readLetter('FileRequested-undelivered', {...sent, Body: JSON.stringify(event), MessageAttributes: attributes({
      RULE_ARN: 'arn:aws:events:us-west-2:123456789012:rule/MediaDownloaderEvents/FileRequested',
      TARGET_ARN: 'arn:aws:lambda:us-west-2:123456789012:function:StartFileUpload',
      ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'Not allowed.', RETRY_ATTEMPTS: '0'
    })})
    expect(letter).toEqual({
      ...read, queue: 'FileRequested-undelivered', from: 'FileRequested', error: 'NO_PERMISSIONS', reason: 'Not allowed.', attempts: 1,
      event: 'FileRequested', fileId: 'youtube-dQw4w9WgXcQ', correlationId: 'c-1', bus: 'MediaDownloaderEvents',
      targetArn: 'arn:aws:lambda:us-west-2:123456789012:function:StartFileUpload', payload: event
    })
  })

  test('from a schedule has no bus of its own', () => {
    const letter = readLetter('FileCoordinator-undelivered', {...sent, Body: '{"source": "aws.events", "detail-type": "Scheduled Event", "detail": {}}',
      MessageAttributes: attributes({RULE_ARN: 'arn:aws:events:us-west-2:123456789012:rule/FileCoordinator'})})
    expect({from: letter.from, bus: letter.bus, event: letter.event}).toEqual({from: 'FileCoordinator', bus: undefined, event: 'Scheduled Event'})
  })

  test('from a function says which function failed, how and how often', () => {
    const record = {
      version: '1.0', timestamp: '2025-11-23T10:00:00.000Z',
      requestContext: {requestId: 'q', functionArn: 'arn:aws:lambda:us-west-2:123456789012:function:StartFileUpload:$LATEST', condition: 'RetriesExhausted', approximateInvokeCount: 3},
      requestPayload: event,
      responseContext: {statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled'},
      responsePayload: {errorType: 'EventPublishError', errorMessage: 'EventBridge did not take it.'}
    }
    expect(readLetter('StartFileUpload-failed', {...sent, Body: JSON.stringify(record)})).toEqual({
      ...read, queue: 'StartFileUpload-failed', from: 'StartFileUpload', error: 'EventPublishError', reason: 'EventBridge did not take it.', attempts: 3,
      event: 'FileRequested', fileId: 'youtube-dQw4w9WgXcQ', correlationId: 'c-1',
      targetArn: 'arn:aws:lambda:us-west-2:123456789012:function:StartFileUpload', payload: event
    })
  })

  test('about an S3 notification names the file by its key', () => {
    const record = {
      requestContext: {functionArn: 'arn:aws:lambda:us-west-2:123456789012:function:S3ObjectCreated:$LATEST', condition: 'EventAgeExceeded'},
      requestPayload: {Records: [{s3: {object: {key: 'media/youtube-dQw4w9WgXcQ.mp4'}}}]}
    }
    const {event: name, fileId, error} = readLetter('S3ObjectCreated-failed', {...sent, Body: JSON.stringify(record)})
    expect({name, fileId, error}).toEqual({name: 'S3 notification', fileId: 'youtube-dQw4w9WgXcQ', error: 'EventAgeExceeded'})
  })

  test('about a notification with a key that is not encoded is read as it is', () => {
    const record = {requestContext: {}, requestPayload: {Records: [{s3: {object: {key: 'media/100%.mp4'}}}]}}
    expect(readLetter('S3ObjectCreated-failed', {...sent, Body: JSON.stringify(record)}).fileId).toBe('100%')
  })

  test('that someone wrote by hand is read as far as it goes', () => {
    const {event: name, error, targetArn, payload} = readLetter('FileRequested-undelivered', {...sent, Body: 'hello'})
    expect({name, error, targetArn, payload}).toEqual({name: 'unknown', error: 'unknown', targetArn: '', payload: 'hello'})
  })
})
