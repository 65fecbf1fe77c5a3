import {describe, expect, test} from '@jest/globals'
import {fileKey} from '../../../util/files/keys'
import {
  before, deleteObject, examine, file, found, headObject, invoke, listObjects, named, now, payloads, sourceUrl, table, tick, user, whole, wholeObject
} from './fixture'

const day = 24 * 60
const stored = (minutes: number, Key = 'media/a.mp4') => ({Contents: [{Key, LastModified: new Date(before(minutes))}]})
const daily = (): Promise<string[]> => found('ReconcileFilesDaily')

describe('every day, an object', () => {
  test.each([
    ['of no record', day + 1, undefined, ['object-without-record mended']],
    ['of no record yet', day - 1, undefined, []],
    ['of no record for just a day', day, undefined, []],
    ['of a file that is Downloaded', 10_000, file('Downloaded', {s3Key: 'media/a.mp4'}), []],
    ['of an earlier attempt', 10_000, file('Failed', whole), []],
    ['that came as its file was cancelled', day + 1, file('Failed', {error: {code: 'CancelledError'}}), ['object-without-record mended']],
    ['that came as its file was cancelled just now', day - 1, file('Failed', {error: {code: 'CancelledError'}}), []]
  ])('%s, %i minutes old', async (_, minutes, record, drift) => {
    listObjects.mockResolvedValue(stored(minutes))
    if (record !== undefined) {
      await table.put(record)
    }
    expect(await daily()).toEqual(drift)
    expect(deleteObject.mock.calls).toEqual(drift.map(() => [{Bucket: 'media', Key: 'media/a.mp4'}]))
  })

  test('that the record has another in place of is removed', async () => {
    listObjects.mockResolvedValue({Contents: [...stored(10_000).Contents, ...stored(10_000, 'media/a.webm').Contents]})
    await table.put(file('Downloaded', {s3Key: 'media/a.webm'}))
    expect(await daily()).toEqual(['object-without-record mended'])
    expect(deleteObject).toHaveBeenCalledWith({Bucket: 'media', Key: 'media/a.mp4'})
  })

  test.each([
    ['no record of its file', 'media/a.mp4', 'a', undefined, 'media/a.mp4, which no record knows'],
    ['a key that is none of a file\'s', 'media/a b.mp4', 'media/a b.mp4', undefined, 'media/a b.mp4, which no record knows'],
    ['another in its place', 'media/a.mp4', 'a', file('Downloaded', {s3Key: 'media/a.webm'}), 'media/a.mp4, in place of which the record has media/a.webm'],
    ['a cancelled file', 'media/a.mp4', 'a', file('Failed', {error: {code: 'CancelledError'}}), 'media/a.mp4, which came as its file was cancelled']
  ])('with %s is told since it came', async (_, key, fileId, record, detail) => {
    listObjects.mockResolvedValue({Contents: [...stored(day + 1, key).Contents, ...stored(1, 'media/a.webm').Contents]})
    if (record !== undefined) {
      await table.put(record)
    }
    expect((await examine('all')).drift).toEqual([{kind: 'object-without-record', fileId, since: before(day + 1), detail, outcome: 'found'}])
  })

  test('is found on every page', async () => {
    listObjects.mockResolvedValueOnce({...stored(10_000), NextContinuationToken: 'next'}).mockResolvedValueOnce(stored(10_000, 'media/b.mp4'))
    expect(await daily()).toHaveLength(2)
    expect(listObjects).toHaveBeenLastCalledWith({Bucket: 'media', Prefix: 'media/', ContinuationToken: 'next'})
  })
})

describe('every day, an object of the current attempt', () => {
  test.each([
    [61, ['object-without-completion mended']], [60, []], [59, []]
  ])('that is %i minutes old completes even a file that Failed', async (minutes, drift) => {
    listObjects.mockResolvedValue(stored(minutes))
    headObject.mockResolvedValue(wholeObject)
    await table.put(file('Failed', whole))
    expect(await daily()).toEqual(drift)
    expect(payloads()).toEqual(drift.map(() =>
      ['S3ObjectCreated', {Records: [{s3: {bucket: {name: 'media'}, object: {key: 'media%2Fa.mp4'}}}]}]))
  })

  test('is told with the status of its file, since it came', async () => {
    listObjects.mockResolvedValue(stored(61))
    headObject.mockResolvedValue(wholeObject)
    await table.put(file('Failed', whole))
    expect((await examine('all')).drift).toEqual([
      {kind: 'object-without-completion', fileId: 'a', since: before(61), detail: 'Failed, though media/a.mp4 is whole', outcome: 'found'}
    ])
    expect(headObject.mock.calls).toEqual([[{Bucket: 'media', Key: 'media/a.mp4'}]])
  })
})

