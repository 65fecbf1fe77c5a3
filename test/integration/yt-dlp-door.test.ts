import {execFile} from 'node:child_process'
import {copyFile, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {type MediaSite, startMediaSite} from '../helpers/media-site'
import {describeMedia, type DownloadedMedia, downloadMedia} from '../../src/lib/yt-dlp/YtDlp'
import {chooseMedia, type MediaChoice} from '../../src/lib/yt-dlp/choice'

const run = promisify(execFile)
const clip = 'local/cli/demo/harbour.mp4'
const options = {permits: (address: string): boolean => address === '127.0.0.1', maxBytes: 10_000_000}

let site: MediaSite
let elsewhere: MediaSite
let folder: string

const ffmpeg = (...args: string[]): Promise<unknown> => run('ffmpeg', ['-loglevel', 'error', '-i', clip, ...args], {cwd: process.cwd()})

const download = async (path: string): Promise<{choice: MediaChoice, media: DownloadedMedia, bytes: Buffer}> => {
  const description = await describeMedia(new URL(site.url(path)), options)
  const choice = chooseMedia(description.info)
  const media = await downloadMedia(description, choice, options)
  const chunks: Buffer[] = []
  for await (const chunk of media.body) {
    chunks.push(chunk)
  }
  await media.remove()
  return {choice, media, bytes: Buffer.concat(chunks)}
}

const streamsOf = async (bytes: Buffer): Promise<string[]> => {
  const path = join(folder, 'probe.mp4')
  await writeFile(path, bytes)
  const {stdout} = await run('ffprobe', ['-loglevel', 'error', '-show_entries', 'stream=codec_type', '-of', 'json', path])
  return (JSON.parse(stdout) as {streams: Array<{codec_type: string}>}).streams.map((stream) => stream.codec_type).sort()
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-site-'))
  await Promise.all([
    ffmpeg('-codec', 'copy', '-hls_time', '1', '-hls_list_size', '0', join(folder, 'hls.m3u8')),
    ffmpeg('-codec', 'copy', '-f', 'dash', '-seg_duration', '2', join(folder, 'dash.mpd')),
    copyFile(clip, join(folder, 'clip.mp4')),
    writeFile(join(folder, 'video.html'), '<!DOCTYPE html><html><head><title>The harbour</title></head><body><video src="clip.mp4"></video></body></html>'),
    writeFile(join(folder, 'words.html'), '<!DOCTYPE html><html><head><title>Words</title></head><body>Nothing to see.</body></html>')
  ])
  elsewhere = await startMediaSite({folder, host: '127.0.0.2'})
  site = await startMediaSite({folder})
  const segment = 'hls0.ts'
  const playlist = (url: string): string => `#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:8\n#EXTINF:8,\n${segment}\n#EXTINF:8,\n${url}\n#EXT-X-ENDLIST\n`
  await writeFile(join(folder, 'private.m3u8'), playlist(elsewhere.url('/files/hls0.ts')))
  await writeFile(join(folder, 'redirected.m3u8'), playlist(site.url(`/redirect?to=${encodeURIComponent(elsewhere.url('/files/hls0.ts'))}`)))
  await writeFile(join(folder, 'incomplete.m3u8'), playlist('missing.ts'))
  const first = (tag: string): string => playlist(segment).replace('#EXTINF', `${tag}\n#EXTINF`)
  await writeFile(join(folder, 'key.m3u8'), first(`#EXT-X-KEY:METHOD=AES-128,URI="${elsewhere.url('/files/key.bin')}"`))
  await writeFile(join(folder, 'init.m3u8'), first(`#EXT-X-MAP:URI="${elsewhere.url('/files/init.mp4')}"`))
  await writeFile(join(folder, 'variant.m3u8'), `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=200000,RESOLUTION=320x180\n${elsewhere.url('/files/hls.m3u8')}\n`)
  const mpd = await readFile(join(folder, 'dash.mpd'), 'utf8')
  await writeFile(join(folder, 'base.mpd'), mpd.replace(/<Period/, `<BaseURL>${elsewhere.url('/files/')}</BaseURL><Period`))
  await writeFile(join(folder, 'private.html'), `<!DOCTYPE html><html><head><title>x</title></head><body><video src="${elsewhere.url('/files/clip.mp4')}"></video></body></html>`)
}, 60_000)

