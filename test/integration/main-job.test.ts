import {createHash} from 'node:crypto'
import {readFile} from 'node:fs/promises'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {call, eventsOf, notificationsOf, quiet, registerDevice, requestFile, settledFile} from '../helpers/api'
import {type MediaSite, startMediaSite} from '../helpers/media-site'
import {eventually, startSystem, type System} from '../helpers/system'
import type {FileView} from '../../src/types/domain'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

describe('The main job', () => {
  let system: System
  let site: MediaSite
  let clip: Buffer

  beforeAll(async () => {
    clip = await readFile('local/cli/demo/harbour.mp4')
    site = await startMediaSite()
    system = await startSystem(['--ephemeral', '--allow-private-sources'])
  })

  afterAll(async () => {
    await system?.stop()
    await site?.close()
  })

  it('brings a URL to S3 and a push to the device', async () => {
    await registerDevice(system, 'ann', 'phone')
    const accepted = await requestFile(system, 'ann', site.url('/clip.mp4?job=one'))
    expect(accepted).toEqual({status: 202, body: {fileId: expect.stringMatching(/^url-/), status: 'Requested'}})

    const file = await settledFile(system, 'ann', accepted.body.fileId)
    expect(file).toEqual({
      fileId: accepted.body.fileId, sourceUrl: site.url('/clip.mp4?job=one'), preset: 'best', audio: null, note: null, status: 'Downloaded', waiting: null, title: expect.any(String), author: null,
      contentType: 'video/mp4', size: clip.length, bytesDone: clip.length, speed: null, secondsLeft: null,
      downloadUrl: expect.stringMatching(/^http:/), thumbnailUrl: null, captions: [], error: null, requestedAt: expect.any(String), completedAt: expect.any(String)
    })
    const bytes = Buffer.from(await (await fetch(file.downloadUrl!)).arrayBuffer())
    expect(sha256(bytes)).toBe(sha256(clip))
    const part = await fetch(file.downloadUrl!, {headers: {range: 'bytes=10-19'}})
    expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, clip.subarray(10, 20)])

    const push = await eventually('a push to ann', () => notificationsOf(system).find((line) => line['userId'] === 'ann'))
    expect(JSON.stringify(push)).toContain('Download Complete')
  })

  it('publishes each event of the flow once and in order', async () => {
    const {body: {fileId}} = await requestFile(system, 'olga', site.url('/clip.mp4?job=order'))
    await settledFile(system, 'olga', fileId)
    await eventually('FileDownloadCompleted', () => eventsOf(system, 'FileDownloadCompleted').find((line) => JSON.stringify(line).includes(fileId)))
    const events = system.lines.filter((line) => line.type === 'event').map((line) => line['event'] as {'detail-type': string, detail: Record<string, string>})
    const own = events.filter((event) => event.detail['fileId'] === fileId)
    expect(own.map((event) => event['detail-type'])).toEqual(['FileRequested', 'FileMetadataReady', 'FileDownloadStarted', 'FileDownloadCompleted'])
    expect(new Set(own.map((event) => event.detail['correlationId'])).size).toBe(1)
  })

  it('fetches once for two users at once, and tells both', async () => {
    await Promise.all([registerDevice(system, 'bea', 'phone'), registerDevice(system, 'carl', 'tablet', 'FCM')])
    const url = site.url('/clip.mp4?job=two-users')
    const [bea, carl] = await Promise.all([requestFile(system, 'bea', url), requestFile(system, 'carl', url)])
    expect(carl.body.fileId).toBe(bea.body.fileId)
    await settledFile(system, 'bea', bea.body.fileId)
    await eventually('both pushes', () => notificationsOf(system).filter((line) => ['bea', 'carl'].includes(String(line['userId']))).length >= 2 || undefined)
    await quiet()
    expect(notificationsOf(system).map((line) => line['userId']).filter((user) => user === 'bea' || user === 'carl').sort()).toEqual(['bea', 'carl'])
    expect(eventsOf(system, 'FileDownloadStarted').filter((line) => JSON.stringify(line).includes(bea.body.fileId))).toHaveLength(1)
    expect(system.lines.filter((line) => line.type === 'object' && String(line['key']).includes(bea.body.fileId))).toHaveLength(1)
  })

  it('pushes once to a user who asks ten times', async () => {
    await registerDevice(system, 'dan', 'phone')
    const url = site.url('/clip.mp4?job=ten-times')
    const answers = await Promise.all(Array.from({length: 10}, () => requestFile(system, 'dan', url)))
    await settledFile(system, 'dan', answers[0]!.body.fileId)
    await eventually('a push to dan', () => notificationsOf(system).find((line) => line['userId'] === 'dan'))
    const again = await requestFile(system, 'dan', url)
    expect(again).toEqual({status: 200, body: {fileId: answers[0]!.body.fileId, status: 'Downloaded'}})
    await quiet()
    expect(notificationsOf(system).filter((line) => line['userId'] === 'dan')).toHaveLength(1)
  })

  it('pushes to a user who asks once the file is there', async () => {
    await registerDevice(system, 'fay', 'phone')
    const answer = await requestFile(system, 'fay', site.url('/clip.mp4?job=ten-times'))
    expect(answer).toEqual({status: 200, body: {fileId: expect.any(String), status: 'Downloaded'}})
    await eventually('a push to fay', () => notificationsOf(system).find((line) => line['userId'] === 'fay'))
  })

  it('shows no one the file of another', async () => {
    const {body: {fileId}} = await requestFile(system, 'eva', site.url('/clip.mp4?job=mine'))
    expect((await call(system, 'mallory', 'GET', `/files/${fileId}`)).status).toBe(404)
    await settledFile(system, 'eva', fileId)
    const {body} = await call<{files: FileView[]}>(system, 'mallory', 'GET', '/files')
    expect(body.files).toEqual([])
  })
})
