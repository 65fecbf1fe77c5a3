import {crc32} from 'node:zlib'
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test} from '@jest/globals'
import type {Context} from 'aws-lambda'
import {context as lambdaContext} from '../../../../test/helpers/context'
import {fakeS3} from '../../../../test/helpers/fake-s3'
import {type MediaSite, startMediaSite} from '../../../../test/helpers/media-site'
import {syntheticFile} from '../../../../test/helpers/media/synthetic'
import {startTable} from '../../../../test/helpers/table'
import type {DownloadOptions, DownloadedMedia, YtDlpOptions} from '../../../lib/vendor/YtDlp'
import type {MediaChoice} from '../../../lib/vendor/yt-dlp/choice'
import type {Info, MediaDescription} from '../../../lib/vendor/yt-dlp/description'
import type {FileRecord} from '../../../types/domain'
import type {TransferFileOutput} from '../../../types/workflow'
import {NamedError} from '../../../util/errors'
import {bytesDoneOf} from '../../../util/file-progress'
import {base64Crc} from '../../../util/crc'
import {fileKey} from '../../../util/keys'

const s3 = fakeS3()
const describeMedia = jest.fn<(url: URL, options?: YtDlpOptions) => Promise<MediaDescription>>()
const downloadMedia = jest.fn<(description: MediaDescription, choice: MediaChoice, options: DownloadOptions) => Promise<DownloadedMedia>>()
const {headObject, ...multipart} = s3.commands
jest.unstable_mockModule('../../../lib/vendor/AWS/S3', () => ({headObject}))
jest.unstable_mockModule('../../../lib/vendor/AWS/S3Multipart', () => multipart)
jest.unstable_mockModule('../../../lib/vendor/YtDlp', () => ({describeMedia, downloadMedia}))

const table = await startTable()
Object.assign(process.env, {
  BUCKET_NAME: 'media-downloader', ALLOW_PRIVATE_SOURCES: 'true', MAX_FILE_BYTES: '40000000', RANGED_FROM_BYTES: '134217728',
  HOST_CONCURRENCY: '2', HOST_RATE_PER_SECOND: '1000', POWERTOOLS_LOG_LEVEL: 'CRITICAL'
})
const {handler} = await import('../src')

let site: MediaSite
const fileId = 'url-1'
const executionArn = 'arn:aws:states:us-west-2:123456789012:execution:FileDownloadWorkflow:one'
const input = {fileId, correlationId: 'correlation-1', executionArn}
const context = (milliseconds = 60_000): Context => ({...lambdaContext, getRemainingTimeInMillis: () => milliseconds})

const claimed = (path: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...fileKey(fileId), fileId, sourceUrl: site.url(path), status: 'MetadataReady', correlationId: 'correlation-1', requestedAt: '2025-11-23T10:00:00.000Z',
  availableAt: '2025-11-23T10:00:01.000Z', updatedAt: '2025-11-23T10:00:01.000Z', title: 'One', extractor: 'direct', claimedBy: executionArn, ...more
})
const record = (): Promise<unknown> => table.get(fileKey(fileId))
const transfer = async (path: string, more: Record<string, unknown> = {}, remaining?: number): Promise<TransferFileOutput> => {
  await table.put(claimed(path, more) as never)
  return handler(input, context(remaining))
}
/** Of a file that is whole at the first try. */
const whole = {fileId, s3Key: 'media/url-1.mp4', contentType: 'video/mp4', uploadId: 'upload-1', ranges: []}
const failure = (work: Promise<unknown>): Promise<unknown> => work.then(() => { throw new Error('Expected a failure.') }, (error: unknown) => error)

/** No object, no open upload. */
const nothingLeft = (): void => expect([[...s3.objects.keys()], [...s3.uploads.keys()]]).toEqual([[], []])

beforeAll(async () => { site = await startMediaSite() })
beforeEach(() => {
  describeMedia.mockReset().mockRejectedValue(new Error('not to be asked'))
  downloadMedia.mockReset().mockRejectedValue(new Error('not to be asked'))
})
afterEach(async () => {
  s3.clear()
  jest.restoreAllMocks()
  await table.clear()
})
afterAll(async () => {
  await table.stop()
  await site.close()
})