describe('every day, an object of a Downloaded file', () => {
  test('that is missing is fetched again by a new attempt', async () => {
    await table.put(file('Downloaded', {s3Key: 'media/a.mp4'}), user)
    expect(await daily()).toEqual(['record-without-object mended'])
    expect(await table.get(fileKey('a'))).toEqual(file('Failed', {
      s3Key: 'media/a.mp4', updatedAt: now, error: {code: 'StorageError', message: 'The file is not in the store any more. It is being fetched again.', retryable: true}
    }))
    expect(payloads()).toEqual([['RequestFile', {userId: 'ann', url: sourceUrl, correlationId: expect.any(String)}]])
  })

  test('that its record has no key of is fetched again too', async () => {
    await table.put(file('Downloaded'), user)
    expect(await daily()).toEqual(['record-without-object mended'])
    expect(await table.get(fileKey('a'))).toMatchObject({status: 'Failed', error: {code: 'StorageError'}})
    expect(payloads()).toEqual([['RequestFile', {userId: 'ann', url: sourceUrl, correlationId: expect.any(String)}]])
  })

  test.each([
    ['its key, since it was completed', {s3Key: 'media/a.mp4', completedAt: before(30)}, before(30), 'media/a.mp4 is not in the bucket'],
    ['its key, since the record changed where that is all there is', {s3Key: 'media/a.mp4'}, before(6), 'media/a.mp4 is not in the bucket'],
    ['no key where the record has none', {}, before(6), 'no key is not in the bucket']
  ])('that is missing is told with %s', async (_, more, since, detail) => {
    await table.put(file('Downloaded', more))
    expect((await examine('all')).drift).toEqual([{kind: 'record-without-object', fileId: 'a', since, detail, outcome: 'found'}])
  })

  test('is looked for by its key, and not at all where the record has none', async () => {
    await table.put(file('Downloaded', {s3Key: 'media/a.mp4'}), file('Downloaded', {...fileKey('b'), fileId: 'b'}))
    expect((await examine('all')).found).toBe(2)
    expect(headObject.mock.calls).toEqual([[{Bucket: 'media', Key: 'media/a.mp4'}]])
  })

  test('that is missing, and that another has asked for meanwhile, is not asked for twice', async () => {
    const asked = file('Requested', {s3Key: 'media/a.mp4', correlationId: 'c-2', requestedAt: now})
    headObject.mockImplementation(async () => {
      await table.put(asked)
      throw named('NotFound')
    })
    await table.put(file('Downloaded', {s3Key: 'media/a.mp4'}), user)
    expect(await daily()).toEqual(['record-without-object mended'])
    expect(await table.get(fileKey('a'))).toEqual(asked)
    expect(payloads()).toEqual([])
  })

  test('whose time is over is not missing, and not fetched again', async () => {
    await table.put(file('Downloaded', {s3Key: 'media/a.mp4', expiresAt: Date.parse(now) / 1_000}), user)
    expect(await daily()).toEqual([])
  })

  test('that has a second left is missing, and fetched again', async () => {
    await table.put(file('Downloaded', {s3Key: 'media/a.mp4', expiresAt: Date.parse(now) / 1_000 + 1}), user)
    expect(await daily()).toEqual(['record-without-object mended'])
  })

  test('that came after the bucket was listed is not missing', async () => {
    headObject.mockResolvedValue({ContentLength: 7})
    await table.put(file('Downloaded', {s3Key: 'media/a.mp4'}), user)
    expect(await daily()).toEqual([])
  })

  test('that cannot be looked at is an error, and not taken for missing', async () => {
    headObject.mockRejectedValue(named('AccessDenied'))
    await table.put(file('Downloaded', {s3Key: 'media/a.mp4'}), user)
    await expect(tick('ReconcileFilesDaily')).rejects.toThrow('AccessDenied')
    expect(invoke).not.toHaveBeenCalled()
  })
})
