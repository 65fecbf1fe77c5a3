import {describe, expect, test} from '@jest/globals'
import {fileKey, fileUserKey} from '../../../util/files/keys'
import {ask, fileId, now, published, requested, sourceUrl, table, uuid} from './fixture'

describe('a file that is known', () => {
  test.each(['Requested', 'MetadataReady', 'Scheduled', 'Downloading'])('is joined by a second user without another event while %s', async (status) => {
    const file = requested({status, announcedAt: now})
    await table.put(file)
    expect(await ask('bob')).toEqual({statusCode: 202, body: {fileId, status}})
    expect(await table.get(fileKey(fileId))).toEqual(file)
    expect(await table.get(fileUserKey(fileId, 'bob'))).toEqual(expect.objectContaining({userId: 'bob'}))
    expect(published()).toEqual([])
  })

  test('is answered with 200 once it is Downloaded', async () => {
    await table.put(requested({status: 'Downloaded', announcedAt: now}))
    expect(await ask('bob')).toEqual({statusCode: 200, body: {fileId, status: 'Downloaded'}})
  })

  test('announces a user who asks once it is Downloaded, and that once', async () => {
    const file = requested({status: 'Downloaded', announcedAt: now})
    await table.put(file)
    await ask('bob')
    await ask('bob')
    expect(published().map((event) => (event as {detail: unknown}).detail)).toEqual([
      {fileId, correlationId: file.correlationId, sourceUrl, userId: 'bob', requestedAt: expect.any(String), alreadyDownloaded: true}
    ])
    expect(await table.get(fileKey(fileId))).toEqual(file)
  })

  test('announces a late user again whose request died before its event', async () => {
    await table.put(requested({status: 'Downloaded', announcedAt: now}), {...fileUserKey(fileId, 'bob'), fileId, userId: 'bob', requestedAt: now})
    await ask('bob')
    expect(published()).toHaveLength(1)
  })

  test('keeps the time of a user\'s first request', async () => {
    const user = {...fileUserKey(fileId, 'alice'), fileId, userId: 'alice', requestedAt: '2025-01-01T00:00:00.000Z'}
    await table.put(requested({announcedAt: now}), user)
    await ask('alice')
    expect(await table.get(fileUserKey(fileId, 'alice'))).toEqual(user)
  })

  test('gets a new attempt, of which nothing old is left, after it Failed', async () => {
    await table.put(requested({
      status: 'Failed', announcedAt: now, claimedBy: 'arn:old', uploadId: 'u', metadataAttempts: 3, reschedules: 2, progress: {r1: {bytes: 7, speed: 0}},
      error: {code: 'TransientSourceError', message: 'Gone.', retryable: true}
    }))
    expect(await ask('bob')).toEqual({statusCode: 202, body: {fileId, status: 'Requested'}})
    const file = await table.get(fileKey(fileId))
    expect(file).toEqual({
      ...fileKey(fileId), fileId, sourceUrl, status: 'Requested', correlationId: uuid, requestedAt: now, availableAt: now,
      updatedAt: now, announcedAt: now, requestedBy: 'bob'
    })
    expect(file?.correlationId).not.toBe('c-1')
    expect(published()).toHaveLength(1)
  })

  test('gets a new attempt once its days are over, though the table still shows it', async () => {
    const expiresAt = Date.parse(now) / 1000
    await table.put(requested({status: 'Downloaded', announcedAt: now, expiresAt: expiresAt + 1}))
    expect(await ask('alice')).toEqual({statusCode: 200, body: {fileId, status: 'Downloaded'}})
    await table.put(requested({status: 'Downloaded', announcedAt: now, expiresAt}))
    const answers = await Promise.all(Array.from({length: 10}, () => ask('bob')))
    expect(answers).toEqual(Array.from({length: 10}, () => ({statusCode: 202, body: {fileId, status: 'Requested'}})))
    expect(await table.get(fileKey(fileId))).toEqual({...requested({announcedAt: now, requestedBy: 'bob'}), correlationId: uuid})
  })

  test('begins one new attempt for ten requests at once after it Failed, and announces it once', async () => {
    await table.put(requested({status: 'Failed', announcedAt: now}))
    await Promise.all(Array.from({length: 10}, () => ask('bob')))
    expect(published()).toHaveLength(1)
  })
})
