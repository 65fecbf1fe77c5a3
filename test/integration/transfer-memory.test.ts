import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {requestFile, settledFile} from '../helpers/api'
import {type MediaSite, startMediaSite} from '../helpers/media-site'
import {startSystem, type System} from '../helpers/system'

const gibibyte = 1024 ** 3

describe('A file of 1 GiB', () => {
  let system: System
  let site: MediaSite

  beforeAll(async () => {
    site = await startMediaSite()
    system = await startSystem(['--ephemeral', '--allow-private-sources'])
  })

  afterAll(async () => {
    await system?.stop()
    await site?.close()
  })

  it('arrives whole while the process of TransferFile stays under 192 MiB', async () => {
    const {body: {fileId}} = await requestFile(system, 'ann', site.url(`/synthetic/${gibibyte}.mp4`))
    expect(await settledFile(system, 'ann', fileId, 240_000)).toMatchObject({status: 'Downloaded', size: gibibyte})
    const invocation = system.lines.find((line) => line.type === 'invocation' && line['functionName'] === 'TransferFile')
    expect(invocation?.['maxMemoryBytes']).toBeGreaterThan(0)
    expect(invocation?.['maxMemoryBytes']).toBeLessThan(192 * 1024 ** 2)
  }, 300_000)
})