describe('a direct source', () => {
  const size = 20_000_000

  test.each([['announced', ''], ['not announced', '?chunked=1'], ['in small chunks', '?chunk=1021']])('comes home whole, its length %s', async (_what, query) => {
    expect(await transfer(`/synthetic/${size}.mp4${query}`)).toEqual({...whole, size})
    const {bytes, ...rest} = s3.objects.get('media/url-1.mp4')!
    expect(rest).toEqual({contentType: 'video/mp4', metadata: {'file-id': fileId, 'correlation-id': 'correlation-1'}})
    expect(bytes.equals(syntheticFile('mp4', size))).toBe(true)
    expect(multipart.uploadPart.mock.calls.map(([{ContentLength}]) => ContentLength)).toEqual([8_388_608, 8_388_608, size - 2 * 8_388_608])
    expect(s3.uploads.size).toBe(0)
  })

  test('leaves on the record what S3ObjectCreated compares', async () => {
    await transfer(`/synthetic/${size}.mp4`)
    expect(await record()).toEqual({
      ...claimed(`/synthetic/${size}.mp4`), status: 'Downloading', s3Key: 'media/url-1.mp4', expectedSize: size, size, contentType: 'video/mp4',
      progress: {r1: {bytes: size, speed: 0, crc32: base64Crc(crc32(syntheticFile('mp4', size)))}}, updatedAt: expect.any(String), begunBy: 'correlation-1',
      ranged: {
        uploadId: 'upload-1', s3Key: 'media/url-1.mp4', begunBy: 'correlation-1', url: site.url(`/synthetic/${size}.mp4`), validator: `"synthetic-${size}"`,
        size, partBytes: 8_388_608, rangeParts: 3
      }
    })
  })

  test('of one part leaves nothing to go on with', async () => {
    await transfer('/synthetic/1000.mp4')
    expect(await record()).toEqual({
      ...claimed('/synthetic/1000.mp4'), status: 'Downloading', s3Key: 'media/url-1.mp4', expectedSize: 1000, size: 1000, contentType: 'video/mp4', uploadId: 'upload-1',
      progress: {r1: {bytes: 1000, speed: 0, crc32: base64Crc(crc32(syntheticFile('mp4', 1000)))}}, updatedAt: expect.any(String)
    })
  })

  test('writes the proof before S3 can announce the object', async () => {
    let seen: unknown
    multipart.completeMultipartUpload.mockImplementationOnce(async () => {
      seen = await record()
      throw new Error('stop here')
    })
    await failure(transfer('/synthetic/1000.mp4'))
    expect(seen).toMatchObject({expectedSize: 1000, s3Key: 'media/url-1.mp4'})
  })

  test('is named after what its bytes are', async () => {
    expect(await transfer('/synthetic/5000.webm?type=application/octet-stream')).toEqual({...whole, s3Key: 'media/url-1.webm', size: 5000, contentType: 'video/webm'})
  })

  test('of one byte more than a part has two', async () => {
    await transfer('/synthetic/8388609.mp4')
    expect(multipart.uploadPart.mock.calls.map(([{ContentLength}]) => ContentLength)).toEqual([8_388_608, 1])
  })

  test('is read no faster than S3 takes it', async () => {
    let most = 0
    let underWay = 0
    const upload = multipart.uploadPart.getMockImplementation()!
    multipart.uploadPart.mockImplementation(async (part, signal) => {
      most = Math.max(most, ++underWay)
      await new Promise((resolve) => setTimeout(resolve, 400))
      underWay -= 1
      return upload(part, signal)
    })
    await transfer('/synthetic/40000000.mp4')
    multipart.uploadPart.mockImplementation(upload)
    expect(most).toBe(3)
    expect(new Set(multipart.uploadPart.mock.calls.map(([{Body}]) => (Body as Buffer).buffer)).size).toBe(3)
  })
})

