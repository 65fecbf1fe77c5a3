import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test} from '@jest/globals'
import type {PutEventsRequest, PutEventsResponse} from '@aws-sdk/client-eventbridge'
import {context} from '../../../../test/helpers/context'
import {envelopeOf} from '../../../../test/helpers/envelope'
import {freezeDate} from '../../../../test/helpers/frozen-date'
import {type MediaSite, startMediaSite} from '../../../../test/helpers/media-site'
import {startTable} from '../../../../test/helpers/table'
import type {YtDlpOptions} from '../../../lib/vendor/YtDlp'
import type {Info, MediaDescription} from '../../../lib/vendor/yt-dlp/description'
import {type ErrorName, NamedError} from '../../../util/errors'
import {fileKey, hostKey} from '../../../util/keys'

const putEvents = jest.fn<(input: PutEventsRequest) => Promise<PutEventsResponse>>()
const describeMedia = jest.fn<(url: URL, options?: YtDlpOptions) => Promise<MediaDescription>>()
jest.unstable_mockModule('../../../lib/vendor/AWS/EventBridge', () => ({putEvents}))
jest.unstable_mockModule('../../../lib/vendor/YtDlp', () => ({describeMedia, downloadMedia: jest.fn()}))

const table = await startTable()
Object.assign(process.env, {EVENT_BUS_NAME: 'MediaDownloaderEvents', ALLOW_PRIVATE_SOURCES: 'true', MAX_FILE_BYTES: '40000000', HOST_CONCURRENCY: '2', HOST_RATE_PER_SECOND: '1000', POWERTOOLS_LOG_LEVEL: 'CRITICAL'})
const {handler} = await import('../src')

let site: MediaSite
const now = '2025-11-23T10:00:05.000Z'
const fileId = 'url-1'
const correlationId = 'correlation-1'

const requested = (sourceUrl: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...fileKey(fileId), fileId, sourceUrl, status: 'Requested', correlationId, requestedAt: '2025-11-23T10:00:00.000Z',
  availableAt: '2025-11-23T10:00:00.000Z', updatedAt: '2025-11-23T10:00:00.000Z', ...more
})
const eventFor = (sourceUrl: string, more: Record<string, unknown> = {}): unknown =>
  envelopeOf('FileRequested', {fileId, correlationId, sourceUrl, userId: 'ann', requestedAt: '2025-11-23T10:00:00.000Z', ...more})
const start = async (sourceUrl: string, more: Record<string, unknown> = {}): Promise<void> => {
  await table.put(requested(sourceUrl, more) as never)
  await handler(eventFor(sourceUrl), context)
}
const record = (): Promise<unknown> => table.get(fileKey(fileId))
const published = (): unknown[] => putEvents.mock.calls.flatMap(([{Entries = []}]) => Entries.map(({DetailType, Detail}) => [DetailType, JSON.parse(Detail ?? '')]))
const described = (info: Partial<Info> = {}, more: Partial<MediaDescription> = {}): MediaDescription =>
  ({title: 'One', liveStatus: 'not_live', info: {format_id: '18', url: 'https://x/one.mp4', protocol: 'https', ext: 'mp4', ...info}, ...more})

beforeAll(async () => { site = await startMediaSite() })
beforeEach(() => {
  freezeDate(now)
  putEvents.mockReset().mockResolvedValue({FailedEntryCount: 0, Entries: [{EventId: 'event-1'}]})
  describeMedia.mockReset().mockRejectedValue(new Error('not to be asked'))
})
afterEach(async () => {
  jest.useRealTimers()
  await table.clear()
})
afterAll(async () => {
  await table.stop()
  await site.close()
})

