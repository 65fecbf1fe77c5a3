import {describe, expect, test} from '@jest/globals'
import {apiEvent} from '../../../../test/helpers/api-event'
import {context} from '../../../../test/helpers/context'
import {fileKey, fileUserKey} from '../../../util/files/keys'
import {fileId, handler, now, published, requested, sourceUrl, table, uuid} from './fixture'

describe('POST /files/{fileId}/retry', () => {
  const error = {code: 'TransientSourceError', message: 'Gone.', retryable: true}
  const ranged = {
    uploadId: 'u', s3Key: 'media/a.mp4', begunBy: 'c-1', url: 'https://e.com/a', validator: '"a"', size: 100, partBytes: 10, rangeParts: 1
  }
  const alice = {...fileUserKey(fileId, 'alice'), fileId, userId: 'alice', requestedAt: '2025-01-01T00:00:00.000Z'}
  const retry = async (user = 'alice', id = fileId): Promise<{statusCode?: number, body: unknown}> => {
    const {statusCode, body} = await handler(apiEvent({routeKey: 'POST /files/{fileId}/retry', path: {fileId: id}, user}), context)
    return {statusCode, body: JSON.parse(body ?? '')}
  }

  test('begins a new attempt of a file that Failed, without its URL', async () => {
    await table.put(requested({status: 'Failed', announcedAt: now, error}), alice)
    expect(await retry()).toEqual({statusCode: 202, body: {fileId, status: 'Requested'}})
    expect(published()).toEqual([{detailType: 'FileRequested', detail: {fileId, correlationId: uuid, sourceUrl, userId: 'alice', requestedAt: now}}])
    expect(await table.get(fileUserKey(fileId, 'alice'))).toEqual(alice)
  })

  test('continues with the parts of a failure that passes', async () => {
    await table.put(requested({status: 'Failed', announcedAt: now, error, ranged, progress: {r1: {bytes: 10, speed: 0}}}), alice)
    await retry()
    expect(await table.get(fileKey(fileId))).toMatchObject({status: 'Requested', ranged})
    expect(await table.get(fileKey(fileId))).not.toHaveProperty('progress')
  })

  test('begins from nothing after a failure that stays', async () => {
    await table.put(requested({status: 'Failed', announcedAt: now, error: {...error, retryable: false}, ranged}), alice)
    expect((await retry()).statusCode).toBe(202)
    expect(await table.get(fileKey(fileId))).not.toHaveProperty('ranged')
  })

  test.each([['Downloading', 202], ['Downloaded', 200]])('changes nothing of a file that is %s', async (status, statusCode) => {
    const file = requested({status, announcedAt: now})
    await table.put(file, {...alice, announcedAt: now})
    expect(await retry()).toEqual({statusCode, body: {fileId, status}})
    expect([await table.get(fileKey(fileId)), published()]).toEqual([file, []])
  })

  test.each(['url-1', ''])('answers 404 for %j, which the user did not ask for', async (id) => {
    await table.put(requested({status: 'Failed', error}), {...alice, ...fileUserKey(fileId, 'bob'), userId: 'bob'})
    expect((await retry('alice', id)).statusCode).toBe(404)
    expect((await retry('alice')).statusCode).toBe(404)
    expect(published()).toEqual([])
  })
})
