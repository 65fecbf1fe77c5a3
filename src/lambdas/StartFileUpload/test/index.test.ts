import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {describe, expect, test} from '@jest/globals'
import {context} from '../../../../test/helpers/context'
import {envelopeOf} from '../../../../test/helpers/envelope'
import {NamedError} from '../../../util/errors'
import {hostKey} from '../../../util/files/keys'
import {correlationId, described, describeMedia, eventFor, fileId, handler, now, published, record, requested, site, start, table} from './fixture'

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
    expect(site.requests.slice(before)).toMatchObject([{method: 'GET', path: '/synthetic/30000000.mp4', headers: {range: 'bytes=0-4095'}, sent: 4096}])
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

describe('a page that sets a cookie', () => {
  test('is shown to yt-dlp with it, and the cookie is in no record and no event', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, {'content-type': 'text/html', 'set-cookie': 'ticket=abc'}).end('<!doctype html><p>A film.')
    })
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', () => resolve()) })
    describeMedia.mockResolvedValue(described({format_id: '22', ext: 'mp4', filesize: 1000}))
    await start(`http://127.0.0.1:${(server.address() as AddressInfo).port}/page`)
    server.close()
    expect(describeMedia.mock.calls).toEqual([[expect.any(URL), expect.objectContaining({cookies: '127.0.0.1\tFALSE\t/\tFALSE\t0\tticket\tabc\n'})]])
    expect(JSON.stringify([await record(), published()])).not.toContain('ticket')
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

  test.each(['/page', '/hls/master.m3u8', '/html.mp4', '/text.txt'])('is found behind a page, a playlist or a feed: %s', async (path) => {
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

describe('an event that is none', () => {
  test.each([
    ['another detail-type', envelopeOf('FileDownloadCompleted', {}), 'UnknownEventError'], ['a detail that does not fit', eventFor('https://example.com/', {userId: 7}), 'InvalidEventError'],
    ['no event', 'hello', 'InvalidEventError']
  ])('is refused: %s', async (_what, event, name) => {
    await expect(handler(event, context)).rejects.toMatchObject({name})
  })
})
