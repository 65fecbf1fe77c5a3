import {execFile} from 'node:child_process'
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {requestFile, settledFile} from '../helpers/api'
import {type MediaSite, startMediaSite} from '../helpers/media-site'
import {startSystem, type System} from '../helpers/system'

const run = promisify(execFile)

describe('A page with an HLS playlist', () => {
  let system: System
  let site: MediaSite
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hls-'))
    await run('ffmpeg', ['-loglevel', 'error', '-i', 'local/cli/demo/harbour.mp4', '-codec', 'copy', '-hls_time', '1', '-hls_list_size', '0', join(folder, 'master.m3u8')])
    site = await startMediaSite({folder})
    system = await startSystem(['--ephemeral', '--allow-private-sources'])
  })

  afterAll(async () => {
    await system?.stop()
    await site?.close()
    await rm(folder, {recursive: true, force: true})
  })

  it('comes home as one MP4 by the generic extractor of yt-dlp', async () => {
    const {body: {fileId}} = await requestFile(system, 'ann', site.url('/files/master.m3u8'))
    const file = await settledFile(system, 'ann', fileId, 90_000)
    expect(file).toMatchObject({status: 'Downloaded', contentType: 'video/mp4', error: null})

    const path = join(folder, 'home.mp4')
    await writeFile(path, Buffer.from(await (await fetch(file.downloadUrl!)).arrayBuffer()))
    const {stdout} = await run('ffprobe', ['-loglevel', 'error', '-show_entries', 'format=format_name:stream=codec_type', '-of', 'json', path])
    const probed = JSON.parse(stdout) as {format: {format_name: string}, streams: Array<{codec_type: string}>}
    expect(probed.format.format_name).toContain('mp4')
    expect(probed.streams.map((stream) => stream.codec_type).sort()).toEqual(['audio', 'video'])
  }, 120_000)
})
