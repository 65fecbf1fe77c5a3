import {execFile} from 'node:child_process'
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import type {FileView, Preset} from '../../src/types/domain'
import {type Accepted, call, settledFile} from '../helpers/api'
import {type MediaSite, startMediaSite} from '../helpers/media-site'
import {startSystem, type System} from '../helpers/system'

const run = promisify(execFile)

interface Probed {
  readonly format: {readonly format_name: string}
  readonly streams: ReadonlyArray<{readonly codec_type: string, readonly codec_name: string, readonly height?: number}>
}

let system: System
let site: MediaSite
let folder: string

/** Three pictures and one sound, as adaptive sites have them. */
const makeDash = (): Promise<unknown> => run('ffmpeg', [
  '-loglevel', 'error', '-f', 'lavfi', '-i', 'testsrc=size=1920x1440:rate=5:duration=2', '-f', 'lavfi', '-i', 'sine=frequency=440:duration=2',
  ...[1440, 1080, 720].flatMap((height, index) => ['-map', '0:v', `-filter:v:${index}`, `scale=-2:${height}`, `-b:v:${index}`, `${height}k`]), '-map', '1:a',
  '-codec:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-codec:a', 'aac', '-f', 'dash', '-seg_duration', '1', '-adaptation_sets', 'id=0,streams=v id=1,streams=a',
  join(folder, 'dash.mpd')
])

const request = async (preset: Preset | undefined, path = '/files/dash.mpd'): Promise<FileView> => {
  const {body: {fileId}} = await call<Accepted>(system, 'ann', 'POST', '/files', {url: site.url(path), preset})
  return settledFile(system, 'ann', fileId, 120_000)
}

const probe = async ({fileId, downloadUrl}: FileView): Promise<Probed & {readonly bytes: Buffer}> => {
  const path = join(folder, fileId)
  const bytes = Buffer.from(await (await fetch(downloadUrl!)).arrayBuffer())
  await writeFile(path, bytes)
  const {stdout} = await run('ffprobe', ['-loglevel', 'error', '-show_entries', 'format=format_name:stream=codec_type,codec_name,height', '-of', 'json', path])
  return {...JSON.parse(stdout) as Probed, bytes}
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'presets-'))
  await makeDash()
  site = await startMediaSite({folder})
  system = await startSystem(['--ephemeral', '--allow-private-sources'])
}, 120_000)

afterAll(async () => {
  await system?.stop()
  await site?.close()
  await rm(folder, {recursive: true, force: true})
})

describe('A playlist of several pictures and one sound', () => {
  it.each([[undefined, 1440], ['1080p', 1080], ['720p', 720]] as const)('comes home in preset %s with %i lines, its index at the front', async (preset, height) => {
    const file = await request(preset)
    expect(file).toMatchObject({status: 'Downloaded', preset: preset ?? 'best', contentType: 'video/mp4', error: null})
    const {streams, bytes} = await probe(file)
    expect(streams.find(({codec_type: type}) => type === 'video')).toMatchObject({height})
    expect(streams.map(({codec_type: type}) => type).sort()).toEqual(['audio', 'video'])
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'))
  }, 150_000)

  it.each([['audio', 'audio/mp4', 'mp4', 'aac'], ['audio-mp3', 'audio/mpeg', 'mp3', 'mp3']] as const)(
    'comes home in preset %s as sound alone', async (preset, contentType, format, codec) => {
      const file = await request(preset)
      expect(file).toMatchObject({status: 'Downloaded', preset, contentType, error: null})
      const probed = await probe(file)
      expect(probed.format.format_name).toContain(format)
      expect(probed.streams).toEqual([{codec_type: 'audio', codec_name: codec}])
    }, 150_000)
})

describe('A media file', () => {
  it('comes as it is, whatever the preset, and once for all', async () => {
    const [best, audio] = await Promise.all([request(undefined, '/clip.mp4'), request('audio', '/clip.mp4')])
    expect(audio).toEqual({...best, downloadUrl: expect.any(String)})
    expect(audio).toMatchObject({status: 'Downloaded', preset: 'best', contentType: 'video/mp4'})
  }, 60_000)
})
