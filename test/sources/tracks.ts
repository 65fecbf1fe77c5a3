import {execFile} from 'node:child_process'
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'
import type {FileView} from '../../src/types/domain'
import {typeOf} from '../helpers/media/answers'
import type {Serve} from './case'

const run = promisify(execFile)

/** Tones that distinguish the sounds, in Hz. */
export const tones = {main: 440, other: 880}

const seconds = 4
const picture = ['-f', 'lavfi', '-i', `testsrc=size=320x180:rate=10:duration=${seconds}`]
const tone = (frequency: number): string[] => ['-f', 'lavfi', '-i', `sine=frequency=${frequency}:duration=${seconds}`]
const codecs = ['-codec:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '10', '-codec:a', 'aac']
const hls = ['-hls_time', '1', '-hls_list_size', '0']

const encode = (folder: string, ...args: string[]): Promise<unknown> => run('ffmpeg', ['-loglevel', 'error', ...args], {cwd: folder})

const made = async (): Promise<ReadonlyMap<string, Buffer>> => {
  const folder = await mkdtemp(join(tmpdir(), 'tracks-'))
  await encode(folder, ...picture, ...codecs, ...hls, 'picture.m3u8')
  await encode(folder, ...picture, ...tone(tones.main), ...codecs, ...hls, 'film.m3u8')
  await encode(folder, ...tone(tones.main), ...codecs, ...hls, 'main.m3u8')
  await encode(folder, ...tone(tones.other), ...codecs, ...hls, 'other.m3u8')
  await encode(folder, ...picture, ...tone(tones.main), ...tone(tones.other), '-map', '0', '-map', '1', '-map', '2', ...codecs, '-f', 'dash', '-seg_duration', '1',
    '-adaptation_sets', 'id=0,streams=0 id=1,streams=1 id=2,streams=2', 'tracks.mpd')
  const names = await readdir(folder)
  const files = await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const))
  await rm(folder, {recursive: true})
  return new Map(files)
}

let files: Promise<ReadonlyMap<string, Buffer>> | undefined

/** Gives a silent picture (`picture.m3u8`), one with its sound (`film.m3u8`), two sounds (`main.m3u8`, `other.m3u8`), all of it as DASH (`tracks.mpd`), and what `more` adds or changes. */
export const tracks = (more: Readonly<Record<string, string | ((text: string) => string)>> = {}): Serve => async ({response, url}) => {
  files ??= made()
  const name = url.pathname.slice(1)
  const change = more[name]
  const bytes = (await files).get(name)
  const body = typeof change === 'string' ? Buffer.from(change) : typeof change === 'function' ? Buffer.from(change(String(bytes))) : bytes
  response.writeHead(body === undefined ? 404 : 200, {'content-type': typeOf(name), ...(body && {'content-length': body.length})}).end(body)
}

/** What is in a file: its tracks, and the tone of its sound in Hz, to the nearest ten. */
export const heard = async ({downloadUrl}: FileView): Promise<{readonly tracks: string[], readonly tone: number}> => {
  const folder = await mkdtemp(join(tmpdir(), 'heard-'))
  const path = join(folder, 'file')
  await writeFile(path, Buffer.from(await (await fetch(downloadUrl!)).arrayBuffer()))
  const {stdout} = await run('ffprobe', ['-loglevel', 'error', '-show_entries', 'stream=codec_type', '-of', 'csv=p=0', path])
  const found = stdout.trim().split('\n').sort()
  const pcm = found.includes('audio')
    ? (await run('ffmpeg', ['-loglevel', 'error', '-i', path, '-vn', '-ac', '1', '-ar', '8000', '-f', 's16le', '-'], {encoding: 'buffer'})).stdout
    : Buffer.alloc(2)
  const samples = Array.from({length: Math.floor(pcm.length / 2)}, (_, index) => pcm.readInt16LE(2 * index))
  const rises = samples.filter((sample, index) => sample >= 0 && (samples[index - 1] ?? 0) < 0).length
  await rm(folder, {recursive: true})
  return {tracks: found, tone: Math.round(rises / (samples.length / 8000) / 10) * 10}
}
