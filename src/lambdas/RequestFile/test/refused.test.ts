import {describe, expect, jest, test} from '@jest/globals'
import {apiEvent} from '../../../../test/helpers/api-event'
import {context} from '../../../../test/helpers/context'
import {fileKey, fileUserKey} from '../../../util/files/keys'
import {ask, fileId, handler, now, published, putEvents, requested, sourceUrl, table} from './fixture'

describe('a request that dies on the way', () => {
  test('after the user\'s record is completed by the next one', async () => {
    await table.put({...fileUserKey(fileId, 'alice'), fileId, userId: 'alice', requestedAt: now})
    await ask('alice')
    expect(published()).toHaveLength(1)
  })

  test('before its event is announced by the next one, with the same correlation id', async () => {
    await table.put(requested())
    await ask('bob')
    expect(published()).toEqual([{detailType: 'FileRequested', detail: {fileId, correlationId: 'c-1', sourceUrl, userId: 'bob', requestedAt: now}}])
    expect(await table.get(fileKey(fileId))).toEqual(requested({announcedAt: now}))
  })

  test('before its event is announced once by ten more at once', async () => {
    await table.put(requested())
    await Promise.all(Array.from({length: 10}, () => ask('bob')))
    expect(published()).toHaveLength(1)
  })

  test('while it announces is waited for as long as it can take, then the next one announces', async () => {
    await table.put(requested({announcingUntil: '2025-11-23T10:00:15.000Z'}))
    jest.setSystemTime(Date.parse(now) + 15_000)
    await ask('bob')
    expect(published()).toEqual([])
    jest.setSystemTime(Date.parse(now) + 15_001)
    await ask('bob')
    expect(published()).toHaveLength(1)
  })

  test('because the bus refuses the event is answered with 502, and announced by the next one', async () => {
    putEvents.mockResolvedValueOnce({FailedEntryCount: 1, Entries: [{ErrorCode: 'AccessDeniedException', ErrorMessage: 'no'}]})
    expect(await ask('alice')).toEqual({statusCode: 502, body: {error: {code: 'EventPublishError', message: expect.any(String), retryable: true}}})
    expect(await ask('alice')).toEqual({statusCode: 202, body: {fileId, status: 'Requested'}})
    expect(published()).toHaveLength(2)
  })

  test('whose event was lost is announced again after an hour, not before', async () => {
    await table.put(requested({announcedAt: now}))
    jest.setSystemTime(Date.parse(now) + 3_599_999)
    await ask('bob')
    expect(published()).toEqual([])
    jest.setSystemTime(Date.parse(now) + 3_600_000)
    await ask('bob')
    expect(published()).toEqual([{detailType: 'FileRequested', detail: {fileId, correlationId: 'c-1', sourceUrl, userId: 'bob', requestedAt: now}}])
  })

  test('is not announced once the file has moved on', async () => {
    await table.put(requested({status: 'MetadataReady'}))
    await ask('bob')
    expect(published()).toEqual([])
  })
})

describe('a request that cannot be', () => {
  test.each([
    ['no url', 400, 'InvalidUrlError'],
    [undefined, 400, 'InvalidUrlError'],
    ['ftp://example.com/a', 400, 'UnsupportedSchemeError'],
    ['http://169.254.169.254/latest', 400, 'PrivateAddressError']
  ])('for %j is refused with %i %s and leaves nothing', async (url, statusCode, code) => {
    expect(await ask('alice', url ?? null)).toEqual({statusCode, body: {error: {code, message: expect.any(String), retryable: false}}})
    expect(await table.all()).toEqual([])
    expect(published()).toEqual([])
  })

  test('of no one is refused with 401', async () => {
    const answer = await handler(apiEvent({routeKey: 'POST /files', user: null, body: {url: sourceUrl}}), context)
    expect(answer.statusCode).toBe(401)
  })

  test('with a body over 64 KiB is refused with 413', async () => {
    const answer = await handler(apiEvent({routeKey: 'POST /files', body: {url: sourceUrl, more: 'x'.repeat(65_536)}}), context)
    expect(answer.statusCode).toBe(413)
  })

  test('that no table answers is thrown on', async () => {
    process.env.TABLE_NAME = 'Absent'
    await expect(ask('alice')).rejects.toThrow(expect.objectContaining({name: 'ResourceNotFoundException'}))
    process.env.TABLE_NAME = 'MediaDownloader'
  })
})
