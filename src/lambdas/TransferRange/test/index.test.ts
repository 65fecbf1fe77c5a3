import {crc32} from 'node:zlib'
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test} from '@jest/globals'
import type {Context} from 'aws-lambda'
import type {PutEventsRequest, PutEventsResponse} from '@aws-sdk/client-eventbridge'
import {context as lambdaContext} from '../../../../test/helpers/context'
import {fakeS3} from '../../../../test/helpers/fake-s3'
import {type MediaSite, startMediaSite} from '../../../../test/helpers/media-site'
import {syntheticFile} from '../../../../test/helpers/media/synthetic'
import {startTable} from '../../../../test/helpers/table'
import type {FileRecord} from '../../../types/domain'
import type {TransferRangeInput, TransferRangeOutput} from '../../../types/workflow'
import {base64Crc} from '../../../util/transfer/crc'
import {fileKey} from '../../../util/files/keys'

const s3 = fakeS3()
const {headObject: _head, ...multipart} = s3.commands
const putEvents = jest.fn<(input: PutEventsRequest) => Promise<PutEventsResponse>>()
jest.unstable_mockModule('../../../lib/vendor/AWS/S3Multipart', () => multipart)
jest.unstable_mockModule('../../../lib/vendor/AWS/EventBridge', () => ({putEvents}))

const table = await startTable()
Object.assign(process.env, {
  BUCKET_NAME: 'media-downloader', EVENT_BUS_NAME: 'bus', ALLOW_PRIVATE_SOURCES: 'true', HOST_CONCURRENCY: '4', HOST_RATE_PER_SECOND: '1000',
  POWERTOOLS_LOG_LEVEL: 'CRITICAL'
})
const {handler} = await import('../src')

const part = 8 * 1024 * 1024
const size = 3 * part + 1000
const whole = syntheticFile('mp4', size)
const fileId = 'url-1'
const executionArn = 'arn:aws:states:us-west-2:123456789012:execution:FileDownloadWorkflow:one'
const input: TransferRangeInput = {fileId, correlationId: 'correlation-1', executionArn, uploadId: 'upload-1', index: 1, range: {firstPart: 2, lastPart: 4}}
let site: MediaSite

const context = (milliseconds = 60_000): Context => ({...lambdaContext, getRemainingTimeInMillis: () => milliseconds})
const record = async (): Promise<FileRecord> => await table.get(fileKey(fileId)) as unknown as FileRecord
const sendPart = (PartNumber: number, Body: Buffer): Promise<unknown> => multipart.uploadPart({Bucket: 'b', Key: 'k', UploadId: 'upload-1', PartNumber, Body})
const stored = (): ReadonlyMap<number, Buffer> => s3.uploads.get('upload-1')?.parts ?? new Map()

/** The record as TransferFile left it; its source is at `path`. */
const plan = async (path: string, more: Partial<FileRecord> = {}): Promise<void> => {
  const now = new Date().toISOString()
  await table.put({
    ...fileKey(fileId), fileId, sourceUrl: site.url(path), status: 'Downloading', correlationId: 'correlation-1',
    requestedAt: now, availableAt: now, updatedAt: now, extractor: 'direct', claimedBy: executionArn, size, expectedSize: size, progress: {r1: {bytes: 0, speed: 0}, r2: {bytes: 0, speed: 0}},
    ranged: {
      uploadId: 'upload-1', s3Key: 'media/url-1.mp4', begunBy: 'correlation-1', url: site.url(path), validator: `"synthetic-${size}"`,
      size, partBytes: part, rangeParts: 3
    },
    ...more
  })
}
const bring = async (path: string, more: Partial<FileRecord> = {}, remaining?: number): Promise<TransferRangeOutput> => {
  await plan(path, more)
  return handler(input, context(remaining))
}
const failure = (work: Promise<unknown>): Promise<unknown> => work.then(() => { throw new Error('Expected a failure.') }, (error: unknown) => error)
const ofSynthetic = `/synthetic/${size}.mp4`

beforeAll(async () => { site = await startMediaSite() })
beforeEach(async () => {
  putEvents.mockReset().mockResolvedValue({FailedEntryCount: 0, Entries: [{EventId: 'one'}]})
  await multipart.createMultipartUpload({Bucket: 'media-downloader', Key: 'media/url-1.mp4'})
})
afterEach(async () => {
  s3.clear()
  await table.clear()
})
afterAll(async () => {
  await table.stop()
  await site.close()
})

