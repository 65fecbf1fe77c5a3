import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {call, notificationsOf, quiet, registerDevice, requestFile, settledFile} from '../helpers/api'
import {type MediaSite, startMediaSite} from '../helpers/media-site'
import {eventually, startSystem, type System} from '../helpers/system'
import type {FileView} from '../../src/types/domain'

const size = 96 * 1024 * 1024

describe('A runtime that is killed in the middle of a download', () => {
  let dataDir: string
  let site: MediaSite
  const systems: System[] = []
  const start = async (): Promise<System> => {
    const system = await startSystem(['--data', dataDir, '--allow-private-sources', '--fast-retries'])
    systems.push(system)
    return system
  }

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'restart-'))
    site = await startMediaSite()
  })

  afterAll(async () => {
    await Promise.all(systems.map((system) => system.stop()))
    await site?.close()
    await rm(dataDir, {recursive: true, force: true})
  })

  it('brings the file home after the restart, and pushes once', async () => {
    const first = await start()
    await registerDevice(first, 'ann', 'phone')
    const {body: {fileId}} = await requestFile(first, 'ann', site.url(`/synthetic/${size}.mp4?rate=24000000`))
    await eventually('the transfer to be under way', async () => {
      const {body} = await call<FileView>(first, 'ann', 'GET', `/files/${fileId}`)
      return body.status === 'Downloading' && body.bytesDone > 0 ? body : undefined
    })
    await first.kill()

    const second = await start()
    expect(await settledFile(second, 'ann', fileId, 60_000)).toMatchObject({status: 'Downloaded', size, bytesDone: size, error: null})
    await eventually('the push', () => notificationsOf(second).find((line) => line['userId'] === 'ann'))
    await quiet()
    expect(notificationsOf(second)).toHaveLength(1)
  }, 120_000)

  it('keeps a request that was killed right after its answer', async () => {
    const system = systems.at(-1)!
    await registerDevice(system, 'bob', 'phone')
    const {body: {fileId}} = await requestFile(system, 'bob', site.url('/clip.mp4?job=killed-at-once'))
    await system.kill()
    const again = await start()
    expect(await settledFile(again, 'bob', fileId, 60_000)).toMatchObject({status: 'Downloaded'})
  }, 120_000)
})
