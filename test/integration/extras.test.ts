import {copyFile, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {eventsOf, quiet, requestFile, settledFile} from '../helpers/api'
import {type MediaSite, startMediaSite} from '../helpers/media-site'
import {startSystem, type System} from '../helpers/system'

const captions = 'WEBVTT\n\n00:00.000 --> 00:01.000\nThe harbour.\n'
const picture = Buffer.from('\x89PNG\r\n\x1a\n of the harbour', 'latin1')
const page = '<!DOCTYPE html><html><head><title>The harbour</title></head><body><video poster="poster.png"><source src="clip.mp4" type="video/mp4">'
  + '<track kind="subtitles" srclang="en" src="en.vtt"><track kind="subtitles" srclang="de" src="missing.vtt"></video></body></html>'

let system: System
let site: MediaSite
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'extras-'))
  await Promise.all([
    copyFile('local/cli/demo/harbour.mp4', join(folder, 'clip.mp4')), writeFile(join(folder, 'poster.png'), picture),
    writeFile(join(folder, 'en.vtt'), captions), writeFile(join(folder, 'video.html'), page)
  ])
  site = await startMediaSite({folder})
  system = await startSystem(['--ephemeral', '--allow-private-sources'])
})

afterAll(async () => {
  await system?.stop()
  await site?.close()
  await rm(folder, {recursive: true, force: true})
})

describe('A page with a picture and captions', () => {
  it('comes home with both, as far as they are there, and is announced once', async () => {
    const {body: {fileId}} = await requestFile(system, 'ann', site.url('/files/video.html'))
    const file = await settledFile(system, 'ann', fileId, 90_000)
    expect(file).toMatchObject({status: 'Downloaded', contentType: 'video/mp4', captions: [{language: 'en', url: expect.any(String)}]})
    const [thumbnail, vtt] = await Promise.all([fetch(file.thumbnailUrl!), fetch(file.captions[0]!.url)])
    expect([thumbnail.headers.get('content-type'), Buffer.from(await thumbnail.arrayBuffer())]).toEqual(['image/png', picture])
    expect([vtt.headers.get('content-type'), await vtt.text()]).toEqual(['text/vtt; charset=utf-8', captions])
    await quiet()
    expect(eventsOf(system, 'FileDownloadCompleted')).toHaveLength(1)
  }, 120_000)
})