describe('a direct media URL', () => {
  test('is ready by its headers and first bytes', async () => {
    const url = site.url('/synthetic/3000000.mp4')
    await start(url)
    const known = {title: '3000000', contentType: 'video/mp4', size: 3_000_000, availableAt: now}
    expect(await record()).toEqual({...requested(url), status: 'MetadataReady', extractor: 'direct', updatedAt: now, ...known})
    expect(published()).toEqual([['FileMetadataReady', {fileId, correlationId, sourceUrl: url, ...known}]])
  })

  test('is asked for once and not read to its end', async () => {
    const before = site.requests.length
    await start(site.url('/synthetic/30000000.mp4'))
    expect(site.requests.slice(before)).toEqual([{method: 'GET', path: '/synthetic/30000000.mp4', headers: expect.objectContaining({range: 'bytes=0-'})}])
  })

  test('may announce no size', async () => {
    const url = site.url('/synthetic/3000000.mp3?chunked=1')
    await start(url)
    expect(published()).toEqual([['FileMetadataReady', {fileId, correlationId, sourceUrl: url, title: '3000000', contentType: 'audio/mpeg', availableAt: now}]])
  })
})

describe('a host', () => {
  const url = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'
  const host = {leases: {}, waiting: {}, strikes: 0, opened: 0, version: 1}

  test('that is left alone just now is asked by the workflow, later', async () => {
    const openUntil = '2025-11-23T10:10:00.000Z'
    await table.put({...hostKey('youtube'), ...host, openUntil})
    await start(url, {requestedBy: 'ann'})
    expect(await record()).toMatchObject({status: 'Scheduled', availableAt: expect.stringMatching(/^2025-11-23T10:10:0[0-5]/)})
    expect(describeMedia.mock.calls).toEqual([])
  })

  test('has one connection for the look, in the name of the user who asked', async () => {
    let during: unknown
    describeMedia.mockImplementation(async () => {
      during = await table.get(hostKey('youtube'))
      return described()
    })
    await start(url, {requestedBy: 'ann'})
    expect(during).toMatchObject({leases: {[fileId]: {user: 'ann', until: expect.any(String)}}})
    expect(await table.get(hostKey('youtube'))).toMatchObject({leases: {}})
  })

  test('that wants fewer requests is remembered', async () => {
    describeMedia.mockRejectedValue(new NamedError('RateLimitedError', 'Too many.', {availableAt: '2025-11-23T11:00:00.000Z'}))
    await start(url)
    expect(await table.get(hostKey('youtube'))).toMatchObject({openUntil: '2025-11-23T11:00:00.000Z', leases: {}})
  })
})

describe('a preset', () => {
  const url = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'

  test('is what yt-dlp is asked for, and what it chose is recorded for the transfer', async () => {
    describeMedia.mockResolvedValue(described({format_id: '140', ext: 'm4a', vcodec: 'none', filesize: 1000}))
    await start(url, {preset: 'audio'})
    expect(describeMedia.mock.calls).toEqual([[new URL(url), expect.objectContaining({preset: 'audio'})]])
    expect(await record()).toMatchObject({preset: 'audio', formatId: '140', contentType: 'audio/mp4', size: 1000})
  })

  test('announces no size of what ffmpeg makes, but refuses what is too large before', async () => {
    describeMedia.mockResolvedValue(described({format_id: '251', ext: 'webm', vcodec: 'none', filesize: 1000}))
    await start(url, {preset: 'audio-mp3'})
    expect(await record()).toMatchObject({formatId: '251', contentType: 'audio/mpeg'})
    expect(await record()).not.toHaveProperty('size')
    describeMedia.mockResolvedValue(described({format_id: '251', ext: 'webm', vcodec: 'none', filesize: 40_000_001}))
    await start(url, {preset: 'audio-mp3'})
    expect(await record()).toMatchObject({status: 'Failed', error: {code: 'FileTooLargeError'}})
  })
})

