import {crc32} from 'node:zlib'
import {afterAll, afterEach, beforeEach, describe, expect, jest, test} from '@jest/globals'
import type {PutEventsRequest, PutEventsResponse} from '@aws-sdk/client-eventbridge'
import type {HeadObjectCommandInput, HeadObjectCommandOutput} from '@aws-sdk/client-s3'
import type {S3Event} from 'aws-lambda'
import {context} from '../../../../test/helpers/context'
import {example} from '../../../../test/helpers/example'
import {freezeDate} from '../../../../test/helpers/frozen-date'
import {startTable} from '../../../../test/helpers/table'
import {base64Crc} from '../../../util/crc'
import {fileKey} from '../../../util/keys'

const putEvents = jest.fn<(input: PutEventsRequest) => Promise<PutEventsResponse>>()
const headObject = jest.fn<(input: HeadObjectCommandInput) => Promise<Partial<HeadObjectCommandOutput>>>()
jest.unstable_mockModule('../../../lib/vendor/AWS/EventBridge', () => ({putEvents}))
jest.unstable_mockModule('../../../lib/vendor/AWS/S3', () => ({headObject}))
const emitMetrics = jest.fn()
jest.unstable_mockModule('../../../lib/vendor/Metrics', () => ({emitMetrics}))

const table = await startTable()
Object.assign(process.env, {EVENT_BUS_NAME: 'MediaDownloaderEvents', BUCKET_NAME: 'media-downloader', MEDIA_RETENTION_DAYS: '0'})
const {handler} = await import('../src')

const announced = example('FileDownloadCompleted', 'video')
const {fileId, correlationId, s3Key, size, etag, contentType, title} = announced
const now = '2025-11-23T10:00:09.000Z'

const file = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...fileKey(fileId), fileId, sourceUrl: 'https://youtu.be/dQw4w9WgXcQ', status: 'Downloading', correlationId, requestedAt: '2025-11-23T10:00:00.000Z',
  availableAt: '2025-11-23T10:00:01.000Z', updatedAt: '2025-11-23T10:00:08.000Z', title, contentType: 'video/webm', progress: {r1: {bytes: 10, speed: 5}}, claimedBy: 'arn:execution',
  uploadId: 'upload-1', expectedSize: size, s3Key, ...more
})
const {uploadId: _, progress: _progress, ...rest} = file()
const downloaded = {...rest, status: 'Downloaded', size, etag, contentType, completedAt: now, updatedAt: now}

const notification = (...keys: string[]): S3Event =>
  ({Records: keys.map((key) => ({eventName: 'ObjectCreated:CompleteMultipartUpload', s3: {bucket: {name: 'media-downloader'}, object: {key, size}}}))} as unknown as S3Event)

const object = (more: Partial<HeadObjectCommandOutput> = {}): Partial<HeadObjectCommandOutput> =>
  ({ContentLength: size, ContentType: contentType, ETag: `"${etag}"`, Metadata: {'file-id': fileId, 'correlation-id': correlationId}, ...more})

const published = (): unknown[] => putEvents.mock.calls.flatMap(([{Entries = []}]) => Entries.map(({Detail}) => JSON.parse(Detail ?? '')))

beforeEach(() => {
  freezeDate(now)
  emitMetrics.mockReset()
  putEvents.mockReset().mockResolvedValue({FailedEntryCount: 0, Entries: [{EventId: 'event-1'}]})
  headObject.mockReset().mockResolvedValue(object())
})

afterEach(async () => {
  jest.useRealTimers()
  await table.clear()
})

afterAll(() => table.stop())

