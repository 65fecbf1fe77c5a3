import {chmod, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {NamedError} from '../../../util/errors'
import {piecesIn} from '../pieces'
import {tracksIn} from '../streams'

let folder: string
const {PATH} = process.env
const both = '{"codec_type": "video", "disposition": {"attached_pic": 0}}, {"codec_type": "audio"}'

/** A program in the place of ffprobe, which says what stands in the file. */
const fake = (script: string): Promise<void> => writeFile(join(folder, 'ffprobe'), `#!/bin/sh\nfor path in "$@"; do :; done\n${script}\n`).then(() => chmod(join(folder, 'ffprobe'), 0o755))
const file = async (name: string, streams: string): Promise<string> => {
  await writeFile(join(folder, name), `{"streams": [${streams}]}`)
  return join(folder, name)
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fake-ffprobe-'))
  process.env.PATH = `${folder}:/usr/bin:/bin`
  await fake('cat "$path"')
})
afterAll(async () => {
  process.env.PATH = PATH
  await rm(folder, {recursive: true})
})

describe('The tracks of a file', () => {
  it.each([
    ['both', both, {picture: true, sound: true}],
    ['a picture', '{"codec_type": "video"}', {picture: true, sound: false}],
    ['a sound with a cover', '{"codec_type": "audio"}, {"codec_type": "video", "disposition": {"attached_pic": 1}}', {picture: false, sound: true}],
    ['captions alone', '{"codec_type": "subtitle"}', {picture: false, sound: false}]
  ])('are %s', async (_what, streams, tracks) => {
    expect(await tracksIn(await file('a.mp4', streams))).toEqual(tracks)
  })

  it('are looked for in the file alone', async () => {
    await fake(`echo "$*" > ${folder}/args; cat "$path"`)
    await tracksIn(await file('a.mp4', both))
    expect(await tracksIn(join(folder, 'args'))).toBeUndefined()
    const args = await import('node:fs').then(({readFileSync}) => readFileSync(join(folder, 'args'), 'utf8'))
    expect(args).toMatch(/-protocol_whitelist file -format_whitelist mov,[\w,]+ /)
    expect(args).not.toMatch(/hls|concat/)
  })

  it('are not known without ffprobe, or where it cannot read', async () => {
    await fake('exit 1')
    expect(await tracksIn(join(folder, 'a.mp4'))).toBeUndefined()
    process.env.PATH = '/nowhere'
    expect(await tracksIn(join(folder, 'a.mp4'))).toBeUndefined()
    process.env.PATH = `${folder}:/usr/bin:/bin`
  })

  it('are not waited for once no one wants them', async () => {
    await fake('sleep 20')
    await expect(tracksIn(join(folder, 'a.mp4'), AbortSignal.timeout(100))).rejects.toMatchObject({name: 'TimeoutError'})
  })
})

describe('What lies on disk though it could not be put together', () => {
  const unsupported = new NamedError('UnsupportedSourceError', 'The media cannot be downloaded.')
  const pieces = async (formatId: string, files: Readonly<Record<string, string>>, error: unknown = unsupported): Promise<unknown> => {
    await fake('cat "$path"')
    const own = await mkdtemp(join(folder, 'pieces-'))
    await Promise.all(Object.entries(files).map(([name, streams]) => writeFile(join(own, name), `{"streams": [${streams}]}`)))
    return piecesIn(own, {kind: 'download', formatId}, error)
  }

  it('is a picture with a sound of its own, beside one that is none', async () => {
    expect(await pieces('v+a', {'media.fv.mp4': both, 'media.fa.mp4': '{"codec_type": "video"}', 'media.fa.mp4.ytdl': '', 'info.json': ''}))
      .toEqual({tracks: {picture: true, sound: false}, isPictureHeard: true})
  })

  it('is one file of which no sound could be made', async () => {
    expect(await pieces('v', {'media.mp4': '{"codec_type": "video"}'})).toEqual({tracks: {picture: true, sound: false}, isPictureHeard: false})
  })

  it.each([
    ['a track is not there', 'v+a', {'media.fv.mp4': both}, undefined],
    ['a track is not whole', 'v+a', {'media.fv.mp4': both, 'media.fa.mp4.part': both}, undefined],
    ['the source failed', 'v', {'media.mp4': both}, new NamedError('TransientSourceError', 'x')]
  ] as const)('says nothing if %s', async (_what, formatId, files, error) => {
    expect(await pieces(formatId, files, error)).toBeUndefined()
  })
})
