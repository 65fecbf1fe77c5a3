import {afterAll, afterEach, beforeAll, describe, expect, jest, test} from '@jest/globals'
import type {Context} from 'aws-lambda'
import {context} from '../../../../test/helpers/context'
import {fakeS3} from '../../../../test/helpers/fake-s3'
import {type MediaSite, startMediaSite} from '../../../../test/helpers/media-site'
import {syntheticFile} from '../../../../test/helpers/media/synthetic'
import {startTable} from '../../../../test/helpers/table'
import type {YtDlpOptions} from '../../../lib/yt-dlp/YtDlp'
import type {MediaDescription} from '../../../lib/yt-dlp/description'
import type {FileRecord} from '../../../types/domain'
import type {TransferFileOutput} from '../../../types/workflow'
import {fileKey} from '../../../util/files/keys'

const s3 = fakeS3()
const {headObject, ...multipart} = s3.commands
const describeMedia = jest.fn<(url: URL, options?: YtDlpOptions) => Promise<MediaDescription>>()
jest.unstable_mockModule('../../../lib/vendor/AWS/S3', () => ({headObject}))
jest.unstable_mockModule('../../../lib/vendor/AWS/S3Multipart', () => multipart)
jest.unstable_mockModule('../../../lib/yt-dlp/YtDlp', () => ({describeMedia, downloadMedia: jest.fn()}))

const table = await startTable()
Object.assign(process.env, {
  BUCKET_NAME: 'media-downloader', ALLOW_PRIVATE_SOURCES: 'true', MAX_FILE_BYTES: '100000000', RANGED_FROM_BYTES: '16777216',
  HOST_CONCURRENCY: '4', HOST_RATE_PER_SECOND: '1000', POWERTOOLS_LOG_LEVEL: 'DEBUG'
})
const {handler} = await import('../src')

const mebibyte = 1024 * 1024
const size = 20 * mebibyte
const path = `/synthetic/${size}.mp4`
const fileId = 'url-1'
const executionArn = 'arn:aws:states:us-west-2:123456789012:execution:FileDownloadWorkflow:one'
let site: MediaSite
/** What the function says is looked at, and not shown. */
const log = jest.spyOn(process.stdout, 'write').mockReturnValue(true)

const input = {fileId, correlationId: 'correlation-1', executionArn}
const transfer = async (of: string, more: Partial<FileRecord> = {}, invocation = context): Promise<TransferFileOutput> => {
  const now = new Date().toISOString()
  await table.put({
    ...fileKey(fileId), fileId, sourceUrl: site.url(of), status: 'MetadataReady', correlationId: 'correlation-1', requestedAt: now, availableAt: now, updatedAt: now,
    extractor: 'direct', claimedBy: executionArn, ...more
  })
  return handler(input, invocation)
}
const record = async (): Promise<FileRecord> => await table.get(fileKey(fileId)) as unknown as FileRecord
const ranges = [{firstPart: 1, lastPart: 1}, {firstPart: 2, lastPart: 2}, {firstPart: 3, lastPart: 3}]
const planned = {fileId, s3Key: 'media/url-1.mp4', size, contentType: 'video/mp4', uploadId: 'upload-1', ranges}

/** What an earlier attempt left: an upload with its first part. */
const begun = async (more: Partial<NonNullable<FileRecord['ranged']>> = {}): Promise<NonNullable<FileRecord['ranged']>> => {
  const {UploadId: uploadId} = await multipart.createMultipartUpload({Bucket: 'media-downloader', Key: 'media/url-1.mp4'})
  await multipart.uploadPart({Bucket: 'media-downloader', Key: 'media/url-1.mp4', UploadId: uploadId, PartNumber: 1, Body: syntheticFile('mp4', 8 * mebibyte)})
  multipart.createMultipartUpload.mockClear()
  return {
    uploadId, s3Key: 'media/url-1.mp4', begunBy: 'correlation-0', url: site.url('/expired'), validator: `"synthetic-${size}"`, size,
    partBytes: 8 * mebibyte, rangeParts: 1, ...more
  }
}

beforeAll(async () => { site = await startMediaSite() })
afterEach(async () => {
  log.mockClear()
  s3.clear()
  await table.clear()
})
afterAll(async () => {
  await table.stop()
  await site.close()
})

