import {createHash} from 'node:crypto'
import {readFileSync} from 'node:fs'
import {afterAll, beforeAll, beforeEach, describe, expect, it} from '@jest/globals'
import {seededRandom} from '../../../runtime/clock/random'
import {virtualClock, type VirtualClock} from '../../../runtime/clock/virtual-clock'
import {serve, type Served} from '../../../runtime/engines/test/serve'
import {type Fault, parseFaults} from '../../faults/fault'
import {createFaults, type Faults} from '../../faults/faults'
import {createLocalApi} from '../../../runtime/core/router'
import {practiceSourceRoutes} from '../routes'

let served: Served
let faults: Faults
let clock: VirtualClock
beforeAll(async () => {
  clock = virtualClock({start: Date.parse('2026-11-01T00:00:00Z'), mode: 'manual'})
  faults = createFaults({clock, observe: () => undefined, random: seededRandom(1)})
  const routes = practiceSourceRoutes({clock, faults, address: () => served.address, isReachable: true})
  served = await serve([], {signingName: 'execute-api', handle: (_request, response) => { response.end('api') }}, [createLocalApi(routes)])
})
beforeEach(() => { faults.remove() })
afterAll(() => served.close())

const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(`${served.address}/_local/source/${path}`, {headers, redirect: 'manual', signal: AbortSignal.timeout(2_000)})
const plan = (fault: Partial<Fault>): unknown => faults.add(parseFaults({at: 'source.*', ...fault}))
const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** What came of a body before it broke off, in bytes. */
const received = async (response: Response): Promise<number> => {
  let bytes = 0
  try {
    for await (const chunk of response.body ?? []) {
      bytes += (chunk as Uint8Array).length
    }
    return bytes
  } catch {
    return -bytes
  }
}

describe('The practice source', () => {
  it('says where it is, and whether functions may go there', async () => {
    const response = await fetch(`${served.address}/_local/source`)
    expect(await response.json()).toEqual({url: `${served.address}/_local/source/{name}.mp4`, isReachable: true})
  })

  it('serves the clip as it is, and filled up to any size', async () => {
    const clip = readFileSync('local/cli/demo/harbour.mp4')
    const [small, large] = [await get('a.mp4'), await get('b.mp4?bytes=3000001')]
    const body = Buffer.from(await large.arrayBuffer())
    expect(digest(Buffer.from(await small.arrayBuffer()))).toBe(digest(clip))
    expect([body.length, body.subarray(0, clip.length).equals(clip), body.toString('latin1', clip.length + 4, clip.length + 8)]).toEqual([3_000_001, true, 'free'])
    expect(body.readBigUInt64BE(clip.length + 8)).toBe(BigInt(3_000_001 - clip.length))
  })

  it('serves ranges that fit together', async () => {
    const path = 'c.mp4?bytes=1000003'
    const whole = Buffer.from(await (await get(path)).arrayBuffer())
    const cuts = [0, 1, 65_537, 700_001, 1_000_003]
    const parts = await Promise.all(cuts.slice(1).map(async (end, index) => get(path, {range: `bytes=${cuts[index]}-${end - 1}`})))
    expect(parts.map(({status}) => status)).toEqual([206, 206, 206, 206])
    expect(digest(Buffer.concat(await Promise.all(parts.map(async (part) => Buffer.from(await part.arrayBuffer())))))).toBe(digest(whole))
    expect((await get(path, {range: 'bytes=1000003-'})).status).toBe(416)
  })

  it('takes its time where it is told to', async () => {
    const begunAt = Date.now()
    await (await get('slow.mp4?bytes=1000000&seconds=1')).arrayBuffer()
    expect(Date.now() - begunAt).toBeGreaterThan(900)
  })

  it('is busy for as long as it says', async () => {
    plan({effect: 'rate-limit', seconds: 90})
    const first = await get('d.mp4')
    await clock.advanceTo(clock.now() + 30_000)
    const second = await get('d.mp4')
    await clock.advanceTo(clock.now() + 60_000)
    expect([first.status, first.headers.get('retry-after'), second.status, second.headers.get('retry-after')]).toEqual([429, '90', 429, '60'])
    expect([(await get('other.mp4')).status, (await get('d.mp4')).status]).toEqual([200, 200])
  })

  it.each([
    ['error', 503, null], ['redirect', 302, 'http://169.254.169.254/latest/meta-data/']
  ] as const)('answers with %s', async (effect, status, location) => {
    plan({effect})
    const response = await get('e.mp4')
    expect([response.status, response.headers.get('location')]).toEqual([status, location])
  })

  it.each(['reset', 'truncate', 'stall', 'slow-loris'] as const)('fails in the middle with %s', async (effect) => {
    plan({effect, bytes: 40_000})
    const bytes = await received(await get('f.mp4?bytes=500000'))
    expect(-bytes).toBeGreaterThanOrEqual(40_000)
    expect(-bytes).toBeLessThan(40_000 + (effect === 'slow-loris' ? 100 : 1))
  })

  it('has another video once it has changed, whatever range is asked for', async () => {
    const path = 'g.mp4?bytes=500000'
    const before = await get(path)
    plan({effect: 'change'})
    const etag = before.headers.get('etag') ?? ''
    const after = await get(path, {range: 'bytes=200000-', 'if-range': etag})
    expect([after.status, after.headers.get('etag') === etag]).toEqual([200, false])
    expect(Buffer.from(await before.arrayBuffer()).equals(Buffer.from(await after.arrayBuffer()))).toBe(false)
    const same = await get(path, {range: 'bytes=200000-', 'if-range': after.headers.get('etag') ?? ''})
    expect(same.status).toBe(206)
  })

  it('is struck by name, and refuses what is no size', async () => {
    plan({at: 'source.h', effect: 'error', times: 'always'})
    expect([(await get('i.mp4')).status, (await get('h.mp4')).status]).toEqual([200, 503])
    expect([(await get('i.mp4?bytes=-1')).status, (await get('i.mp4?seconds=soon')).status]).toEqual([400, 400])
  })
})
