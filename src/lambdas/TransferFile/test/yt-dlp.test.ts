import {describe, expect, jest, test} from '@jest/globals'
import {syntheticFile} from '../../../../test/helpers/media/synthetic'
import type {DownloadedMedia} from '../../../lib/yt-dlp/YtDlp'
import type {MediaDescription} from '../../../lib/yt-dlp/description'
import type {Info} from '../../../lib/yt-dlp/typed'
import {NamedError} from '../../../util/errors'
import {describeMedia, downloadMedia, failure, multipart, nothingLeft, record, s3, site, transfer, whole} from './fixture'

describe('a source that yt-dlp knows', () => {
  const described = (info: Partial<Info>, more: Partial<MediaDescription> = {}): MediaDescription =>
    ({title: 'One', liveStatus: 'not_live', info: {format_id: '18', ...info}, ...more})
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

  test('is called sound if it has no picture, and its record says what it is without', async () => {
    describeMedia.mockResolvedValue(described({url: 'https://x/m.m3u8', protocol: 'm3u8_native'}))
    downloadMedia.mockResolvedValue({...onDisk(1000), isSound: true, missing: 'picture'})
    expect(await transfer('/page', {extractor: 'yt-dlp', contentType: 'video/mp4'})).toMatchObject({s3Key: 'media/url-1.m4a', contentType: 'audio/mp4'})
    expect(await record()).toMatchObject({contentType: 'audio/mp4', missing: 'picture'})
  })

  test('has what it is without forgotten by the next attempt', async () => {
    describeMedia.mockResolvedValue(described({url: 'https://x/m.m3u8', protocol: 'm3u8_native'}))
    downloadMedia.mockResolvedValue(onDisk(1000))
    await transfer('/page', {extractor: 'yt-dlp', missing: 'sound'})
    expect(await record()).not.toHaveProperty('missing')
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

  test('is fetched by yt-dlp itself where the site gives the stream to no one else', async () => {
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
