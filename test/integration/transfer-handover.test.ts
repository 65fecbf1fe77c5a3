import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, it} from '@jest/globals'
import {requestFile, settledFile} from '../helpers/api'
import {rangedBytes, type MediaSite, startMediaSite} from '../helpers/media-site'
import {requireStored} from '../helpers/stored'
import {startSystem, type System} from '../helpers/system'

const mebibyte = 1024 ** 2
/** Fifteen of them are for saying why. */
const seconds = 25

let system: System
let site: MediaSite
let folder: string

/** What is deployed, but that what looks and what transfers have seconds and not minutes. */
const impatientWiring = async (): Promise<string> => {
  const text = await readFile('local/wiring.json', 'utf8')
  const wiring = JSON.parse(text, (_key, value: {function_name?: string} | null) =>
    ['StartFileUpload', 'TransferFile'].includes(value?.function_name ?? '') ? {...value, timeout: seconds} : value) as unknown
  const path = join(folder, 'wiring.json')
  await writeFile(path, JSON.stringify(wiring))
  return path
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'handover-'))
  site = await startMediaSite()
  system = await startSystem(['--ephemeral', '--allow-private-sources', '--fast-retries', '--wiring', await impatientWiring()])
})

afterAll(async () => {
  await system?.stop()
  await site?.close()
  await rm(folder, {recursive: true, force: true})
})

it('A source that is too slow for one invocation is resumed by ranges; without these it ends as what it is', async () => {
  const size = 16 * mebibyte
  const [slow, endless] = [`/synthetic/${size}.mp4?rate=1500000`, `/synthetic/${size}.mp4?rate=1500000&chunked=1`]
  const [brought, failed] = await Promise.all([slow, endless].map(async (path) => {
    const {body: {fileId}} = await requestFile(system, 'ann', site.url(path))
    return settledFile(system, 'ann', fileId, 120_000)
  }))
  expect(brought).toMatchObject({status: 'Downloaded', size})
  await requireStored(brought!, size)
  expect(rangedBytes(site, slow)).toBe(size - 8 * mebibyte)
  expect(failed).toMatchObject({status: 'Failed', error: {code: 'TransferTimeoutError', retryable: true, message: expect.stringContaining('cannot be resumed')}})
  const ended = system.lines.filter(({type, functionName}) => type === 'invocation' && functionName === 'TransferFile').map(({error}) => String(error))
  expect(ended.filter((error) => error.startsWith('TransferTimeoutError')).length).toBe(1 + 3)
}, 180_000)
