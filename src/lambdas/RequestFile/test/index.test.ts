import {afterAll, afterEach, beforeEach, describe, expect, jest, test} from '@jest/globals'
import type {PutEventsRequest, PutEventsResponse} from '@aws-sdk/client-eventbridge'
import {apiEvent} from '../../../../test/helpers/api-event'
import {context} from '../../../../test/helpers/context'
import {example} from '../../../../test/helpers/example'
import {freezeDate} from '../../../../test/helpers/frozen-date'
import {startTable} from '../../../../test/helpers/table'
import {fileKey, fileUserKey} from '../../../util/keys'

const putEvents = jest.fn<(input: PutEventsRequest) => Promise<PutEventsResponse>>()
jest.unstable_mockModule('../../../lib/vendor/AWS/EventBridge', () => ({putEvents}))
const emitMetrics = jest.fn()
jest.unstable_mockModule('../../../lib/vendor/Metrics', () => ({emitMetrics}))

const table = await startTable()
process.env.EVENT_BUS_NAME = 'MediaDownloaderEvents'
const {handler} = await import('../src')

const {fileId, sourceUrl} = example('FileRequested', 'youtube')
const now = '2025-11-23T10:00:00.000Z'
const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/)

const ask = async (user: string, url: unknown = sourceUrl, preset?: unknown): Promise<{statusCode?: number, body: unknown}> => {
  const {statusCode, body} = await handler(apiEvent({routeKey: 'POST /files', user, body: {url, preset}}), context)
  return {statusCode, body: JSON.parse(body ?? '')}
}

const published = (): unknown[] => putEvents.mock.calls.flatMap(([{Entries = []}]) => Entries.map(({DetailType, Detail}) =>
  ({detailType: DetailType, detail: JSON.parse(Detail ?? '')})))

const requested = (more: Record<string, unknown> = {}): Record<string, unknown> =>
  ({...fileKey(fileId), fileId, sourceUrl, status: 'Requested', correlationId: 'c-1', requestedAt: now, availableAt: now, updatedAt: now, ...more})

beforeEach(() => {
  freezeDate(now)
  emitMetrics.mockReset()
  putEvents.mockReset().mockResolvedValue({FailedEntryCount: 0, Entries: [{EventId: 'event-1'}]})
})

afterEach(async () => {
  jest.useRealTimers()
  await table.clear()
})

afterAll(() => table.stop())

describe('a URL that nobody asked for', () => {
  test('is recorded, announced once and answered with 202', async () => {
    expect(await ask('alice')).toEqual({statusCode: 202, body: {fileId, status: 'Requested'}})
    const [file, user] = await table.all()
    expect(file).toEqual({
      ...fileKey(fileId), fileId, sourceUrl, status: 'Requested', correlationId: uuid,
      requestedAt: now, availableAt: now, updatedAt: now, announcedAt: now, requestedBy: 'alice'
    })
    expect(user).toEqual({...fileUserKey(fileId, 'alice'), fileId, userId: 'alice', requestedAt: now})
    expect(published()).toEqual([{
      detailType: 'FileRequested',
      detail: {fileId, correlationId: file?.correlationId, sourceUrl, userId: 'alice', requestedAt: now}
    }])
  })

  test('is counted, as each further request is', async () => {
    await ask('alice')
    await ask('bob')
    expect(emitMetrics.mock.calls).toEqual([[{FilesRequested: {unit: 'Count', value: 1}}], [{FilesRequested: {unit: 'Count', value: 1}}]])
  })

  test('keeps the correlation id of a direct invocation', async () => {
    const answer = await handler({userId: 'feedly', url: sourceUrl, correlationId: 'feedly-1'}, context)
    expect({...answer, body: JSON.parse(answer.body ?? '')}).toEqual(expect.objectContaining({statusCode: 202, body: {fileId, status: 'Requested'}}))
    expect(await table.get(fileKey(fileId))).toEqual(expect.objectContaining({correlationId: 'feedly-1'}))
  })

  test('has one file and one attempt for ten users at once', async () => {
    const users = Array.from({length: 10}, (_, index) => `user-${index}`)
    const answers = await Promise.all(users.map((user) => ask(user)))
    const items = await table.all()
    expect(answers).toEqual(users.map(() => ({statusCode: 202, body: {fileId, status: 'Requested'}})))
    expect(items.map(({SK}) => SK)).toEqual(['FILE', ...users.map((user) => `USER#${user}`)])
    expect(published()).toEqual([{detailType: 'FileRequested', detail: expect.objectContaining({fileId, correlationId: items[0]?.correlationId})}])
  })
})

describe('a preset', () => {
  const audio = `audio_${fileId}`

  test('makes a file of its own, which those who ask for the same share', async () => {
    expect([await ask('alice', sourceUrl, 'audio'), await ask('bob', sourceUrl, 'audio'), await ask('carol'), await ask('dave', sourceUrl, 'best')]).toEqual(
      [audio, audio, fileId, fileId].map((id) => ({statusCode: 202, body: {fileId: id, status: 'Requested'}})))
    expect(await table.get(fileKey(audio))).toEqual(expect.objectContaining({fileId: audio, sourceUrl, preset: 'audio'}))
    expect(await table.get(fileKey(fileId))).not.toHaveProperty('preset')
    expect(published()).toEqual([
      {detailType: 'FileRequested', detail: {fileId: audio, correlationId: uuid, sourceUrl, preset: 'audio', userId: 'alice', requestedAt: now}},
      {detailType: 'FileRequested', detail: {fileId, correlationId: uuid, sourceUrl, userId: 'carol', requestedAt: now}}
    ])
  })

  test('makes no copy of a file that its URL names', async () => {
    const url = 'https://media.example.com/clips/harbour.mp4'
    const [plain, sound] = [await ask('alice', url), await ask('bob', url, 'audio-mp3')]
    expect(sound.body).toEqual(plain.body)
    expect(published()).toHaveLength(1)
  })

  test('is refused where nobody knows it', async () => {
    expect(await ask('alice', sourceUrl, '8k')).toEqual({
      statusCode: 400, body: {error: {code: 'InvalidRequestError', message: 'Expected `preset` to be one of best, 1080p, 720p, audio, audio-mp3; got "8k".', retryable: false}}
    })
    expect(await table.all()).toEqual([])
  })
})

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

  test('of nobody is refused with 401', async () => {
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

  test('goes on with the parts of a failure that passes', async () => {
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
