import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import type {LiveStatus, MediaDescription} from '../../../lib/yt-dlp/description'
import type {Info} from '../../../lib/yt-dlp/typed'
import type {PlaylistLook} from '../../../types/domain'
import {settled, type SettledDescription} from '../settled-playlist'

const now = Date.parse('2026-11-24T10:00:00.000Z')
const ago = (seconds: number): string => new Date(now - seconds * 1000).toISOString()
const text = '#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6.0,\na.ts\n'
const url = 'https://example.com/a.m3u8'

const described = (playlists: readonly string[], info: Partial<Info> = {}, liveStatus: LiveStatus = 'is_live'): MediaDescription => ({
  liveStatus, ...(playlists.length > 0 && {playlists}), info: {format_id: '0', extractor_key: 'Generic', protocol: 'm3u8_native', url, ...info}
})

const lookAt = async (playlist: string, seen?: PlaylistLook): Promise<Partial<SettledDescription>> => {
  const {liveStatus, playlist: look, tellsAt} = await settled(described([playlist]), {playlist: seen}, now)
  return {liveStatus, playlist: look, tellsAt}
}

const {digest = ''} = (await lookAt(text)).playlist ?? {}

describe('A playlist without an end', () => {
  test('is looked at again after thrice its target duration', async () => {
    expect(await lookAt(text)).toEqual({liveStatus: 'is_live', playlist: {digest: expect.any(String), at: ago(0)}, tellsAt: ago(-18)})
  })

  test('that is still the same then is a recording, for yt-dlp too', async () => {
    const {liveStatus, info, playlist, tellsAt} = await settled(described([text]), {playlist: {digest, at: ago(18)}}, now)
    expect({liveStatus, playlist, tellsAt, isLive: info.is_live, status: info.live_status})
      .toEqual({liveStatus: 'not_live', playlist: undefined, tellsAt: undefined, isLive: false, status: 'not_live'})
  })

  test('that is looked at too early is looked at once more', async () => {
    expect(await lookAt(text, {digest, at: ago(5)})).toEqual({liveStatus: 'is_live', playlist: {digest, at: ago(5)}, tellsAt: ago(-13)})
  })

  test('that has changed is live, and compared with what it is now', async () => {
    expect(await lookAt(text, {digest: 'other', at: ago(18)})).toEqual({liveStatus: 'is_live', playlist: {digest, at: ago(0)}, tellsAt: undefined})
  })

  test('that has no segments yet is live', async () => {
    expect(await lookAt('#EXTM3U\n', {digest, at: ago(1000)})).toEqual({liveStatus: 'is_live', playlist: undefined, tellsAt: undefined})
  })

  test('whose type is VOD is a recording at once', async () => {
    expect(await lookAt(`${text}#EXT-X-PLAYLIST-TYPE:VOD\n`)).toMatchObject({liveStatus: 'not_live'})
  })

  test('is noticed though an old yt-dlp does not', async () => {
    expect(await settled(described([text], {}, 'not_live'), {}, now)).toMatchObject({liveStatus: 'is_live', tellsAt: ago(-18)})
  })
})

describe('Left as yt-dlp says it is', () => {
  test.each<[string, MediaDescription]>([
    ['what another extractor knows', described([text], {extractor_key: 'Youtube'})],
    ['a recording whose length yt-dlp knows', described([text], {duration: 6}, 'not_live')],
    ['what is no HLS', described([text], {protocol: 'http_dash_segments'})],
    ['a premiere', described([text], {}, 'is_upcoming')],
    ['what is read as something else', described(['<html>'])]
  ])('%s', async (_what, description) => {
    expect(await settled(description, {}, now)).toBe(description)
  })
})

describe('A playlist that yt-dlp did not read', () => {
  let server: Server
  let asked: string[] = []
  const at = (path: string): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
  const answers: Readonly<Record<string, string>> = {'/a.m3u8': text, '/master.m3u8': '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8\n'}

  beforeAll(() => {
    process.env.ALLOW_PRIVATE_SOURCES = 'true'
    server = createServer(({url: path = ''}, response) => {
      asked.push(path)
      response.writeHead(answers[path] === undefined ? 503 : 200).end(answers[path])
    })
    return new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  })
  afterAll(() => {
    delete process.env.ALLOW_PRIVATE_SOURCES
    server.close()
  })

  test.each([['itself', '/a.m3u8', ['/a.m3u8']], ['by its first variant', '/master.m3u8', ['/master.m3u8', '/a.m3u8']]])('is fetched %s', async (_what, path, requests) => {
    asked = []
    expect(await settled(described([], {url: at(path)}), {playlist: {digest, at: ago(18)}}, now)).toMatchObject({liveStatus: 'not_live'})
    expect(asked).toEqual(requests)
  })

  test('and is refused, is what yt-dlp says', async () => {
    const description = described([], {url: at('/none.m3u8')})
    expect(await settled(description, {}, now)).toBe(description)
  })
})