describe('a source that does not deliver', () => {
  test.each([
    ['/short.mp4', 'TruncatedBodyError'], ['/reset/100000.mp4', 'TransientSourceError'], ['/empty.mp4', 'EmptyBodyError'], ['/html.mp4', 'HtmlInsteadOfMediaError'],
    ['/lying.mp4', 'HtmlInsteadOfMediaError'], ['/text.txt', 'UnsupportedSourceError'], ['/hls/master.m3u8', 'UnsupportedSourceError'], ['/status/404/a.mp4', 'SourceNotFoundError'],
    ['/status/403/a.mp4', 'SourceForbiddenError'], ['/status/503/a.mp4', 'TransientSourceError'], ['/synthetic/40000001.mp4', 'FileTooLargeError'],
    ['/synthetic/40000001.mp4?chunked=1', 'FileTooLargeError'], ['/redirect-loop.mp4', 'TooManyRedirectsError'], ['/redirect?to=http://169.254.169.254/', 'PrivateAddressError']
  ])('ends %s as %s and leaves nothing in S3', async (path, name) => {
    expect(await failure(transfer(path))).toMatchObject({name})
    nothingLeft()
    expect(await record()).not.toHaveProperty('expectedSize')
  })

  test('is not asked for at a private address', async () => {
    process.env.ALLOW_PRIVATE_SOURCES = 'false'
    expect(await failure(transfer('/synthetic/1000.mp4'))).toMatchObject({name: 'PrivateAddressError'})
    process.env.ALLOW_PRIVATE_SOURCES = 'true'
    nothingLeft()
  })

  test('and wants fewer requests says on the record when to look again', async () => {
    expect(await failure(transfer('/status/429/a.mp4?retry-after=3600'))).toMatchObject({name: 'RateLimitedError'})
    const {availableAt} = await record() as {availableAt: string}
    expect(Math.abs(Date.parse(availableAt) - Date.now() - 3_600_000)).toBeLessThan(5_000)
  })

  test('and names no time is asked less and less often', async () => {
    await failure(transfer('/status/429/a.mp4', {reschedules: 4}))
    const {availableAt} = await record() as {availableAt: string}
    expect(Math.abs(Date.parse(availableAt) - Date.now() - 16 * 60_000)).toBeLessThan(5_000)
  })

  test('in time ends as TransferTimeoutError 15 s before Lambda would kill it', async () => {
    expect(await failure(transfer('/synthetic/30000000.mp4?rate=1000000&chunked=1', {}, 15_300))).toMatchObject({name: 'TransferTimeoutError'})
    nothingLeft()
  })
})

describe('a store that does not deliver', () => {
  test.each([
    ['S3 is down', {name: 'InternalError', status: 500}, 'StorageError'], ['S3 wants fewer requests', {name: 'SlowDown', status: 503}, 'StorageError'],
    ['bytes were damaged on the way', {name: 'BadDigest', status: 400}, 'StorageError'], ['the role lacks a permission', {name: 'AccessDenied', status: 403}, 'AccessDenied']
  ])('when %s', async (_what, {name, status}, expected) => {
    multipart.uploadPart.mockRejectedValueOnce(s3.serviceError(name, status))
    expect(await failure(transfer('/synthetic/30000000.mp4?chunked=1'))).toMatchObject({name: expected})
    nothingLeft()
  })

  test('is StorageError where the whole is not what was read', async () => {
    multipart.completeMultipartUpload.mockRejectedValueOnce(s3.serviceError('BadDigest', 400))
    expect(await failure(transfer('/synthetic/1000.mp4'))).toMatchObject({name: 'StorageError'})
    nothingLeft()
  })

  test('is believed where only its answer was lost', async () => {
    const complete = multipart.completeMultipartUpload.getMockImplementation()!
    multipart.completeMultipartUpload.mockImplementationOnce(async (asked) => {
      await complete(asked)
      throw Object.assign(new Error('socket hang up'), {name: 'TimeoutError', $metadata: {}})
    })
    expect(await transfer('/synthetic/1000.mp4')).toMatchObject({s3Key: 'media/url-1.mp4', size: 1000})
  })

  test('does not stop the transfer by failing to abort', async () => {
    multipart.abortMultipartUpload.mockRejectedValueOnce(s3.serviceError('InternalError', 500))
    expect(await failure(transfer('/short.mp4'))).toMatchObject({name: 'TruncatedBodyError'})
  })
})

