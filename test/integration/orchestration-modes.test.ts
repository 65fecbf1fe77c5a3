import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {DynamoDBClient} from '@aws-sdk/client-dynamodb'
import {DynamoDBDocumentClient, PutCommand} from '@aws-sdk/lib-dynamodb'
import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import type {Mode} from '../../build/wiring/modes'
import type {FileView} from '../../src/types/domain'
import {fileIdOf} from '../../src/lambdas/RequestFile/src/file-identity'
import {fileKey, fileUserKey} from '../../src/util/files/keys'
import {call, eventsOf, notificationsOf, quiet, registerDevice, requestFile, settledFile} from '../helpers/api'
import {type MediaSite, startMediaSite} from '../helpers/media-site'
import {modes, runCoordinator, wiringFileIn} from '../helpers/orchestration'
import {eventually, type Line, startSystem, type System} from '../helpers/system'

let data: string
let site: MediaSite
let systems: System[]

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'modes-'))
  site = await startMediaSite()
  systems = []
})

afterEach(async () => {
  await Promise.all(systems.map((system) => system.stop()))
  await site.close()
  rmSync(data, {recursive: true, force: true})
})

const start = async (mode: Mode): Promise<System> => {
  const system = await startSystem(['--data', data, '--allow-private-sources', '--fast-retries', '--wiring', wiringFileIn(mode)])
  systems.push(system)
  return system
}

const request = async (system: System, names: readonly string[]): Promise<string[]> => {
  const answers = await Promise.all(names.map((name) => requestFile(system, 'ann', site.url(`/synthetic/3000000.mp4?rate=1500000&name=${name}`))))
  return answers.map(({body}) => body.fileId)
}

const statusOf = async (system: System, fileId: string): Promise<string> => (await call<FileView>(system, 'ann', 'GET', `/files/${fileId}`)).body.status

const untilAll = (system: System, fileIds: readonly string[], status: string): Promise<true> =>
  eventually(`every file to be ${status}`, async () => {
    const statuses = await Promise.all(fileIds.map((fileId) => statusOf(system, fileId)))
    return statuses.every((each) => each === status) || undefined
  })

const all = <T>(lines: (system: System) => T[]): T[] => systems.flatMap(lines)
const pushesOf = (fileId: string): Line[] => all(notificationsOf).filter((line) => JSON.stringify(line).includes(fileId))

/** What happened to each file, over all runtimes of the test: once each, if nothing is done twice and nothing is lost. */
const effects = async (system: System, fileIds: readonly string[]): Promise<unknown[]> => {
  await Promise.all(fileIds.map((fileId) => settledFile(system, 'ann', fileId, 40_000)))
  await eventually('a push for every file', () => fileIds.every((fileId) => pushesOf(fileId).length > 0) || undefined)
  await quiet()
  return Promise.all(fileIds.map(async (fileId) => ({
    status: await statusOf(system, fileId),
    started: all((each) => eventsOf(each, 'FileDownloadStarted')).filter((line) => JSON.stringify(line).includes(fileId)).length,
    objects: all(({lines}) => lines).filter(({type, key}) => type === 'object' && String(key).includes(fileId)).length,
    pushes: pushesOf(fileId).length
  })))
}

const invocationsOf = ({lines}: System, name: string): number =>
  lines.filter(({type, functionName}) => type === 'invocation' && functionName === name).length

const once = {status: 'Downloaded', started: 1, objects: 1, pushes: 1}
const names = ['a', 'b', 'c']

/** StartFileUpload looks at the first bytes, TransferFile takes them all. */
const probeAndTransfer = 2
const requestsOf = (name: string): number => site.requests.filter(({path}) => path.endsWith(`name=${name}`)).length

