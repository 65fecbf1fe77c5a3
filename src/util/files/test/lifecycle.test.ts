import {afterAll, describe, expect, test} from '@jest/globals'
import {startTable} from '../../../../test/helpers/table'
import type {FileRecord, FileStatus} from '../../../types/domain'
import {fileKey} from '../keys'
import type {Transition} from '../transition'

const table = await startTable()
const {claimTransitions, fileTransitions, lifecycle, whileClaimed, workflowTransitions} = await import('../lifecycle')
const {buildTransitions: transitionsOf} = await import('../transition')

const statuses: readonly FileStatus[] = ['Requested', 'MetadataReady', 'Scheduled', 'Downloading', 'Downloaded', 'Failed']
const attempt = {fileId: 'url-1', correlationId: 'correlation-1', sourceUrl: 'https://example.com/1.mp4'}
const time = '2025-11-23T10:00:00.000Z'
const ranged = {uploadId: 'upload-1', s3Key: 'media/url-1.mp4', begunBy: 'correlation-1', url: attempt.sourceUrl, validator: '"1"', size: 9, partBytes: 9, rangeParts: 1}

/** What a record of a status has, as far as transitions look at it. */
const byStatus: Readonly<Record<FileStatus, Partial<FileRecord>>> = {
  Requested: {},
  MetadataReady: {claimedBy: 'arn:one', expectedSize: 9, ranged, progress: {}},
  Scheduled: {claimedBy: 'arn:one', expectedSize: 9, ranged, progress: {}},
  Downloading: {claimedBy: 'arn:one', expectedSize: 9, ranged, progress: {}},
  Downloaded: {claimedBy: 'arn:one', expectedSize: 9, s3Key: 'media/url-1.mp4', completedAt: time},
  Failed: {expectedSize: 9, ranged, progress: {}}
}

const members = {
  ...Object.fromEntries(['claimedBy', 's3Key', 'etag', 'contentType', 'uploadId', 'begunBy', 'extractor'].map((name) => [name, name])),
  claimedBy: 'arn:one', announcedAt: time, announcingUntil: time, availableAt: time, isSpread: true,
  error: {code: 'StorageError', message: 'It is gone.', retryable: true},
  progress: {}, percentTold: 50, size: 9, expectedSize: 9, restarts: 1, reschedules: 1, bytesAtWait: 1, ranged, range: 'r1', 'progress.#range': {bytes: 9, speed: 0},
  'ranged.url': 'https://example.com/2.mp4', 'ranged.isWhole': true, 'ranged.hasChanged': true, maxReschedules: 30
}

const membersOf = ({sets = [], maySet = []}: Transition): object =>
  Object.fromEntries(Object.entries(members).filter(([attribute]) => [...sets, ...maySet, 'range', 'maxReschedules'].some((each) => each === attribute)))

const all: Readonly<Record<string, Transition>> = {...workflowTransitions, ...fileTransitions, ...claimTransitions}
type Make = (file: FileRecord, members: object) => Promise<FileRecord | undefined>
const make = transitionsOf(all, (_file: FileRecord, changed) => changed) as Record<string, Make>

const stored = async (status: FileStatus): Promise<FileRecord> => {
  const file: FileRecord = {...attempt, status, requestedAt: time, availableAt: time, updatedAt: time, ...byStatus[status]}
  await table.clear()
  await table.put({...fileKey(file.fileId), ...file})
  return file
}

afterAll(() => table.stop())

describe.each(Object.entries(all))('%s', (name, transition) => {
  test('leads from its statuses, and from no other, to its status', async () => {
    const passed: FileStatus[] = []
    for (const status of statuses) {
      const file = await stored(status)
      const changed = await make[name]!(transition.same ? file : {...file, claimedBy: 'arn:one'}, membersOf(transition))
      const now = await table.get(fileKey(file.fileId))
      if (changed !== undefined) {
        passed.push(status)
        expect(now).toMatchObject({status: transition.to ?? status})
        expect(transition.removes?.filter((attribute) => attribute in now!) ?? []).toEqual([])
      } else {
        expect(now).toEqual({...fileKey(file.fileId), ...file})
      }
    }
    expect(passed).toEqual(statuses.filter((status) => transition.from.includes(status)))
  })
})

describe('a transition', () => {
  test('of another attempt changes nothing', async () => {
    const file = await stored('Downloading')
    expect(await lifecycle.cancelled({...file, correlationId: 'correlation-2'}, {error: members.error, claimedBy: 'nobody'})).toBeUndefined()
    expect(await table.get(fileKey(file.fileId))).toMatchObject({status: 'Downloading'})
  })

  test('of a claim that was lost throws', async () => {
    const file = {...await stored('Downloading'), claimedBy: 'arn:other'}
    await expect(whileClaimed.begun(file, {progress: {}})).rejects.toMatchObject({name: 'ClaimLostError'})
  })

  test('leaves out what it has no value for, and sets once what is to stay', async () => {
    const file = await stored('Downloading')
    const object = {s3Key: 'media/url-1.mp4', size: 9, etag: '1', contentType: 'video/mp4'}
    const first = await lifecycle.completed(file, object)
    expect(first).toMatchObject({...object, status: 'Downloaded', completedAt: expect.any(String)})
    expect(first).not.toHaveProperty('expiresAt')
    expect(await lifecycle.completed(file, {...object, expiresAt: 5})).toMatchObject({completedAt: first!.completedAt, expiresAt: 5})
    expect(await lifecycle.completed(file, {...object, expiresAt: 6})).toMatchObject({expiresAt: 5})
  })

  test('that cancels returns the record as it was', async () => {
    const file = await stored('Downloading')
    expect(await lifecycle.cancelled(file, {error: members.error, claimedBy: 'nobody'})).toMatchObject({status: 'Downloading', claimedBy: 'arn:one'})
    expect(await table.get(fileKey(file.fileId))).toMatchObject({status: 'Failed', claimedBy: 'nobody', error: members.error})
  })
})