describe('the claim', () => {
  test.each([
    ['of another execution', {claimedBy: 'arn:other'}], ['of nobody', {claimedBy: undefined}], ['of another attempt', {correlationId: 'correlation-2'}]
  ])('%s is not touched', async (_what, more) => {
    const {claimedBy, ...rest} = claimed('/synthetic/1000.mp4', more)
    const item = claimedBy === undefined ? rest : {...rest, claimedBy}
    await table.put(item as never)
    expect(await failure(handler(input, context()))).toMatchObject({name: 'ClaimLostError'})
    expect(await record()).toEqual(item)
    nothingLeft()
  })

  test('of a file that is gone is lost', async () => {
    expect(await failure(handler(input, context()))).toMatchObject({name: 'ClaimLostError'})
  })

  test('lost on the way ends the transfer and leaves nothing', async () => {
    multipart.uploadPart.mockImplementationOnce(async () => {
      await table.put(claimed('/synthetic/30000000.mp4', {claimedBy: 'arn:other'}) as never)
      return {ETag: '"1"'}
    })
    expect(await failure(transfer('/synthetic/30000000.mp4'))).toMatchObject({name: 'ClaimLostError'})
    nothingLeft()
    expect(await record()).toEqual(claimed('/synthetic/30000000.mp4', {claimedBy: 'arn:other'}))
  })
})

describe('an invocation that comes again', () => {
  test('after its answer was lost finds the object and fetches nothing', async () => {
    const first = await transfer('/synthetic/1000.mp4')
    const asked = site.requests.length
    expect(await handler(input, context())).toEqual(first)
    expect([site.requests.length, multipart.createMultipartUpload.mock.calls.length]).toEqual([asked, 1])
  })

  test('after it was killed aborts the upload that was left open and begins anew', async () => {
    await multipart.createMultipartUpload({Bucket: 'media-downloader', Key: 'media/url-1.mp4'})
    const [left] = s3.uploads.keys()
    expect(await transfer('/synthetic/1000.mp4', {status: 'Downloading', uploadId: left, s3Key: 'media/url-1.mp4'})).toMatchObject({size: 1000})
    expect(multipart.abortMultipartUpload.mock.calls).toEqual([[{Bucket: 'media-downloader', Key: 'media/url-1.mp4', UploadId: left}]])
    expect(s3.uploads.size).toBe(0)
  })

  test('does not mind an earlier upload that is gone', async () => {
    expect(await transfer('/synthetic/1000.mp4', {uploadId: 'gone', s3Key: 'media/url-1.mp4'})).toMatchObject({size: 1000})
  })

  test('fetches again where the object is of another attempt', async () => {
    s3.objects.set('media/url-1.mp4', {bytes: Buffer.alloc(1000), metadata: {'correlation-id': 'correlation-0'}})
    await transfer('/synthetic/1000.mp4', {s3Key: 'media/url-1.mp4', expectedSize: 1000})
    expect(s3.objects.get('media/url-1.mp4')?.metadata).toEqual({'file-id': fileId, 'correlation-id': 'correlation-1'})
  })
})

describe('the progress', () => {
  test('is on the record at most every two seconds', async () => {
    const seen: number[] = []
    const poll = setInterval(async () => {
      seen.push(bytesDoneOf(await record() as Pick<FileRecord, 'progress'> ?? {}))
    }, 100)
    await transfer('/synthetic/5000000.mp4?rate=1000000').finally(() => clearInterval(poll))
    const steps = [...new Set(seen)].filter((bytes) => bytes > 0 && bytes < 5_000_000)
    expect(steps.length).toBeGreaterThanOrEqual(1)
    expect(steps.length).toBeLessThanOrEqual(3)
    expect(seen).toEqual(seen.toSorted((left, right) => left - right))
  }, 20_000)
})