describe('a whole object', () => {
  test('makes its file Downloaded and is announced', async () => {
    await table.put(file())
    await handler(notification(s3Key), context)
    expect(await table.all()).toEqual([downloaded])
    expect(headObject.mock.calls).toEqual([[{Bucket: 'media-downloader', Key: s3Key, ChecksumMode: 'ENABLED'}]])
    expect(published()).toEqual([announced])
  })

  test('is announced again by a duplicate, at the time of the first', async () => {
    await table.put(file())
    await handler(notification(s3Key), context)
    jest.setSystemTime(new Date('2025-11-23T11:00:00.000Z'))
    await handler(notification(s3Key), context)
    expect(await table.all()).toEqual([{...downloaded, updatedAt: '2025-11-23T11:00:00.000Z'}])
    expect(published()).toEqual([announced, announced])
  })

  test('ends with its record where media are kept for some days, counted from the first time', async () => {
    process.env.MEDIA_RETENTION_DAYS = '30'
    await table.put(file())
    await handler(notification(s3Key), context)
    jest.setSystemTime(new Date('2025-11-23T11:00:00.000Z'))
    await handler(notification(s3Key), context)
    process.env.MEDIA_RETENTION_DAYS = '0'
    expect(await table.all()).toEqual([{...downloaded, updatedAt: '2025-11-23T11:00:00.000Z', expiresAt: Date.parse('2025-12-23T10:00:09.000Z') / 1000}])
  })

  test('is counted once with its bytes and seconds, whatever comes twice', async () => {
    await table.put(file())
    putEvents.mockResolvedValueOnce({FailedEntryCount: 1, Entries: [{ErrorCode: 'AccessDeniedException'}]})
    await handler(notification(s3Key), context).catch(() => undefined)
    await handler(notification(s3Key, s3Key), context)
    const completions = emitMetrics.mock.calls.filter(([measurements]) => 'FilesCompleted' in (measurements as object))
    expect(completions).toEqual([[{
      FilesCompleted: {unit: 'Count', value: 1}, BytesCompleted: {unit: 'Bytes', value: size}, SecondsToCompleted: {unit: 'Seconds', value: 9}
    }]])
  })

  test('is announced by the retry after the bus refused it', async () => {
    await table.put(file())
    putEvents.mockResolvedValueOnce({FailedEntryCount: 1, Entries: [{ErrorCode: 'AccessDeniedException'}]})
    await expect(handler(notification(s3Key), context)).rejects.toThrow(expect.objectContaining({name: 'EventPublishError'}))
    await handler(notification(s3Key), context)
    expect(published()).toEqual([announced, announced])
  })

  test('ends an attempt that the workflow had given up meanwhile', async () => {
    await table.put(file({status: 'Failed', error: {code: 'States.Timeout', message: 'Too late.', retryable: true}}))
    await handler(notification(s3Key), context)
    expect(await table.all()).toEqual([downloaded])
    expect(published()).toEqual([announced])
  })

  test('is found under its form-encoded key', async () => {
    await table.put(file())
    await handler(notification(encodeURIComponent(s3Key)), context)
    expect(headObject.mock.calls).toEqual([[{Bucket: 'media-downloader', Key: s3Key, ChecksumMode: 'ENABLED'}]])
    expect(await table.all()).toEqual([downloaded])
  })
})

describe('an object of a transfer by ranges', () => {
  const pieces = [Buffer.alloc(size - 100, 1), Buffer.alloc(100, 2)]
  const whole = base64Crc(crc32(Buffer.concat(pieces)))
  const progress = Object.fromEntries(pieces.map((piece, index) => [`r${index + 1}`, {bytes: piece.length, speed: 0, crc32: base64Crc(crc32(piece))}]))
  const ranged = {uploadId: 'u', s3Key, begunBy: 'earlier', url: 'https://e.com/a', validator: '"a"', size, partBytes: size - 100, rangeParts: 1}
  const parts: Partial<HeadObjectCommandOutput> = {ChecksumCRC32: whole, ChecksumType: 'FULL_OBJECT', ETag: '"abc-2"', Metadata: {'correlation-id': 'earlier'}}

  test('is announced where its checksum is that of the bytes which the workers read, whichever attempt began it', async () => {
    await table.put(file({ranged, progress, begunBy: 'earlier'}))
    headObject.mockResolvedValue(object(parts))
    await handler(notification(s3Key), context)
    expect(published()).toEqual([{...announced, etag: 'abc-2'}])
    expect(await table.all()).toEqual([{...downloaded, etag: 'abc-2', begunBy: 'earlier'}])
  })

  test('is announced again by a duplicate', async () => {
    await table.put(file({ranged, progress, begunBy: 'earlier'}))
    headObject.mockResolvedValue(object(parts))
    await handler(notification(s3Key), context)
    await handler(notification(s3Key), context)
    expect(published().length).toBe(2)
  })

  test.each([
    ['another checksum', {ChecksumCRC32: 'AAAAAA=='}, progress], ['no checksum', {ChecksumCRC32: undefined}, progress], ['other parts', {ETag: '"abc-12"'}, progress],
    ['a range that no worker finished', {}, {r1: progress.r1}]
  ])('is refused where it has %s', async (_what, more, recorded) => {
    await table.put(file({ranged, progress: recorded, begunBy: 'earlier'}))
    headObject.mockResolvedValue(object({...parts, ...more}))
    await expect(handler(notification(s3Key), context)).rejects.toMatchObject({
      name: 'ObjectVerificationError', message: expect.stringMatching(/^Expected the object \S+ to have the CRC32 \S+ in 2 parts; it has \S+, and the ETag "abc-1?2"\.$/)
    })
    expect(published()).toEqual([])
  })
})