describe('a range', () => {
  test('comes as parts of the upload, and is answered as S3 takes them', async () => {
    const {parts} = await bring(ofSynthetic)
    expect(parts).toEqual([2, 3, 4].map((PartNumber) => ({PartNumber, ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/)})))
    expect(Buffer.concat([2, 3, 4].map((number) => stored().get(number)!)).equals(whole.subarray(part))).toBe(true)
  })

  test('leaves on the record how many bytes were read, and their checksum', async () => {
    await bring(ofSynthetic)
    const r2 = {bytes: size - part, speed: 0, crc32: base64Crc(crc32(whole.subarray(part)))}
    expect((await record()).progress).toEqual({r1: {bytes: 0, speed: 0}, r2})
  })

  test('asks the source for what S3 has not yet, and for nothing else', async () => {
    await sendPart(3, whole.subarray(2 * part, 3 * part))
    const before = site.requests.length
    const {parts} = await bring(ofSynthetic)
    expect(parts.map(({PartNumber}) => PartNumber)).toEqual([2, 3, 4])
    expect(site.requests.slice(before).map(({headers}) => headers.range)).toEqual([`bytes=${part}-${2 * part - 1}`, `bytes=${3 * part}-${size - 1}`])
    expect((await record()).progress?.r2?.crc32).toBe(base64Crc(crc32(whole.subarray(part))))
  })

  test('brings a part again that S3 has in another size', async () => {
    await sendPart(3, Buffer.alloc(5))
    await bring(ofSynthetic)
    expect(stored().get(3)?.equals(whole.subarray(2 * part, 3 * part))).toBe(true)
  })

  test('that is there already costs no request to the source', async () => {
    await bring(ofSynthetic)
    const before = site.requests.length
    const again = await handler(input, context())
    expect([again.parts.length, site.requests.length]).toEqual([3, before])
  })
})

describe('a source', () => {
  test('that has changed is told as such, and nothing of it is stored', async () => {
    const error = await failure(bring(`/synthetic/${size + 1}.mp4`))
    expect(error).toMatchObject({name: 'SourceChangedError'})
    expect([stored().size, (await record()).ranged?.hasChanged]).toEqual([0, true])
  })

  test('that has changed is looked at again after a moment', async () => {
    await failure(bring(`/synthetic/${size + 1}.mp4`))
    expect(Math.abs(Date.parse((await record()).availableAt) - Date.now() - 5_000)).toBeLessThan(3_000)
  })

  test('that wants fewer requests is asked when it said', async () => {
    expect(await failure(bring('/status/429/a.mp4?retry-after=600'))).toMatchObject({name: 'RateLimitedError'})
    expect(Math.abs(Date.parse((await record()).availableAt) - Date.now() - 600_000)).toBeLessThan(5_000)
  })

  test('that lets something come between two waits is waited for no longer each time', async () => {
    await failure(bring('/status/429/a.mp4', {reschedules: 6, progress: {r1: {bytes: 5, speed: 0}}, bytesAtWait: 5}))
    expect(Math.round((Date.parse((await record()).availableAt) - Date.now()) / 60_000)).toBe(60)
    await failure(bring('/status/429/a.mp4', {reschedules: 6, progress: {r1: {bytes: 6, speed: 0}}, bytesAtWait: 5}))
    expect(Math.round((Date.parse((await record()).availableAt) - Date.now()) / 60_000)).toBe(1)
    expect(await record()).toMatchObject({reschedules: 0, bytesAtWait: 6})
  })

  test.each([['direct', 'SourceForbiddenError'], ['yt-dlp', 'PlanExpiredError']] as const)('that refuses, of %s, is %s', async (extractor, name) => {
    expect(await failure(bring('/status/403/a.mp4', {extractor}))).toMatchObject({name})
  })

  test.each([[5, 'PlanExpiredError'], [0, 'SourceForbiddenError']])('that refuses the link of a feed after %i bytes is %s: the feed may name a fresh one', async (bytes, name) => {
    const [mediaUrl, sourceUrl] = [site.url('/status/403/a.mp4'), site.url('/feed.xml')]
    expect(await failure(bring('/status/403/a.mp4', {sourceUrl, mediaUrl, progress: {r1: {bytes, speed: 0}}}))).toMatchObject({name})
  })

  test.each([['/status/503/a.mp4', 'TransientSourceError'], ['/status/404/a.mp4', 'SourceNotFoundError']])('that fails as %s is %s', async (path, name) => {
    expect(await failure(bring(path))).toMatchObject({name})
  })
})

