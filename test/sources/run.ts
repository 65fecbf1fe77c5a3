import {expect} from '@jest/globals'
import type {FileView} from '../../src/types/domain'
import {type Accepted, call} from '../helpers/api'
import {requireStored} from '../helpers/stored'
import {eventually, type System} from '../helpers/system'
import type {SourceCase} from './case'
import type {SourceServer} from './server'

const sizeOf = ({stored}: SourceCase): number => stored === undefined ? 0 : Buffer.isBuffer(stored) ? stored.length : stored.synthetic

const requireBytes = async (file: FileView, {stored}: SourceCase): Promise<void> => {
  if (Buffer.isBuffer(stored)) {
    const bytes = Buffer.from(await (await fetch(file.downloadUrl!)).arrayBuffer())
    expect([bytes.length, bytes.equals(stored)]).toEqual([stored.length, true])
  } else if (stored !== undefined) {
    await requireStored(file, stored.synthetic, stored.version)
  }
}

/** The file once it is Downloaded or Failed, and all that it was seen to wait for. */
const followed = async (system: System, fileId: string, milliseconds: number): Promise<{file: FileView, waits: Array<NonNullable<FileView['waiting']>>}> => {
  const waits: Array<NonNullable<FileView['waiting']>> = []
  const file = await eventually(`${fileId} to be Downloaded or Failed`, async () => {
    const {body} = await call<FileView>(system, 'ann', 'GET', `/files/${fileId}`)
    waits.push(...body.waiting === null ? [] : [body.waiting])
    return ['Downloaded', 'Failed'].includes(body.status) ? body : undefined
  }, milliseconds)
  return {file, waits}
}

/** Brings a case's file through the whole workflow and compares all that the case promises. */
export const runCase = async (system: System, server: SourceServer, served: SourceCase): Promise<void> => {
  const {preset, audio, record, milliseconds = 120_000, mostRequests = Infinity, mostBytes = 1.05} = served
  const {body} = await call<Accepted>(system, 'ann', 'POST', '/files', {url: server.urlOf(served), ...(preset && {preset}), ...(audio && {audio}), ...(record && {record})})
  const {file, waits} = await followed(system, body.fileId, milliseconds)
  expect(file).toMatchObject(served.file)
  if (served.waits !== undefined) {
    expect(waits).not.toEqual([])
    waits.forEach(served.waits)
  }
  await requireBytes(file, served)
  const seen = server.seenOf(served)
  expect(seen.requests.length).toBeLessThanOrEqual(mostRequests)
  if (served.stored !== undefined) {
    expect(seen.bytes).toBeLessThanOrEqual(sizeOf(served) * mostBytes)
  }
  await served.check?.(seen, file)
}