describe('a source that yt-dlp knows', () => {
  const described = (info: Partial<Info>, more: Partial<MediaDescription> = {}): MediaDescription =>
    ({title: 'One', liveStatus: 'not_live', info: {format_id: '18', ...info} as Info, ...more})
  const onDisk = (size: number): DownloadedMedia & {readonly remove: jest.Mock<() => Promise<void>>} =>
    ({extension: 'mp4', size, body: (async function* () { yield syntheticFile('mp4', size) })(), remove: jest.fn(async () => undefined)})

  test('is streamed where it has a whole file, with the headers that the site wants', async () => {
    const url = site.url('/synthetic/1000.mp4?signed=1')
    describeMedia.mockResolvedValue(described({url, protocol: 'https', http_headers: {Referer: 'https://example.com/', 'User-Agent': 'Mozilla/5.0'}}))
    expect(await transfer('/page', {extractor: 'yt-dlp'})).toEqual({...whole, size: 1000})
    expect(site.requests.at(-1)).toMatchObject({path: '/synthetic/1000.mp4?signed=1', headers: {referer: 'https://example.com/', 'user-agent': 'Mozilla/5.0'}})
    expect(downloadMedia).not.toHaveBeenCalled()
  })

  test('is put together on disk where its tracks are separate, and the disk is cleared', async () => {
    const media = onDisk(9_000_000)
    const description = described({requested_formats: [{format_id: '137', protocol: 'https', url: 'https://x/v', height: 1080}, {format_id: '140', protocol: 'https', url: 'https://x/a'}]})
    describeMedia.mockResolvedValue(description)
    downloadMedia.mockResolvedValue(media)
    expect(await transfer('/page', {extractor: 'yt-dlp'})).toEqual({...whole, size: 9_000_000})
    expect(downloadMedia.mock.calls[0]?.slice(0, 2)).toEqual([description, {kind: 'download', formatId: '137+140'}])
    expect(downloadMedia.mock.calls[0]?.[2]).toMatchObject({maxBytes: 40_000_000, permits: expect.any(Function), signal: expect.any(AbortSignal)})
    expect(media.remove).toHaveBeenCalledTimes(1)
  })

  test('clears the disk where S3 does not take it', async () => {
    const media = onDisk(1000)
    describeMedia.mockResolvedValue(described({url: 'https://x/m.m3u8', protocol: 'm3u8_native'}))
    downloadMedia.mockResolvedValue(media)
    multipart.uploadPart.mockRejectedValueOnce(s3.serviceError('InternalError', 500))
    expect(await failure(transfer('/page', {extractor: 'yt-dlp'}))).toMatchObject({name: 'StorageError'})
    expect(media.remove).toHaveBeenCalledTimes(1)
    nothingLeft()
  })

  test('is fetched by yt-dlp itself where the site gives the stream to nobody else', async () => {
    describeMedia.mockResolvedValue(described({url: site.url('/status/403/a.mp4'), protocol: 'https'}))
    downloadMedia.mockResolvedValue(onDisk(1000))
    expect(await transfer('/page', {extractor: 'yt-dlp'})).toMatchObject({size: 1000})
    expect(downloadMedia.mock.calls[0]?.[1]).toEqual({kind: 'download', formatId: '18'})
  })

  test('is refused where it announces more than the limit', async () => {
    describeMedia.mockResolvedValue(described({url: 'https://x/m.m3u8', protocol: 'm3u8_native', filesize_approx: 40_000_001}))
    expect(await failure(transfer('/page', {extractor: 'yt-dlp'}))).toMatchObject({name: 'FileTooLargeError'})
  })

  test.each([['is_live', undefined], ['post_live', undefined], ['is_upcoming', 1_900_000_000]] as const)('waits while it is %s', async (liveStatus, releasedAt) => {
    describeMedia.mockResolvedValue(described({}, {liveStatus, ...(releasedAt !== undefined && {releasedAt})}))
    expect(await failure(transfer('/page', {extractor: 'yt-dlp'}))).toMatchObject({name: 'NotYetAvailableError'})
    const {availableAt} = await record() as {availableAt: string}
    expect(availableAt > new Date().toISOString()).toBe(true)
  })

  test.each(['NeedsCookiesError', 'GeoBlockedError', 'YtDlpNotFoundError'] as const)('fails as yt-dlp says: %s', async (name) => {
    describeMedia.mockRejectedValue(new NamedError(name, 'no'))
    expect(await failure(transfer('/page', {extractor: 'yt-dlp'}))).toMatchObject({name})
    nothingLeft()
  })
})

describe('a source that could not be asked when it was requested', () => {
  test('is looked at now', async () => {
    expect(await transfer('/synthetic/1000.mp4', {extractor: undefined})).toMatchObject({s3Key: 'media/url-1.mp4', size: 1000})
  })
})