describe('In each mode a file is fetched once and told once', () => {
  it.each(modes)('%s', async (mode) => {
    const system = await start(mode)
    await registerDevice(system, 'ann', 'phone')
    const fileIds = await request(system, names)
    if (mode === 'coordinator') {
      await untilAll(system, fileIds, 'MetadataReady')
      await quiet(500)
      expect(await Promise.all(fileIds.map((fileId) => statusOf(system, fileId)))).toEqual(['MetadataReady', 'MetadataReady', 'MetadataReady'])
      expect(await Promise.all([runCoordinator(system), runCoordinator(system)])).toContainEqual({started: 3, requestedAgain: 0})
    }
    if (mode === 'parallel') {
      await eventually('FileCoordinator to have run beside the rule', async () => {
        await runCoordinator(system)
        return (await Promise.all(fileIds.map((fileId) => statusOf(system, fileId)))).every((status) => status !== 'Requested' && status !== 'MetadataReady') || undefined
      })
    }
    expect(await effects(system, fileIds)).toEqual([once, once, once])
    expect(names.map(requestsOf)).toEqual([probeAndTransfer, probeAndTransfer, probeAndTransfer])
  }, 90_000)
})

describe('A switch in mid-flight loses nothing and does nothing twice', () => {
  it('from event-driven to coordinator', async () => {
    const before = await start('event-driven')
    await registerDevice(before, 'ann', 'phone')
    const early = await request(before, ['early-1', 'early-2'])
    await eventually('a transfer to be under way', async () => (await Promise.all(early.map((fileId) => statusOf(before, fileId)))).includes('Downloading') || undefined)
    await before.stop()

    const after = await start('coordinator')
    const late = await request(after, ['late'])
    await untilAll(after, late, 'MetadataReady')
    await runCoordinator(after)
    expect(await effects(after, [...early, ...late])).toEqual([once, once, once])
  }, 90_000)

  it('from coordinator to event-driven, by way of parallel or of one run of FileCoordinator', async () => {
    const before = await start('coordinator')
    await registerDevice(before, 'ann', 'phone')
    const running = await request(before, ['running'])
    await untilAll(before, running, 'MetadataReady')
    await runCoordinator(before)
    // Its event passed while the rule was off: only FileCoordinator can find it.
    const stranded = await request(before, ['stranded'])
    await untilAll(before, stranded, 'MetadataReady')
    // Else the invocation is made once more, and so is its event.
    await eventually('StartFileUpload to be done with both', () => invocationsOf(before, 'StartFileUpload') === 2 || undefined)
    await quiet(500)
    await before.stop()

    const after = await start('event-driven')
    const late = await request(after, ['late'])
    await quiet(500)
    expect(await statusOf(after, stranded[0]!)).toBe('MetadataReady')
    await runCoordinator(after)
    expect(await effects(after, [...running, ...stranded, ...late])).toEqual([once, once, once])
  }, 90_000)
})

describe('A request that died before its event', () => {
  it('is found by FileCoordinator after a quarter of an hour, and brought home once', async () => {
    const system = await start('coordinator')
    await registerDevice(system, 'ann', 'phone')
    const sourceUrl = site.url('/clip.mp4?left=1')
    const fileId = fileIdOf(new URL(sourceUrl))
    const requestedAt = new Date(Date.now() - 16 * 60_000).toISOString()
    const times = {requestedAt, availableAt: requestedAt, updatedAt: requestedAt}
    const table = DynamoDBDocumentClient.from(new DynamoDBClient({endpoint: system.address, region: 'us-west-2', credentials: {accessKeyId: 'x', secretAccessKey: 'x'}}))
    await table.send(new PutCommand({TableName: 'MediaDownloader', Item: {...fileUserKey(fileId, 'ann'), fileId, userId: 'ann', requestedAt}}))
    await table.send(new PutCommand({TableName: 'MediaDownloader', Item: {...fileKey(fileId), fileId, sourceUrl, status: 'Requested', correlationId: 'attempt-1', ...times}}))

    expect(await runCoordinator(system)).toEqual({started: 0, requestedAgain: 1})
    await eventually('the metadata', async () => (await statusOf(system, fileId)) !== 'Requested' || undefined)
    expect(await runCoordinator(system)).toEqual({started: 1, requestedAgain: 0})
    expect(await effects(system, [fileId])).toEqual([once])
  }, 90_000)
})