describe('an object that is not to be announced', () => {
  test.each([
    ['of an earlier attempt', {Metadata: {'correlation-id': 'earlier'}}],
    ['that nobody transferred', {Metadata: {}}],
    ['without metadata', {Metadata: undefined}]
  ])('%s leaves the file alone', async (_, more) => {
    await table.put(file())
    headObject.mockResolvedValue(object(more))
    await handler(notification(s3Key), context)
    expect(await table.all()).toEqual([file()])
    expect(published()).toEqual([])
  })

  test('under a key of another kind is left alone', async () => {
    await handler(notification('media/', 'media/a+b.mp4', 'other/x.mp4'), context)
    expect(headObject.mock.calls).toEqual([])
  })

  test('whose file begins a new attempt at that moment leaves it alone', async () => {
    await table.put(file())
    headObject.mockImplementation(async () => {
      await table.put(file({correlationId: 'newer'}))
      return object()
    })
    await handler(notification(s3Key), context)
    expect(await table.all()).toEqual([file({correlationId: 'newer'})])
    expect(published()).toEqual([])
  })

  // As CancelFile leaves it.
  const {claimedBy: _claim, expectedSize: _expected, ...unclaimed} = rest
  const cancelled = {...unclaimed, status: 'Failed', error: {code: 'CancelledError', message: 'You cancelled it.', retryable: true}}

  test('whose file was cancelled is left alone', async () => {
    await table.put(cancelled)
    await handler(notification(s3Key), context)
    expect(await table.all()).toEqual([cancelled])
    expect(published()).toEqual([])
  })

  test('whose file is cancelled at that moment is left alone', async () => {
    await table.put(file())
    headObject.mockImplementation(async () => {
      await table.put(cancelled)
      return object()
    })
    await handler(notification(s3Key), context)
    expect(await table.all()).toEqual([cancelled])
    expect(published()).toEqual([])
  })
})

describe('an object that cannot be right', () => {
  test.each([
    ['shorter than it was sent', object({ContentLength: size - 1}), {}, `to have ${size} bytes; it has ${size - 1}`],
    ['of a transfer that counted nothing', object(), {expectedSize: undefined}, `to have undefined bytes; it has ${size}`],
    ['of which neither S3 nor the transfer knows the size', object({ContentLength: undefined}), {expectedSize: undefined}, 'to have undefined bytes; it has undefined']
  ])('%s is thrown and leaves the file alone', async (_, answer, more, why) => {
    const before = JSON.parse(JSON.stringify(file(more)))
    await table.put(before)
    headObject.mockResolvedValue(answer)
    await expect(handler(notification(s3Key), context)).rejects.toMatchObject({name: 'ObjectVerificationError', message: `Expected the object ${s3Key} ${why}.`})
    expect(await table.all()).toEqual([before])
    expect(published()).toEqual([])
  })

  test('because it is gone is thrown', async () => {
    await table.put(file())
    const cause = Object.assign(new Error('NotFound'), {name: 'NotFound'})
    headObject.mockRejectedValue(cause)
    await expect(handler(notification(s3Key), context)).rejects.toMatchObject({
      name: 'ObjectVerificationError', message: `Expected the object ${s3Key} that S3 announced; it is gone.`, cause
    })
  })

  test.each([Object.assign(new Error('Denied'), {name: 'AccessDenied'}), {name: 'NotFound'}])('because S3 does not answer is thrown as it is: %j', async (error) => {
    await table.put(file())
    headObject.mockRejectedValue(error)
    await expect(handler(notification(s3Key), context)).rejects.toBe(error)
    expect(published()).toEqual([])
  })

  test('because no file knows it is thrown', async () => {
    await expect(handler(notification(s3Key), context)).rejects.toThrow(expect.objectContaining({name: 'ObjectVerificationError'}))
  })
})

describe('a batch', () => {
  test('completes every object but the one that fails, then throws for that one', async () => {
    await table.put(file(), {...file(), ...fileKey('url-2'), fileId: 'url-2'})
    await expect(handler(notification('media/url-1.mp4', s3Key, 'media/url-2.mp4'), context)).rejects.toThrow('Expected a record of file url-1')
    expect(published().map((detail) => (detail as {fileId: string}).fileId).toSorted()).toEqual(['url-2', fileId])
  })

  test('throws all failures of several', async () => {
    await expect(handler(notification('media/url-1.mp4', 'media/url-2.mp4'), context)).rejects.toThrow('Expected to complete 2 objects; 2 failed')
  })

  const told = {s3: {object: {key: 'media/url-1.mp4'}}}

  test.each([null, {}, {Records: 'x'}, {Records: [{}]}, {Records: [{s3: {}}]}, {Records: [null]}, {Records: [told, {s3: {object: {}}}]}])(
    'that is no notification, as %j, is thrown', async (event) => {
      await expect(handler(event as unknown as S3Event, context)).rejects.toMatchObject({
        name: 'InvalidEventError', message: 'Expected a bucket notification with Records, each with s3.object.key.'
      })
      expect(headObject).not.toHaveBeenCalled()
    })

  test('with a key that is not form-encoded is thrown, with as much of the key as helps', async () => {
    const key = `media/%E0%A4%A${'x'.repeat(200)}.mp4`
    await expect(handler(notification(key), context)).rejects.toMatchObject({
      name: 'InvalidEventError', message: `Expected the form-encoded key of an object; got '${key.slice(0, 100)}'.`, cause: expect.any(URIError)
    })
  })
})