describe('a large file of a source that gives ranges', () => {
  test('is planned, and not a part of it sent', async () => {
    expect(await transfer(path)).toEqual(planned)
    expect([s3.uploads.get('upload-1')?.Metadata, s3.uploads.get('upload-1')?.parts.size]).toEqual([{'file-id': fileId, 'correlation-id': 'correlation-1'}, 0])
  })

  test('leaves on the record what its ranges need, and what S3ObjectCreated compares', async () => {
    await transfer(path)
    expect(await record()).toMatchObject({
      status: 'Downloading', s3Key: 'media/url-1.mp4', size, expectedSize: size, contentType: 'video/mp4', begunBy: 'correlation-1',
      progress: {r1: {bytes: 0, speed: 0}, r2: {bytes: 0, speed: 0}, r3: {bytes: 0, speed: 0}},
      ranged: {uploadId: 'upload-1', url: site.url(path), validator: `"synthetic-${size}"`, size, partBytes: 8 * mebibyte, rangeParts: 1, begunBy: 'correlation-1'}
    })
  })

  test('is asked for where its redirects led', async () => {
    await transfer(`/redirect?to=${path}`)
    expect((await record()).ranged?.url).toBe(site.url(path))
  })

  describe('of a page', () => {
    const headers = {Referer: 'https://example.com/', 'User-Agent': 'Mozilla/5.0'}
    const described = (url: string, httpHeaders: Record<string, string>): void => {
      describeMedia.mockResolvedValue({title: 'One', liveStatus: 'not_live', info: {format_id: '18', url, protocol: 'https', http_headers: httpHeaders}} as never)
    }

    test('is asked for with the headers that its site wants', async () => {
      described(site.url(`/redirect?to=${path}`), headers)
      await transfer('/page', {extractor: 'yt-dlp'})
      expect((await record()).ranged).toMatchObject({url: site.url(path), headers})
    })

    test.each(['Authorization', 'X-Api-Key', 'Proxy-Authorization', 'X-Token'])('is streamed as a whole where it needs %s, which no one else learns', async (name) => {
      described(site.url(path), {...headers, [name]: 'secret-of-the-site'})
      expect(await transfer('/page', {extractor: 'yt-dlp'})).toEqual({...planned, ranges: []})
      expect(site.requests.at(-1)?.headers[name.toLowerCase()]).toBe('secret-of-the-site')
      expect(log).toHaveBeenCalled()
      expect(JSON.stringify([await record(), log.mock.calls])).not.toContain('secret-of-the-site')
    })
  })

  test.each(['?ranges=0&chunked=1', '?chunked=1'])('is streamed as a whole where it does not: %s', async (query) => {
    expect(await transfer(path + query)).toEqual({...planned, ranges: []})
    expect(s3.objects.get('media/url-1.mp4')?.bytes.length).toBe(size)
    expect(await record()).not.toHaveProperty('ranged')
  })
})

