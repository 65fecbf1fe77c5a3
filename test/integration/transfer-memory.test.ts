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

  it.each([
    ['by ranges', ''], ['as a stream', '?chunked=1']
  ])('arrives whole %s while no process that transfers it has more than 144 MiB: 96 over those of Node alone', async (_what, query) => {
    const {body: {fileId}} = await requestFile(system, 'ann', site.url(`/synthetic/${gibibyte}.mp4${query}`))
    expect(await settledFile(system, 'ann', fileId, 240_000)).toMatchObject({status: 'Downloaded', size: gibibyte})
    const peaks = system.lines.filter(({type, functionName}) => type === 'invocation' && /^Transfer/.test(String(functionName))).map((line) => Number(line['maxMemoryBytes']))
    expect(Math.min(...peaks)).toBeGreaterThan(0)
    expect(Math.max(...peaks)).toBeLessThan(144 * 1024 ** 2)
  }, 300_000)
})
