import {beforeEach, describe, expect, jest, test} from '@jest/globals'
import type {FileError, FileRecord} from '../../../types/domain'

const presignGetObject = jest.fn(async (input: {readonly Key?: string}, expiresIn: number) => `https://signed/${input.Key}?X-Amz-Expires=${expiresIn}`)
jest.unstable_mockModule('../../../lib/vendor/AWS/S3', () => ({presignGetObject}))
Object.assign(process.env, {BUCKET_NAME: 'media-downloader', DOWNLOAD_URL_SECONDS: '3600'})
const {toFileView: fileViewOf} = await import('../src/file-view')

const time = '2025-11-23T10:00:00.000Z'
const error: FileError = {code: 'SourceNotFoundError', message: 'The source answered 404.', retryable: false}
const viewOf = (more: Partial<FileRecord>): ReturnType<typeof fileViewOf> => fileViewOf({
  fileId: 'url-1', sourceUrl: 'https://e.com/a.mp4', status: 'Requested', correlationId: 'c-1', requestedAt: time, availableAt: time, updatedAt: time, ...more
}, {fileId: 'url-1', userId: 'alice', requestedAt: time})

beforeEach(() => {
  presignGetObject.mockClear()
})

describe('the link to a file', () => {
  test('saves a file without a title under its id', async () => {
    expect((await viewOf({status: 'Downloaded', s3Key: 'media/url-1.webm'})).downloadUrl).toBe('https://signed/media/url-1.webm?X-Amz-Expires=3600')
    expect(presignGetObject.mock.calls).toEqual([[{
      Bucket: 'media-downloader', Key: 'media/url-1.webm',
      ResponseContentDisposition: 'attachment; filename="url-1.webm"; filename*=UTF-8\'\'url-1.webm'
    }, 3600]])
  })

  test.each<[string, Partial<FileRecord>]>([
    ['has no key', {status: 'Downloaded'}],
    ['is on its way', {status: 'Downloading', s3Key: 'media/url-1.mp4'}],
    ['failed', {status: 'Failed', s3Key: 'media/url-1.mp4'}]
  ])('is null for a file that %s', async (_what, more) => {
    expect((await viewOf(more)).downloadUrl).toBeNull()
    expect(presignGetObject).not.toHaveBeenCalled()
  })
})

describe('the error of a file', () => {
  test('is that of a failed one', async () => {
    expect((await viewOf({status: 'Failed', error})).error).toEqual(error)
  })

  test('is a sentence for users where something went wrong on our side, with the rest beside it', async () => {
    const detail = 'Expected BUCKET_NAME to be set; it is missing.'
    expect((await viewOf({status: 'Failed', error: {code: 'EnvironmentError', message: detail, retryable: false}})).error)
      .toEqual({code: 'EnvironmentError', message: expect.stringMatching(/^Something went wrong on our side/), retryable: false, detail})
  })

  test('is null if a failed one has none', async () => {
    expect((await viewOf({status: 'Failed'})).error).toBeNull()
  })

  test.each(['Requested', 'MetadataReady', 'Scheduled', 'Downloading', 'Downloaded'] as const)('of an earlier attempt is not shown of one that is %s', async (status) => {
    expect((await viewOf({status, error})).error).toBeNull()
  })
})