describe('a transfer by ranges that was begun before', () => {
  test('continues in the same upload, with the URL of today', async () => {
    const ranged = await begun()
    expect(await transfer(path, {ranged})).toEqual(planned)
    expect(multipart.createMultipartUpload).not.toHaveBeenCalled()
    expect(await record()).toMatchObject({begunBy: 'correlation-0', ranged: {...ranged, url: site.url(path)}, restarts: 0, progress: {r1: {bytes: 8 * mebibyte, speed: 0}, r2: {bytes: 0}}})
  })

  test.each([
    ['another validator', {validator: '"older"'}], ['another size', {size: size - 1}], ['another type', {s3Key: 'media/url-1.webm'}],
    ['become another and the same again', {hasChanged: true as const}]
  ])('begins again where the source has %s', async (_what, more) => {
    const ranged = await begun(more)
    expect(await transfer(path, {ranged})).toEqual({...planned, uploadId: 'upload-2'})
    expect([...s3.uploads.keys()]).toEqual(['upload-2'])
    expect(await record()).toMatchObject({begunBy: 'correlation-1', restarts: 1})
  })

  test('begins again where its upload is gone', async () => {
    const ranged = await begun({uploadId: 'gone'})
    expect(await transfer(path, {ranged})).toMatchObject({uploadId: 'upload-2'})
  })

  test('becomes a stream as a whole once nothing but its ETag has changed again', async () => {
    const ranged = await begun({validator: '"older"'})
    expect(await transfer(path, {ranged, restarts: 1})).toEqual({...planned, uploadId: 'upload-2', ranges: []})
    expect([[...s3.uploads.keys()], s3.objects.get('media/url-1.mp4')?.bytes.length]).toEqual([[], size])
    expect(await record()).not.toHaveProperty('ranged')
  })

  test.each([
    ['once more', {size: size - 1}], ['once more, as a worker found', {hasChanged: true as const}]
  ])('ends by name where the source has changed %s, and leaves nothing', async (_what, more) => {
    const ranged = await begun(more)
    await expect(transfer(path, {ranged, restarts: 1})).rejects.toMatchObject({name: 'SourceChangedError', retryable: true, message: expect.not.stringMatching(/^Expected/)})
    expect([[...s3.uploads.keys()], [...s3.objects.keys()]]).toEqual([[], []])
    expect(await record()).not.toHaveProperty('ranged')
    // As often as the workflow lets it wait: RescheduleTransfer refuses.
    expect(await record()).toMatchObject({reschedules: 30})
  })

  test.each([['no ranges of one version', {}], ['an ETag that never stays', {hasChanged: true as const}]])('becomes a stream as a whole once a worker has found %s', async (_what, more) => {
    const ranged = await begun({isWhole: true, ...more})
    expect(await transfer(path, {ranged, restarts: 1})).toEqual({...planned, uploadId: 'upload-2', ranges: []})
    expect([...s3.uploads.keys()]).toEqual([])
  })

  test('leaves no upload where the claim is lost meanwhile', async () => {
    multipart.createMultipartUpload.mockImplementationOnce(async (input) => {
      await table.put({...await record(), claimedBy: 'arn:other'})
      return multipart.createMultipartUpload(input)
    })
    await expect(transfer(path)).rejects.toMatchObject({name: 'ClaimLostError'})
    expect([...s3.uploads.keys()]).toEqual([])
  })

  test('is found whole where S3 had completed it and the answer was lost', async () => {
    const ranged = await begun()
    s3.objects.set('media/url-1.mp4', {bytes: syntheticFile('mp4', size), metadata: {'correlation-id': 'correlation-0'}})
    expect(await transfer(path, {ranged, begunBy: 'correlation-0', s3Key: 'media/url-1.mp4', expectedSize: size, contentType: 'video/mp4'})).toEqual({...planned, ranges: []})
  })
})

describe('a stream of a source that gives ranges', () => {
  const smaller = 12 * mebibyte
  const slow = `/synthetic/${smaller}.mp4?rate=4000000`
  const late: Context = {...context, getRemainingTimeInMillis: () => 17_600}

  test('that runs out of time leaves its parts, and the next worker continues with them by ranges', async () => {
    await expect(transfer(slow, {}, late)).rejects.toMatchObject({name: 'TransferTimeoutError'})
    expect([...s3.uploads.get('upload-1')?.parts.keys() ?? []]).toEqual([1])
    expect(await handler(input, context)).toEqual({...planned, size: smaller, ranges: [{firstPart: 1, lastPart: 1}, {firstPart: 2, lastPart: 2}]})
    expect(await record()).toMatchObject({begunBy: 'correlation-1', restarts: 0, progress: {r1: {bytes: 8 * mebibyte, speed: 0}, r2: {bytes: 0, speed: 0}}})
  }, 20_000)

  test('that runs out of time where there are no ranges leaves nothing, and says what was missing', async () => {
    await expect(transfer(`${slow}&chunked=1`, {}, late)).rejects.toMatchObject({name: 'TransferTimeoutError', message: expect.stringContaining('cannot be resumed')})
    expect([...s3.uploads.keys()]).toEqual([])
    expect(await record()).not.toHaveProperty('ranged')
  }, 20_000)

  test.each([['is in trouble', 'SlowDown', 503, ['upload-1']], ['refuses', 'AccessDenied', 403, []]])('leaves its parts only where trying again helps: S3 %s', async (_what, name, status, left) => {
    multipart.uploadPart.mockRejectedValueOnce(s3.serviceError(name, status))
    await expect(transfer(`/synthetic/${smaller}.mp4`)).rejects.toBeDefined()
    expect([...s3.uploads.keys()]).toEqual(left)
  })
})