describe('the time of an invocation', () => {
  test('ends in a hand-over, with the parts kept', async () => {
    expect(await failure(bring(`${ofSynthetic}?rate=8000000`, {}, 16_800))).toMatchObject({name: 'TransferTimeoutError'})
    expect([...stored().keys()]).toEqual([2])
    expect((await handler(input, context())).parts.length).toBe(3)
  }, 20_000)

  test('that did not suffice for one part ends as a source that is too slow', async () => {
    expect(await failure(bring(`${ofSynthetic}?rate=100000`, {}, 15_200))).toMatchObject({name: 'SourceStalledError'})
  })
})

describe('the claim', () => {
  test.each([
    ['of another execution', {claimedBy: 'arn:other'}], ['of another upload', {ranged: undefined}], ['of another attempt', {correlationId: 'correlation-2'}]
  ])('%s is not touched', async (_what, more) => {
    expect(await failure(bring(ofSynthetic, more))).toMatchObject({name: 'ClaimLostError'})
    expect([stored().size, multipart.uploadPart.mock.calls.length]).toEqual([0, 0])
  })

  test('lost on the way stops the range within seconds, and aborts the upload where no one has it', async () => {
    const work = failure(bring(`${ofSynthetic}?rate=2000000`))
    await new Promise((resolve) => setTimeout(resolve, 500))
    const {claimedBy: _claim, ranged: _ranged, ...cancelled} = await record()
    await table.put({...cancelled, status: 'Failed'})
    const since = Date.now()
    expect(await work).toMatchObject({name: 'ClaimLostError'})
    expect(Date.now() - since).toBeLessThan(4_000)
    expect(s3.uploads.size).toBe(0)
  }, 20_000)

  test('that the next attempt took over with the upload leaves the upload open', async () => {
    multipart.uploadPart.mockImplementationOnce(async () => {
      await table.put({...await record(), correlationId: 'correlation-2', claimedBy: 'arn:other'})
      throw s3.serviceError('InternalError', 500)
    })
    expect(await failure(bring(ofSynthetic))).toMatchObject({name: 'ClaimLostError'})
    expect([...s3.uploads.keys()]).toEqual(['upload-1'])
  })
})

describe('an upload', () => {
  test('that is gone makes the workflow plan again', async () => {
    s3.clear()
    expect(await failure(bring(ofSynthetic))).toMatchObject({name: 'PlanExpiredError'})
  })

  test('in trouble is StorageError', async () => {
    multipart.uploadPart.mockRejectedValueOnce(s3.serviceError('SlowDown', 503))
    expect(await failure(bring(ofSynthetic))).toMatchObject({name: 'StorageError'})
  })
})

describe('the progress', () => {
  test('tells speed and percent on the way', async () => {
    const seen: FileRecord[] = []
    const poll = setInterval(async () => { seen.push(await record()) }, 200)
    await bring(`${ofSynthetic}?rate=6000000`).finally(() => clearInterval(poll))
    const speeds = seen.map(({progress}) => progress?.r2?.speed ?? 0).filter((speed) => speed > 0)
    expect(speeds.length).toBeGreaterThan(0)
    expect(speeds.every((speed) => speed > 1_000_000 && speed < 30_000_000)).toBe(true)
    const told = putEvents.mock.calls.map(([{Entries = []}]) => JSON.parse(Entries[0]?.Detail ?? '{}') as {percent: number, bytesDone: number, size: number})
    expect(told.map(({percent}) => percent)).toEqual([...new Set(told.map(({percent}) => percent))].sort((left, right) => left - right))
    expect(told.length).toBeGreaterThan(0)
    expect(told.every((each) => each.bytesDone * 100 >= each.size * each.percent)).toBe(true)
    expect((await record()).percentTold).toBe(told.at(-1)?.percent)
  }, 30_000)

  test('does not fail the transfer where the bus takes no event', async () => {
    putEvents.mockRejectedValue(s3.serviceError('ValidationException', 400))
    expect((await bring(`${ofSynthetic}?rate=6000000`)).parts.length).toBe(3)
  }, 30_000)
})
