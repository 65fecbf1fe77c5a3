import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import type {Fault} from '../../local/lab/faults/fault'
import type {FileView} from '../../src/types/domain'
import {requestFile, settledFile} from '../helpers/api'
import {startSystem, type System} from '../helpers/system'

/** More than comes in one piece. */
const rangedBytes = 140_000_000

let system: System
beforeAll(async () => {
  system = await startSystem(['--ephemeral', '--allow-private-sources', '--virtual-clock', '--fault', 'source.by-flag:2=reset,bytes=50000'])
})
afterAll(() => system?.stop())

const local = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
  const response = await fetch(`${system.address}/_local${path}`, {method, ...(body !== undefined && {body: JSON.stringify(body)})})
  return await response.json() as T
}

const bring = async (name: string, bytes?: number): Promise<FileView> => {
  const url = `${system.address}/_local/source/${name}.mp4${bytes === undefined ? '' : `?bytes=${bytes}`}`
  const {body: {fileId}} = await requestFile(system, 'ann', url)
  return settledFile(system, 'ann', fileId, 120_000)
}

const struck = async (name: string): Promise<number> =>
  (await local<{faults: Array<Fault & {struck: number}>}>('GET', '/faults')).faults.filter(({at}) => at === `source.${name}`).reduce((sum, {struck: times}) => sum + times, 0)

const secondsOf = ({requestedAt, completedAt}: FileView): number => (Date.parse(completedAt ?? '') - Date.parse(requestedAt)) / 1000

describe('The practice source of a running system', () => {
  it('gives a file that is struck by no fault', async () => {
    const file = await bring('well')
    expect(file).toMatchObject({status: 'Downloaded', error: null})
  })

  it('does what a flag says', async () => {
    expect(await bring('by-flag')).toMatchObject({status: 'Downloaded', error: null})
    expect(await struck('by-flag')).toBe(1)
  })

  it.each([
    ['reset', {nth: 2}], ['truncate', {nth: 2}], ['stall', {nth: 2}], ['slow-loris', {nth: 2}], ['error', {nth: 2, times: 2}], ['change', {nth: 2}],
    ['reset', {nth: 4}], ['change', {nth: 4}]
  ] as const)('delivers in the end: %s, %j', async (effect, more) => {
    const name = `${effect}-${more.nth}`
    await local('POST', '/faults', {at: `source.${name}`, effect, ...more})
    const file = await bring(name, more.nth === 4 ? rangedBytes : undefined)
    expect(file).toMatchObject({status: 'Downloaded', error: null})
    expect(await struck(name)).toBeGreaterThan(0)
  }, 150_000)

  it('is waited for while it is busy', async () => {
    await local('POST', '/faults', {at: 'source.busy', effect: 'rate-limit', nth: 2, seconds: 1200})
    const file = await bring('busy')
    expect(file).toMatchObject({status: 'Downloaded', error: null})
    expect(secondsOf(file)).toBeGreaterThanOrEqual(1200)
  })

  it('leads no one into a private network', async () => {
    await local('POST', '/faults', {at: 'source.trap', effect: 'redirect', times: 'always'})
    const file = await bring('trap')
    expect(file).toMatchObject({status: 'Failed', error: {code: 'PrivateAddressError'}})
  })
})
