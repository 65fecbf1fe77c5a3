import {afterAll, afterEach, beforeEach, describe, expect, jest, test} from '@jest/globals'
import type {AbortMultipartUploadCommandInput} from '@aws-sdk/client-s3'
import type {StopExecutionInput} from '@aws-sdk/client-sfn'
import {startTable} from '../../../../test/helpers/table'
import type {FileRecord} from '../../../types/domain'
import {fileKey} from '../../../util/files/keys'

const writeLog = jest.fn<(level: string, message: string, fields: object) => void>()
const stopExecution = jest.fn<(input: StopExecutionInput) => Promise<object>>()
const abortMultipartUpload = jest.fn<(input: AbortMultipartUploadCommandInput) => Promise<object>>()
jest.unstable_mockModule('../../../lib/vendor/Logger', () => ({writeLog, addLogContext: jest.fn()}))
jest.unstable_mockModule('../../../lib/vendor/AWS/S3Multipart', () => ({abortMultipartUpload, listParts: jest.fn()}))
jest.unstable_mockModule('../../../lib/vendor/AWS/StepFunctionsExecutions', () => ({stopExecution}))

const table = await startTable()
Object.assign(process.env, {BUCKET_NAME: 'media-downloader'})
const {stopTransfer} = await import('../src/stop')

const fileId = 'url-1'
const s3Key = 'media/url-1.mp4'
const claimedBy = 'arn:aws:states:us-west-2:123456789012:execution:FileDownloadWorkflow:one'
const time = '2025-11-23T10:00:00.000Z'
const file = (more: Partial<FileRecord> = {}): FileRecord => ({
  fileId, sourceUrl: 'https://e.com/a.mp4', status: 'Downloading', correlationId: 'c-1', requestedAt: time, availableAt: time, updatedAt: time, ...more
})
const ranged = {uploadId: 'by-ranges', s3Key, begunBy: 'c-1', url: 'https://e.com/a.mp4', validator: '"1"', size: 9, partBytes: 5, rangeParts: 1}
const put = (record: FileRecord): Promise<void> => table.put({...fileKey(fileId), ...record})
const named = (name: string): Error => Object.assign(new Error(`${name}!`), {name})
const abortOf = (UploadId: string): object[] => [{Bucket: 'media-downloader', Key: s3Key, UploadId}]
const cancelledLine = ['info', 'A file was cancelled.', {status: 'Downloading'}]

/** Puts a record and stops its transfer. */
const stop = async (more: Partial<FileRecord>): Promise<string> => {
  await put(file(more))
  return stopTransfer(file(more))
}

beforeEach(() => {
  writeLog.mockReset()
  stopExecution.mockReset().mockResolvedValue({})
  abortMultipartUpload.mockReset().mockResolvedValue({})
})
afterEach(() => table.clear())
afterAll(() => table.stop())

describe('the uploads of a transfer that is stopped', () => {
  test('are aborted, the one of the whole and the one of the ranges', async () => {
    expect(await stop({uploadId: 'whole', s3Key, ranged})).toBe('Failed')
    expect(abortMultipartUpload.mock.calls).toEqual([abortOf('whole'), abortOf('by-ranges')])
    expect(writeLog.mock.calls).toEqual([cancelledLine])
  })

  test.each<[string, Partial<FileRecord>, string]>([
    ['as a whole', {uploadId: 'whole', s3Key}, 'whole'],
    ['that a look has filled', {looked: {uploadId: 'looked', s3Key, contentType: 'video/mp4', size: 9, crc32: 'AAAAAA=='}}, 'looked'],
    ['by ranges', {s3Key, ranged}, 'by-ranges']
  ])('are aborted where it is one %s alone', async (_what, more, uploadId) => {
    expect(await stop(more)).toBe('Failed')
    expect(abortMultipartUpload.mock.calls).toEqual([abortOf(uploadId)])
    expect(writeLog.mock.calls).toEqual([cancelledLine])
  })

  test.each<[string, Partial<FileRecord>]>([
    ['neither upload nor key', {}],
    ['a key without an upload', {s3Key}],
    ['an upload without a key', {uploadId: 'whole'}]
  ])('are none of a record that has %s, and nothing goes wrong', async (_what, more) => {
    expect(await stop(more)).toBe('Failed')
    expect(abortMultipartUpload).not.toHaveBeenCalled()
    expect(writeLog.mock.calls).toEqual([cancelledLine])
  })

  test('may be gone already', async () => {
    abortMultipartUpload.mockRejectedValueOnce(named('NoSuchUpload'))
    expect(await stop({uploadId: 'whole', s3Key, ranged})).toBe('Failed')
    expect(abortMultipartUpload.mock.calls).toEqual([abortOf('whole'), abortOf('by-ranges')])
    expect(writeLog.mock.calls).toEqual([cancelledLine])
  })
})

describe('a transfer that cannot be ended just now', () => {
  test('is logged with what failed and why: its execution', async () => {
    const error = named('ThrottlingException')
    stopExecution.mockRejectedValueOnce(error)
    expect(await stop({claimedBy, uploadId: 'whole', s3Key})).toBe('Failed')
    expect(writeLog.mock.calls).toEqual([['warn', 'A cancelled transfer ends by itself: to stop its execution failed.', {error}], cancelledLine])
    expect(abortMultipartUpload.mock.calls).toEqual([abortOf('whole')])
  })

  test('is logged with what failed and why: its upload', async () => {
    const error = named('InternalError')
    abortMultipartUpload.mockRejectedValueOnce(error)
    expect(await stop({claimedBy, uploadId: 'whole', s3Key})).toBe('Failed')
    expect(writeLog.mock.calls).toEqual([['warn', 'A cancelled transfer ends by itself: to abort its uploads failed.', {error}], cancelledLine])
  })
})

describe('a file that changed since it was looked at', () => {
  afterEach(() => {
    expect([stopExecution.mock.calls, abortMultipartUpload.mock.calls, writeLog.mock.calls]).toEqual([[], [], []])
  })

  test.each(['Requested', 'MetadataReady', 'Scheduled', 'Downloading', 'Failed'] as const)('is left alone where another attempt is %s', async (status) => {
    const other = file({status, correlationId: 'c-2', claimedBy, uploadId: 'whole', s3Key})
    await put(other)
    expect(await stopTransfer(file({claimedBy, uploadId: 'whole', s3Key}))).toBe(status)
    expect(await table.all()).toEqual([{...fileKey(fileId), ...other}])
  })

  test('is not cancelled where it came meanwhile', async () => {
    await put(file({status: 'Downloaded', s3Key}))
    await expect(stopTransfer(file({claimedBy, uploadId: 'whole', s3Key}))).rejects.toMatchObject({
      name: 'AlreadyDownloadedError', message: 'This file has been downloaded already, so there is nothing to cancel. Open it from the list of your files.'
    })
    expect(await table.all()).toEqual([{...fileKey(fileId), ...file({status: 'Downloaded', s3Key})}])
  })

  test('has failed where it is gone, and does not come back', async () => {
    expect(await stopTransfer(file({claimedBy, uploadId: 'whole', s3Key}))).toBe('Failed')
    expect(await table.all()).toEqual([])
  })
})
