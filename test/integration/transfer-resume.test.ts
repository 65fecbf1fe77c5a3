import {ListBucketsCommand, ListMultipartUploadsCommand, S3Client} from '@aws-sdk/client-s3'
import {afterAll, afterEach, beforeAll, describe, expect, it} from '@jest/globals'
import type {FileView} from '../../src/types/domain'
import {call, eventsOf, quiet, requestFile, settledFile} from '../helpers/api'
import {rangedBytes, type MediaSite, startMediaSite} from '../helpers/media-site'
import {requireStored} from '../helpers/stored'
import {eventually, startSystem, type System} from '../helpers/system'

const mebibyte = 1024 ** 2
const part = 8 * mebibyte
/** Most bytes that a connection on loopback holds between source and worker. */
const held = 8 * mebibyte

let system: System
let site: MediaSite

beforeAll(async () => {
  site = await startMediaSite()
  system = await startSystem(['--ephemeral', '--allow-private-sources', '--fast-retries'])
})

afterEach(() => fetch(`${system.address}/_local/faults`, {method: 'DELETE'}))

afterAll(async () => {
  await system?.stop()
  await site?.close()
})

const plan = (fault: object): Promise<Response> => fetch(`${system.address}/_local/faults`, {method: 'POST', body: JSON.stringify(fault)})

const struck = async (): Promise<number> => {
  const {faults} = await (await fetch(`${system.address}/_local/faults`)).json() as {faults: Array<{struck: number}>}
  return faults.reduce((sum, fault) => sum + fault.struck, 0)
}

const openUploads = async (): Promise<string[]> => {
  const s3 = new S3Client({endpoint: system.address, region: 'us-west-2', forcePathStyle: true, credentials: {accessKeyId: 'local', secretAccessKey: 'local'}})
  const {Buckets = []} = await s3.send(new ListBucketsCommand())
  const lists = await Promise.all(Buckets.map(({Name}) => s3.send(new ListMultipartUploadsCommand({Bucket: Name}))))
  return lists.flatMap(({Uploads = []}) => Uploads.map(({UploadId = ''}) => UploadId))
}

const view = async (fileId: string): Promise<FileView> => (await call<FileView>(system, 'ann', 'GET', `/files/${fileId}`)).body

const begin = async (path: string): Promise<string> => (await requestFile(system, 'ann', site.url(path))).body.fileId

/** Waits until the workers of a workflow that has ended have heard of it. */
const stillness = async (): Promise<void> => {
  const doings = (): number => site.requests.length + system.lines.filter(({functionName}) => functionName === 'TransferRange').length
  for (let before = -1; before !== doings();) {
    before = doings()
    await quiet(4_000)
  }
}

const completedEvents = (fileId: string): number =>
  eventsOf(system, 'FileDownloadCompleted').filter((line) => JSON.stringify(line).includes(fileId)).length

describe('A worker that is killed', () => {
  it.each([['before', 11], ['after', 14]] as const)('in the middle of a transfer by ranges costs one part and what its connection held: %s its call %i', async (effect, nth) => {
    const size = (192 + nth) * mebibyte
    const path = `/synthetic/${size}.mp4`
    await plan({at: 'kill.TransferRange', effect, nth})
    const file = await settledFile(system, 'ann', await begin(path), 120_000)
    expect([file.status, await struck()]).toEqual(['Downloaded', 1])
    expect(rangedBytes(site, path)).toBeLessThanOrEqual(size + part + held)
    await requireStored(file, size)
    expect([completedEvents(file.fileId), await openUploads()]).toEqual([1, []])
  }, 180_000)

  it('in the middle of a stream is followed by ranges, and the parts that it brought stay', async () => {
    const size = 120 * mebibyte
    const path = `/synthetic/${size}.mp4`
    await plan({at: 'kill.TransferFile', effect: 'after', nth: 8})
    const file = await settledFile(system, 'ann', await begin(path), 120_000)
    expect([file.status, await struck()]).toEqual(['Downloaded', 1])
    expect(rangedBytes(site, path)).toBeGreaterThan(0)
    expect(rangedBytes(site, path)).toBeLessThanOrEqual(size - part)
    await requireStored(file, size)
    expect([completedEvents(file.fileId), await openUploads()]).toEqual([1, []])
  }, 180_000)
})

describe('A transfer that fails', () => {
  it('continues from where it was once it is asked for again', async () => {
    const size = 136 * mebibyte
    const path = `/synthetic/${size}.mp4`
    await plan({at: 's3.UploadPart', effect: 'error', nth: 7, times: 'always'})
    const fileId = await begin(path)
    expect(await settledFile(system, 'ann', fileId, 120_000)).toMatchObject({status: 'Failed', error: {code: 'StorageError', retryable: true}})
    await stillness()
    const before = site.requests.length
    expect((await openUploads()).length).toBe(1)
    await fetch(`${system.address}/_local/faults`, {method: 'DELETE'})
    expect((await call(system, 'ann', 'POST', `/files/${fileId}/retry`)).status).toBe(202)
    await eventually('the retry to begin', async () => (await view(fileId)).status === 'Failed' ? undefined : true)
    const file = await settledFile(system, 'ann', fileId, 120_000)
    expect(file).toMatchObject({status: 'Downloaded', error: null})
    expect(rangedBytes(site, path, before)).toBe(size - 6 * part)
    await requireStored(file, size)
    expect([completedEvents(fileId), await openUploads()]).toEqual([1, []])
  }, 240_000)
})

describe('A transfer by ranges', () => {
  it('says how fast it is and how long it takes, and leaves no part where it is cancelled', async () => {
    const fileId = await begin(`/synthetic/${400 * mebibyte}.mp4?rate=3000000`)
    const {bytesDone, size, speed, secondsLeft} = await eventually('its speed to be known', async () => {
      const file = await view(fileId)
      return file.speed === null ? undefined : file
    }, 60_000)
    expect([size, bytesDone > 0, speed! > 1_000_000, speed! < 40_000_000]).toEqual([400 * mebibyte, true, true, true])
    expect(Math.abs(secondsLeft! - (size! - bytesDone) / speed!)).toBeLessThanOrEqual(1)
    expect((await openUploads()).length).toBe(1)
    expect(await call(system, 'ann', 'POST', `/files/${fileId}/cancel`)).toMatchObject({status: 202, body: {fileId, status: 'Failed'}})
    await eventually('its uploads to be gone', async () => (await openUploads()).length === 0 ? true : undefined)
    // A worker hears of it with its next write, some seconds later, and brings nothing back.
    await quiet(5_000)
    expect([await openUploads(), (await view(fileId)).error?.code, completedEvents(fileId)]).toEqual([[], 'CancelledError', 0])
  }, 120_000)
})