describe('a URL that yt-dlp knows', () => {
  const whole = described({filesize: 1000}, {description: 'About one', authorName: 'Ann', authorUser: '@ann', publishedAt: 1_700_000_000})

  test('is ready as the site describes it', async () => {
    describeMedia.mockResolvedValue(whole)
    await start('https://www.youtube.com/watch?v=dQw4w9WgXcQ')
    const known = {
      title: 'One', description: 'About one', authorName: 'Ann', authorUser: '@ann', publishDate: '2023-11-14T22:13:20.000Z', contentType: 'video/mp4', size: 1000, availableAt: now
    }
    expect(await record()).toMatchObject({status: 'MetadataReady', extractor: 'yt-dlp', ...known})
    expect(published()).toEqual([['FileMetadataReady', {fileId, correlationId, sourceUrl: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ', ...known}]])
  })

  test.each(['/page', '/hls/master.m3u8', '/html.mp4'])('is found behind a page or a playlist: %s', async (path) => {
    describeMedia.mockResolvedValue(whole)
    await start(site.url(path))
    expect(await record()).toMatchObject({status: 'MetadataReady', extractor: 'yt-dlp'})
    expect(describeMedia.mock.calls[0]?.[0].href).toBe(site.url(path))
  })

  test('is asked of yt-dlp where the site refuses strangers its page', async () => {
    describeMedia.mockResolvedValue(whole)
    await start(site.url('/status/403/watch'))
    expect(await record()).toMatchObject({status: 'MetadataReady', extractor: 'yt-dlp'})
  })

  test('keeps within the limits of the contract', async () => {
    describeMedia.mockResolvedValue(described({}, {title: 'x'.repeat(2000), description: '😀'.repeat(6000), authorName: 'y'.repeat(1000)}))
    await start(site.url('/page'))
    const [[, detail]] = published() as [[string, {title: string, description: string, authorName: string}]]
    expect([detail.title.length, [...detail.description].length, detail.authorName.length]).toEqual([1024, 5000, 512])
  })

  test('that is upcoming is scheduled moments after its release', async () => {
    describeMedia.mockResolvedValue(described({}, {liveStatus: 'is_upcoming', releasedAt: Date.parse('2025-11-24T18:00:00Z') / 1000}))
    await start(site.url('/page'))
    expect(await record()).toMatchObject({status: 'Scheduled', availableAt: '2025-11-24T18:00:15.000Z', title: 'One', extractor: 'yt-dlp'})
    expect(published()).toEqual([['FileMetadataReady', expect.objectContaining({availableAt: '2025-11-24T18:00:15.000Z'})]])
  })

  test.each(['is_live', 'post_live'] as const)('that %s is looked at again later', async (liveStatus) => {
    describeMedia.mockResolvedValue(described({}, {liveStatus}))
    await start(site.url('/page'))
    expect(await record()).toMatchObject({status: 'Scheduled', availableAt: '2025-11-23T10:15:05.000Z'})
  })
})

describe('a source that says later', () => {
  test('is scheduled for then, and not asked before', async () => {
    await start(site.url('/status/429/a.mp4?retry-after=3600'))
    expect(await record()).toMatchObject({status: 'Scheduled', title: 'a', availableAt: '2025-11-23T11:00:05.000Z'})
    expect(published()).toEqual([['FileMetadataReady', expect.objectContaining({title: 'a', availableAt: '2025-11-23T11:00:05.000Z'})]])
  })
})

describe('a source that will not come', () => {
  const failed = (code: string, message: unknown = expect.stringMatching(/.{20,}/)): Record<string, unknown> => ({code, message, retryable: false})

  test.each([
    ['/status/404/a.mp4', 'SourceNotFoundError'], ['/status/403/a.mp4', 'SourceForbiddenError'], ['/empty.mp4', 'EmptyBodyError'], ['/text.txt', 'UnsupportedSourceError'],
    ['/synthetic/40000001.mp4', 'FileTooLargeError'], ['/redirect-loop.mp4', 'TooManyRedirectsError'], ['/redirect?to=http://169.254.169.254/', 'PrivateAddressError'],
    ['/redirect?to=file:///etc/passwd', 'UnsupportedSchemeError'], ['/gzip.mp4', 'UnsupportedSourceError']
  ])('fails at once: %s is a %s', async (path, code) => {
    const url = site.url(path)
    await start(url)
    expect(await record()).toEqual({...requested(url), status: 'Failed', error: failed(code), updatedAt: now})
    const {error} = await record() as {error: {message: string}}
    expect(published()).toEqual([['FileDownloadFailed', {
      fileId, correlationId, sourceUrl: url, errorCode: code, errorMessage: error.message, retryable: false, failedAt: now
    }]])
  })

  test.each<[string, ErrorName, string]>([
    ['/html.mp4', 'UnsupportedSourceError', 'HtmlInsteadOfMediaError'], ['/html.mp4', 'YtDlpNotFoundError', 'HtmlInsteadOfMediaError'],
    ['/page', 'UnsupportedSourceError', 'UnsupportedSourceError'], ['/page', 'YtDlpNotFoundError', 'YtDlpNotFoundError'], ['/page', 'NeedsCookiesError', 'NeedsCookiesError'],
    ['/status/403/watch', 'YtDlpNotFoundError', 'SourceForbiddenError'], ['/status/403/watch', 'GeoBlockedError', 'GeoBlockedError']
  ])('fails at once: %s, of which yt-dlp says %s, is a %s', async (path, said, code) => {
    describeMedia.mockRejectedValue(new NamedError(said, 'Expected something else, as yt-dlp says.'))
    await start(site.url(path))
    expect(await record()).toMatchObject({status: 'Failed', error: failed(code)})
  })

  test('fails where the page offers nothing, or too much', async () => {
    describeMedia.mockResolvedValue(described({url: undefined}))
    await start(site.url('/page'))
    expect(await record()).toMatchObject({error: failed('MediaUnavailableError')})
    describeMedia.mockResolvedValue(described({filesize: 40_000_001}))
    await start(site.url('/page'))
    expect(await record()).toMatchObject({error: failed('FileTooLargeError')})
  })

  test('is not asked for at a private address', async () => {
    process.env.ALLOW_PRIVATE_SOURCES = 'false'
    await start(site.url('/synthetic/100.mp4'))
    process.env.ALLOW_PRIVATE_SOURCES = 'true'
    expect(await record()).toMatchObject({status: 'Failed', error: failed('PrivateAddressError')})
  })
})

describe('a source in trouble', () => {
  test('is tried three times and then fails with the advice to ask again', async () => {
    const url = site.url('/status/503/a.mp4')
    await expect(start(url)).rejects.toMatchObject({name: 'TransientSourceError'})
    expect(await record()).toEqual({...requested(url), metadataAttempts: 1, updatedAt: now})
    await expect(handler(eventFor(url), context)).rejects.toMatchObject({name: 'TransientSourceError'})
    expect(published()).toEqual([])
    await handler(eventFor(url), context)
    expect(await record()).toMatchObject({status: 'Failed', metadataAttempts: 3, error: {code: 'TransientSourceError', retryable: true}})
    expect(published()).toEqual([['FileDownloadFailed', expect.objectContaining({errorCode: 'TransientSourceError', retryable: true})]])
  })

  test('is left alone 10 s before Lambda would kill the invocation', async () => {
    const url = site.url('/stall.mp4?at=0')
    await table.put(requested(url) as never)
    await expect(handler(eventFor(url), {...context, getRemainingTimeInMillis: () => 10_100})).rejects.toMatchObject({
      name: 'TransientSourceError', message: 'Expected the source to say what it has within two minutes; it did not.'
    })
  })

  test('ends honestly also where the trouble is ours', async () => {
    describeMedia.mockRejectedValue(new TypeError('undefined is not a function'))
    await expect(start(site.url('/page'), {metadataAttempts: 1})).rejects.toThrow('undefined is not a function')
    await handler(eventFor(site.url('/page')), context)
    expect(await record()).toMatchObject({status: 'Failed', error: {code: 'TypeError', message: 'The file could not be looked at: TypeError. Ask again later.', retryable: true}})
  })
})

describe('a duplicate', () => {
  test('of what is ready publishes the same again and asks nobody', async () => {
    const url = site.url('/synthetic/3000000.mp4')
    await start(url)
    const before = site.requests.length
    await handler(eventFor(url), context)
    const [first, second] = published()
    expect([second, site.requests.length]).toEqual([first, before])
  })

  test('of what failed here publishes the same again', async () => {
    const url = site.url('/status/404/a.mp4')
    await start(url)
    jest.useRealTimers()
    await handler(eventFor(url), context)
    const [first, second] = published()
    expect(second).toEqual(first)
  })

  test('after a publish that failed publishes', async () => {
    const url = site.url('/synthetic/3000000.mp4')
    putEvents.mockResolvedValueOnce({FailedEntryCount: 1, Entries: [{ErrorCode: 'NotAuthorizedForSourceException'}]})
    await expect(start(url)).rejects.toMatchObject({name: 'EventPublishError'})
    expect(await record()).toMatchObject({status: 'MetadataReady'})
    putEvents.mockClear()
    await handler(eventFor(url), context)
    expect(published()).toHaveLength(1)
  })

  test('whose write was done already, and said so to nobody, publishes what the record says', async () => {
    const url = site.url('/page')
    describeMedia.mockImplementation(async () => {
      await table.put(requested(url, {status: 'MetadataReady', title: 'One'}) as never)
      return described()
    })
    await start(url)
    expect(published()).toEqual([['FileMetadataReady', expect.objectContaining({fileId, correlationId, title: 'One'})]])
  })

  test.each([
    ['is of an attempt that has passed', {correlationId: 'correlation-2'}], ['is under way', {status: 'Downloading', claimedBy: 'arn:one'}], ['is done', {status: 'Downloaded'}],
    ['was cancelled', {status: 'Failed', error: {code: 'CancelledError', message: 'Cancelled.', retryable: true}}],
    ['is claimed', {status: 'MetadataReady', title: 'One', claimedBy: 'arn:one'}], ['failed in its workflow', {status: 'Failed', title: 'One', error: {code: 'X', message: 'Y', retryable: true}}]
  ])('of what %s changes and publishes nothing', async (_what, more) => {
    const url = site.url('/synthetic/3000000.mp4')
    await start(url, more)
    expect([await record(), published()]).toEqual([requested(url, more), []])
  })

  test('of what failed and does not say why is told as what may pass', async () => {
    const url = site.url('/synthetic/3000000.mp4')
    await start(url, {status: 'Failed'})
    expect(published()).toEqual([['FileDownloadFailed', {
      fileId, correlationId, sourceUrl: url, errorCode: 'TransientSourceError', errorMessage: 'The file could not be looked at.', retryable: true,
      failedAt: requested(url).updatedAt
    }]])
  })

  test('of a file that nobody knows any more does nothing', async () => {
    await handler(eventFor('https://example.com/a.mp4'), context)
    expect([await table.all(), published()]).toEqual([[], []])
  })

  test('at the same time changes the record once', async () => {
    const url = site.url('/synthetic/3000000.mp4')
    await table.put(requested(url) as never)
    await Promise.all([handler(eventFor(url), context), handler(eventFor(url), context)])
    expect(await record()).toMatchObject({status: 'MetadataReady'})
    expect(new Set(published().map((event) => JSON.stringify(event))).size).toBe(1)
  })
})

describe('an event that is none', () => {
  test.each([
    ['another detail-type', envelopeOf('FileDownloadCompleted', {}), 'UnknownEventError'], ['a detail that does not fit', eventFor('https://example.com/', {userId: 7}), 'InvalidEventError'],
    ['no event', 'hello', 'InvalidEventError']
  ])('is refused: %s', async (_what, event, name) => {
    await expect(handler(event, context)).rejects.toMatchObject({name})
  })
})