afterAll(async () => {
  await site?.close()
  await elsewhere?.close()
  await rm(folder, {recursive: true, force: true})
})

describe('The real yt-dlp', () => {
  it.each([['an HLS playlist', 'hls.m3u8'], ['separate tracks', 'dash.mpd']])('makes one MP4 of %s, with its index at the front', async (_what, name) => {
    const {choice, media, bytes} = await download(`/files/${name}`)
    expect([choice.kind, media.extension, media.size]).toEqual(['download', 'mp4', bytes.length])
    expect(await streamsOf(bytes)).toEqual(['audio', 'video'])
    expect(bytes.indexOf('moov')).toBeGreaterThan(0)
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'))
  }, 60_000)

  it('finds the video of a page, which can be streamed', async () => {
    const {info, title} = await describeMedia(new URL(site.url('/files/video.html')), options)
    expect([title, chooseMedia(info)]).toEqual([expect.stringContaining('The harbour'), expect.objectContaining({kind: 'stream', url: site.url('/files/clip.mp4')})])
  }, 60_000)

  it('finds nothing in a page without', async () => {
    await expect(describeMedia(new URL(site.url('/files/words.html')), options)).rejects.toMatchObject({name: 'UnsupportedSourceError'})
  }, 60_000)

  it.each([
    ['/status/404/watch', 'MediaUnavailableError'], ['/status/403/watch', 'SourceForbiddenError'], ['/status/429/watch', 'RateLimitedError'], ['/status/503/watch', 'TransientSourceError']
  ])('is named as the site answers: %s', async (path, name) => {
    await expect(describeMedia(new URL(site.url(path)), options)).rejects.toMatchObject({name})
  }, 60_000)

  it.each([
    ['by a segment', 'private.m3u8'], ['by a segment that redirects', 'redirected.m3u8'], ['by a key', 'key.m3u8'], ['by an init section', 'init.m3u8'],
    ['by a variant', 'variant.m3u8'], ['by a base URL', 'base.mpd'], ['by the media of a page', 'private.html']
  ])('does not reach a private address %s', async (_what, name) => {
    await expect(download(`/files/${name}`)).rejects.toMatchObject({name: 'PrivateAddressError'})
    expect(elsewhere.requests).toEqual([])
  }, 60_000)

  it('does not reach a private address by a redirect, nor by a name for itself', async () => {
    await expect(describeMedia(new URL(site.url(`/redirect?to=${encodeURIComponent(elsewhere.url('/files/hls.m3u8'))}`)), options)).rejects.toMatchObject({name: 'PrivateAddressError'})
    await expect(describeMedia(new URL(`http://localhost:${elsewhere.port}/files/hls.m3u8`), {...options, resolve: async () => [{address: '127.0.0.2', family: 4}]}))
      .rejects.toMatchObject({name: 'PrivateAddressError'})
    expect(elsewhere.requests).toEqual([])
  }, 60_000)

  it('takes no playlist with a hole for the whole', async () => {
    await expect(download('/files/incomplete.m3u8')).rejects.toMatchObject({name: 'MediaUnavailableError', message: expect.stringContaining('a piece of it is missing')})
  }, 180_000)

  it('says that an unknown host is unknown', async () => {
    const resolve = async (): Promise<never> => { throw Object.assign(new Error('ENOTFOUND'), {code: 'ENOTFOUND'}) }
    await expect(describeMedia(new URL('http://nowhere.example/watch'), {...options, resolve})).rejects.toMatchObject({name: 'UnknownHostError'})
  }, 60_000)
})
