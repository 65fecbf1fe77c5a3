import {afterAll, afterEach, beforeEach, describe, expect, jest, test} from '@jest/globals'
import type {StopExecutionInput} from '@aws-sdk/client-sfn'
import {apiEvent} from '../../../../test/helpers/api-event'
import {context} from '../../../../test/helpers/context'
import {fakeS3} from '../../../../test/helpers/fake-s3'
import {startTable} from '../../../../test/helpers/table'
import type {FileRecord} from '../../../types/domain'
import {fileKey, fileUserKey} from '../../../util/files/keys'

const s3 = fakeS3()
const {headObject: _head, ...multipart} = s3.commands
const stopExecution = jest.fn<(input: StopExecutionInput) => Promise<object>>()
const requestFile = jest.fn<(userId: string, url: string) => Promise<{statusCode: number, body: string}>>()
jest.unstable_mockModule('../../../lib/vendor/AWS/S3Multipart', () => multipart)
jest.unstable_mockModule('../../../lib/vendor/AWS/StepFunctionsExecutions', () => ({stopExecution}))
jest.unstable_mockModule('../../../util/files/request-file', () => ({requestFile}))

const table = await startTable()
Object.assign(process.env, {BUCKET_NAME: 'media-downloader', REQUEST_FILE_FUNCTION_NAME: 'RequestFile', POWERTOOLS_LOG_LEVEL: 'CRITICAL'})
const {handler} = await import('../src')

const fileId = 'url-1'
const claimedBy = 'arn:aws:states:us-west-2:123456789012:execution:FileDownloadWorkflow:one'
const time = '2025-11-23T10:00:00.000Z'
const file = (more: Partial<FileRecord> = {}) => ({
  ...fileKey(fileId), fileId, sourceUrl: 'https://e.com/a.mp4', status: 'Downloading', correlationId: 'c-1', requestedAt: time, availableAt: time, updatedAt: time, ...more
})
const request = (userId: string) => ({...fileUserKey(fileId, userId), fileId, userId, requestedAt: time})
const cancel = async (user = 'alice', id = fileId): Promise<{statusCode?: number, body: unknown}> => {
  const {statusCode, body} = await handler(apiEvent({routeKey: 'POST /files/{fileId}/cancel', path: {fileId: id}, user}), context)
  return {statusCode, body: JSON.parse(body ?? '')}
}
const record = async (): Promise<Partial<FileRecord>> => await table.get(fileKey(fileId)) ?? {}
const cancelled = {statusCode: 202, body: {fileId, status: 'Failed'}}
const alreadyDownloaded = {statusCode: 409, body: {error: {
  code: 'AlreadyDownloadedError', message: 'This file has been downloaded already, so there is nothing to cancel. Open it from the list of your files.', retryable: false
}}}

/** A transfer with an upload open, as a whole or by ranges. */
const transferring = async (): Promise<Partial<FileRecord>> => {
  const [whole, ranged] = [await multipart.createMultipartUpload({Bucket: 'b', Key: 'k'}), await multipart.createMultipartUpload({Bucket: 'b', Key: 'k'})]
  const s3Key = 'media/url-1.mp4'
  return {
    claimedBy, uploadId: whole.UploadId, s3Key, progress: {r1: {bytes: 5, speed: 1}}, expectedSize: 9,
    ranged: {uploadId: ranged.UploadId, s3Key, begunBy: 'c-1', url: 'https://e.com/a.mp4', validator: '"1"', size: 9, partBytes: 5, rangeParts: 1}
  }
}

beforeEach(() => {
  stopExecution.mockReset().mockResolvedValue({})
  requestFile.mockReset().mockResolvedValue({statusCode: 202, body: '{}'})
})
afterEach(async () => {
  jest.restoreAllMocks()
  s3.clear()
  await table.clear()
})
afterAll(() => table.stop())

