import type {IncomingMessage} from 'node:http'
import {describe, expect, it} from '@jest/globals'
import {operationName} from '../operation'

const asked = (method: string, url: string, headers: Record<string, string> = {}): IncomingMessage =>
  ({method, url, headers}) as unknown as IncomingMessage

describe('The operation that a request asks for', () => {
  it.each([
    ['GET', '/bucket/media/a.mp4', 'GetObject'],
    ['HEAD', '/bucket/media/a.mp4?x-id=HeadObject', 'HeadObject'],
    ['PUT', '/bucket/media/a.mp4', 'PutObject'],
    ['POST', '/bucket/media/a.mp4?uploads', 'CreateMultipartUpload'],
    ['PUT', '/bucket/media/a.mp4?partNumber=1&uploadId=u', 'UploadPart'],
    ['GET', '/bucket/media/a.mp4?uploadId=u', 'ListParts'],
    ['POST', '/bucket/media/a.mp4?uploadId=u', 'CompleteMultipartUpload'],
    ['DELETE', '/bucket/media/a.mp4?uploadId=u', 'AbortMultipartUpload'],
    ['DELETE', '/bucket/media/a.mp4', 'DeleteObject'],
    ['GET', '/bucket?list-type=2', 'ListObjectsV2'],
    ['GET', '/bucket?uploads', 'ListMultipartUploads'],
    ['OPTIONS', '/bucket', 'Unknown']
  ])('of S3 by %s %s is %s', (method, url, operation) => expect(operationName(asked(method, url), 's3', '')).toBe(operation))

  it('is named by its target, its form or its path', () => {
    expect(operationName(asked('POST', '/', {'x-amz-target': 'DynamoDB_20120810.UpdateItem'}), 'dynamodb', '{}')).toBe('UpdateItem')
    expect(operationName(asked('POST', '/'), 'sns', 'Version=2010-03-31&Action=Publish&Message=Action%3DOther')).toBe('Publish')
    expect(operationName(asked('POST', '/2015-03-31/functions/RequestFile/invocations'), 'lambda', '{}')).toBe('Invoke')
  })
})