describe('a file that one user wants', () => {
  test('is stopped: its record, its execution and its uploads', async () => {
    await table.put(file(await transferring()), request('alice'))
    expect(await cancel()).toEqual(cancelled)
    const {updatedAt: _updated, ...rest} = await record()
    const {updatedAt: _time, ...before} = file({status: 'Failed', claimedBy: 'nobody', s3Key: 'media/url-1.mp4'})
    expect(rest).toEqual({...before, error: {code: 'CancelledError', message: 'You cancelled this download. Request it again to start over.', retryable: true}})
    expect(stopExecution.mock.calls).toEqual([[{executionArn: claimedBy, error: 'CancelledError', cause: expect.any(String)}]])
    expect(s3.uploads.size).toBe(0)
  })

  test.each(['Requested', 'MetadataReady', 'Scheduled'] as const)('is stopped while %s, with nothing to clear', async (status) => {
    await table.put(file({status}), request('alice'))
    expect(await cancel()).toEqual(cancelled)
    expect([stopExecution.mock.calls.length, multipart.abortMultipartUpload.mock.calls.length]).toEqual([0, 0])
    expect((await record()).error?.code).toBe('CancelledError')
  })

  test('stays on the user\'s list, so that it can be had after all', async () => {
    await table.put(file(), request('alice'))
    await cancel()
    expect(await table.get(fileUserKey(fileId, 'alice'))).toEqual(request('alice'))
  })

  test('that was cancelled before stays as it is', async () => {
    await table.put(file(), request('alice'))
    await cancel()
    const before = await record()
    expect(await cancel()).toEqual({...cancelled, statusCode: 200})
    expect(await record()).toEqual(before)
  })

  test('is cancelled although its execution or its upload cannot be ended just now', async () => {
    stopExecution.mockRejectedValue(s3.serviceError('ThrottlingException', 400))
    multipart.abortMultipartUpload.mockRejectedValueOnce(s3.serviceError('InternalError', 500))
    await table.put(file(await transferring()), request('alice'))
    expect(await cancel()).toEqual(cancelled)
  })

  test('that came meanwhile is not cancelled', async () => {
    await table.put(file({status: 'Downloaded'}), request('alice'))
    expect(await cancel()).toEqual(alreadyDownloaded)
    expect((await record()).status).toBe('Downloaded')
  })
})

describe('a file that others want too', () => {
  test('continues without the user', async () => {
    await table.put(file({claimedBy}), request('alice'), request('bob'))
    expect(await cancel()).toEqual({statusCode: 200, body: {fileId, status: 'Downloading'}})
    expect(await table.get(fileUserKey(fileId, 'alice'))).toBe(undefined)
    expect([await record(), stopExecution.mock.calls.length]).toEqual([file({claimedBy}), 0])
  })

  test('stays on the user\'s list where it came already', async () => {
    await table.put(file({status: 'Downloaded'}), request('alice'), request('bob'))
    expect(await cancel()).toEqual(alreadyDownloaded)
    expect(await table.get(fileUserKey(fileId, 'alice'))).toEqual(request('alice'))
    expect(await record()).toEqual(file({status: 'Downloaded'}))
  })

  test('is stopped by the last one', async () => {
    await table.put(file({claimedBy}), request('alice'), request('bob'))
    await cancel()
    expect(await cancel('bob')).toEqual(cancelled)
    expect((await record()).error?.code).toBe('CancelledError')
  })

  test('is stopped where all withdraw at once', async () => {
    await table.put(file({claimedBy}), request('alice'), request('bob'))
    await Promise.all([cancel('alice'), cancel('bob')])
    expect((await record()).status).toBe('Failed')
  })

  test('begins again for one who asked while it was being cancelled', async () => {
    await table.put(file({claimedBy}), request('alice'))
    stopExecution.mockImplementation(async () => {
      await table.put(request('zoe'))
      return {}
    })
    expect(await cancel()).toEqual({statusCode: 202, body: {fileId, status: 'Downloading'}})
    expect(requestFile.mock.calls.map(([userId, url]) => [userId, url])).toEqual([['zoe', 'https://e.com/a.mp4']])
    expect(await table.get(fileUserKey(fileId, 'alice'))).toBe(undefined)
  })
})

describe('a file of someone else', () => {
  test.each(['url-1', 'url-2', ''])('is not found: %j', async (id) => {
    await table.put(file(), request('bob'))
    expect(await cancel('alice', id)).toEqual({statusCode: 404, body: {error: {
      code: 'FileNotFoundError', message: `You have not requested a file with the id '${id}'. Look at the list of your files.`, retryable: false
    }}})
    expect(await record()).toEqual(file())
  })

  test('is not found by a request that names none', async () => {
    const {statusCode, body} = await handler(apiEvent({routeKey: 'POST /files/{fileId}/cancel'}), context)
    expect({statusCode, body: JSON.parse(body ?? '')}).toEqual({statusCode: 404, body: {error: {
      code: 'FileNotFoundError', message: 'You have not requested a file with the id \'\'. Look at the list of your files.', retryable: false
    }}})
  })
})
