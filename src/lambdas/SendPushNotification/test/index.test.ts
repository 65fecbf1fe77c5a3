import {afterAll, afterEach, beforeEach, describe, expect, jest, test} from '@jest/globals'
import type {DeleteEndpointCommandInput, PublishCommandInput} from '@aws-sdk/client-sns'
import {context} from '../../../../test/helpers/context'
import {envelopeOf} from '../../../../test/helpers/envelope'
import {example} from '../../../../test/helpers/example'
import {freezeDate} from '../../../../test/helpers/frozen-date'
import {startTable} from '../../../../test/helpers/table'
import {deviceKey, fileKey, fileUserKey, pushKey} from '../../../util/keys'

const publish = jest.fn<(input: PublishCommandInput) => Promise<{MessageId?: string}>>()
const deleteEndpoint = jest.fn<(input: DeleteEndpointCommandInput) => Promise<unknown>>()
jest.unstable_mockModule('../../../lib/vendor/AWS/SNS', () => ({publish, deleteEndpoint}))
const emitMetrics = jest.fn()
jest.unstable_mockModule('../../../lib/vendor/Metrics', () => ({emitMetrics}))

const table = await startTable()
const {handler} = await import('../src')

const now = '2025-11-23T10:00:10.000Z'
const completed = example('FileDownloadCompleted', 'video')
const failed = example('FileDownloadFailed', 'transient')
const {fileId} = completed
const completedEvent = envelopeOf('FileDownloadCompleted', completed)
const outcome = `FileDownloadCompleted#${completed.etag}`

type Item = Record<string, unknown>
const user = (userId: string): Item => ({...fileUserKey(fileId, userId), fileId, userId, requestedAt: now})
const arnOf = (userId: string, deviceId: string): string => `arn:aws:sns:us-west-2:123456789012:endpoint/APNS/MediaDownloader/${userId}-${deviceId}`
const device = (userId: string, deviceId: string): Item =>
  ({...deviceKey(userId, deviceId), userId, deviceId, platform: 'APNS', endpointArn: arnOf(userId, deviceId), updatedAt: now})
const sentRow = (userId: string, deviceId: string, name = outcome): Item =>
  ({...pushKey(fileId, userId, deviceId, name), state: 'sent', sentAt: now, expiresAt: Date.parse(now) / 1_000 + 120 * 86_400})
const ledger = async (): Promise<Item[]> => (await table.all()).filter(({SK}) => String(SK).startsWith('PUSH#'))

const named = (name: string, message = 'no'): Error => Object.assign(new Error(message), {name})
const targets = (): string[] => publish.mock.calls.map(([{TargetArn = ''}]) => TargetArn).toSorted()
const messageOf = ([{Message = ''}]: [PublishCommandInput]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(JSON.parse(Message) as Record<string, string>).map(([key, text]) => [key, key === 'default' ? text : JSON.parse(text)]))
const attribute = (StringValue: string): object => ({DataType: 'String', StringValue})

beforeEach(() => {
  freezeDate(now)
  emitMetrics.mockReset()
  publish.mockReset().mockResolvedValue({MessageId: 'm-1'})
  deleteEndpoint.mockReset().mockResolvedValue({})
})

afterEach(async () => {
  jest.useRealTimers()
  await table.clear()
})

afterAll(() => table.stop())

describe('a user who asks for a file that is there already', () => {
  const late = envelopeOf('FileRequested', {...example('FileRequested', 'late'), fileId, userId: 'carol'})
  const record = {
    ...fileKey(fileId), fileId, status: 'Downloaded', correlationId: completed.correlationId, s3Key: completed.s3Key, size: completed.size,
    contentType: completed.contentType, etag: completed.etag, title: completed.title
  }

  test('is told alone', async () => {
    await table.put(record, user('alice'), user('carol'), device('alice', 'phone'), device('carol', 'phone'))
    expect(await handler(late, context)).toEqual({sent: 1})
    expect(targets()).toEqual([arnOf('carol', 'phone')])
    expect(await ledger()).toEqual([sentRow('carol', 'phone')])
  })

  test('is told in the words of the file\'s completion', async () => {
    await table.put(record, user('carol'), device('carol', 'phone'))
    await handler(late, context)
    const [first] = publish.mock.calls
    publish.mockClear()
    await table.clear()
    await table.put(record, user('carol'), device('carol', 'phone'))
    await handler(completedEvent, context)
    expect(publish.mock.calls).toEqual([first])
  })

  test('hears nothing a second time, nor after the completion told him', async () => {
    await table.put(record, user('carol'), device('carol', 'phone'))
    await handler(completedEvent, context)
    expect(await handler(late, context)).toEqual({sent: 0})
    expect(publish).toHaveBeenCalledTimes(1)
  })

  test('is left to the outcome while the file is on its way', async () => {
    await table.put({...record, status: 'Downloading'}, user('carol'), device('carol', 'phone'))
    expect(await handler(late, context)).toEqual({sent: 0})
  })

  test('is no outcome to count', async () => {
    await table.put(record, user('carol'), device('carol', 'phone'))
    await handler(late, context)
    expect(emitMetrics).not.toHaveBeenCalled()
  })
})

describe('a completed file', () => {
  test('is told to every device of every user who asked, and to nobody else', async () => {
    await table.put(user('alice'), user('bob'), user('carol'), device('alice', 'phone'), device('alice', 'tablet'), device('bob', 'phone'), device('dave', 'phone'))
    expect(await handler(completedEvent, context)).toEqual({sent: 3})
    expect(targets()).toEqual([arnOf('alice', 'phone'), arnOf('alice', 'tablet'), arnOf('bob', 'phone')])
    expect(await ledger()).toEqual([sentRow('alice', 'phone'), sentRow('alice', 'tablet'), sentRow('bob', 'phone')])
  })

  test('is told in the words and shapes of each platform', async () => {
    await table.put(user('alice'), device('alice', 'phone'))
    await handler(completedEvent, context)
    const [call] = publish.mock.calls
    const text = {title: 'Download Complete', body: 'Your video is ready (1.0 MB)'}
    const data = {fileId, s3Key: completed.s3Key}
    const apns = {aps: {alert: {...text, subtitle: 'Video Title'}, sound: 'default'}, data}
    expect(call && messageOf(call)).toEqual({
      default: 'Download Complete: Your video is ready (1.0 MB)',
      APNS: apns,
      APNS_SANDBOX: apns,
      GCM: {fcmV1Message: {message: {
        notification: {title: text.title, body: `Video Title\n${text.body}`},
        data,
        android: {collapse_key: fileId, priority: 'high', ttl: '86400s', notification: {sound: 'default', tag: fileId}}
      }}}
    })
    expect(call?.[0]).toEqual({
      TargetArn: arnOf('alice', 'phone'),
      MessageStructure: 'json',
      Message: expect.any(String),
      MessageAttributes: {
        'AWS.SNS.MOBILE.APNS.COLLAPSE_ID': attribute(fileId),
        'AWS.SNS.MOBILE.APNS.PRIORITY': attribute('10'),
        'AWS.SNS.MOBILE.APNS.PUSH_TYPE': attribute('alert'),
        'AWS.SNS.MOBILE.APNS.TTL': attribute('86400'),
        'AWS.SNS.MOBILE.APNS_SANDBOX.TTL': attribute('86400'),
        'AWS.SNS.MOBILE.FCM.TTL': attribute('86400')
      }
    })
  })

  test('takes its title from the record where the event has none', async () => {
    await table.put({...fileKey(fileId), fileId, title: 'From the record'}, user('alice'), device('alice', 'phone'))
    await handler(envelopeOf('FileDownloadCompleted', {...completed, title: undefined}), context)
    expect(publish.mock.calls[0] && messageOf(publish.mock.calls[0])).toEqual(expect.objectContaining({
      APNS: expect.objectContaining({aps: expect.objectContaining({alert: expect.objectContaining({subtitle: 'From the record'})})})
    }))
  })

  test('is told for every example that the contract has', async () => {
    const guide = example('FileDownloadCompleted', 'guide')
    await table.put({...user('alice'), ...fileUserKey(guide.fileId, 'alice')}, device('alice', 'phone'))
    expect(await handler(envelopeOf('FileDownloadCompleted', guide), context)).toEqual({sent: 1})
    expect(await ledger()).toEqual([expect.objectContaining(pushKey(guide.fileId, 'alice', 'phone', `FileDownloadCompleted#${guide.correlationId}`))])
  })

  test('that nobody waits for is told to nobody', async () => {
    await table.put(user('alice'))
    expect(await handler(completedEvent, context)).toEqual({sent: 0})
  })

  test('is told to sixty users, at most twenty at a time', async () => {
    const users = Array.from({length: 60}, (_, index) => `user-${String(index).padStart(2, '0')}`)
    await table.put(...users.map(user), ...users.map((userId) => device(userId, 'phone')))
    let running = 0
    let most = 0
    publish.mockImplementation(async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setTimeout(resolve, 1))
      running -= 1
      return {}
    })
    expect(await handler(completedEvent, context)).toEqual({sent: 60})
    expect(targets()).toEqual(users.map((userId) => arnOf(userId, 'phone')))
    expect(most).toBeLessThanOrEqual(20)
  // Some hundred requests to a real table.
  }, 90_000)
})

describe('a failed file', () => {
  test('is counted as settled and by its code; a completed one as settled', async () => {
    await handler(envelopeOf('FileDownloadFailed', failed), context)
    await handler(completedEvent, context)
    const settled = (failures: number): object => ({FilesSettled: {unit: 'Count', value: 1}, FilesFailed: {unit: 'Count', value: failures}})
    expect(emitMetrics.mock.calls).toEqual([
      [settled(1)], [{FilesFailed: {unit: 'Count', value: 1}}, {errorCode: 'TransientSourceError'}], [settled(0)]
    ])
  })

  test('is told with the reason', async () => {
    await table.put(user('alice'), device('alice', 'phone'))
    expect(await handler(envelopeOf('FileDownloadFailed', failed), context)).toEqual({sent: 1})
    const data = {fileId, errorCode: 'TransientSourceError', retryable: 'true'}
    expect(publish.mock.calls[0] && messageOf(publish.mock.calls[0])).toEqual(expect.objectContaining({
      default: `Download Failed: ${failed.errorMessage}`,
      APNS: {aps: {alert: {title: 'Download Failed', body: failed.errorMessage}, sound: 'default'}, data}
    }))
    expect(await ledger()).toEqual([sentRow('alice', 'phone', `FileDownloadFailed#${failed.correlationId}`)])
  })

  test('is told again when a later attempt fails too', async () => {
    await table.put(user('alice'), device('alice', 'phone'))
    await handler(envelopeOf('FileDownloadFailed', failed), context)
    await handler(envelopeOf('FileDownloadFailed', {...failed, correlationId: 'later'}), context)
    expect(publish).toHaveBeenCalledTimes(2)
  })
})

describe('a push goes out once', () => {
  test('for ten copies of an event, one after another', async () => {
    await table.put(user('alice'), device('alice', 'phone'))
    for (let copy = 0; copy < 10; copy++) {
      await handler(envelopeOf('FileDownloadCompleted', completed, {id: `copy-${copy}`}), context)
    }
    expect(publish).toHaveBeenCalledTimes(1)
  })

  test('for ten copies of an event at once', async () => {
    await table.put(user('alice'), user('bob'), device('alice', 'phone'), device('bob', 'phone'))
    publish.mockImplementation(() => new Promise((resolve) => {
      setTimeout(() => resolve({}), 50)
    }))
    const answers = await Promise.all(Array.from({length: 10}, (_, copy) => handler(envelopeOf('FileDownloadCompleted', completed, {id: `copy-${copy}`}), context)))
    expect(answers.reduce((sum, {sent}) => sum + sent, 0)).toBe(2)
    expect(targets()).toEqual([arnOf('alice', 'phone'), arnOf('bob', 'phone')])
  })

  test('although the archive replays its event 90 days later', async () => {
    await table.put(user('alice'), device('alice', 'phone'))
    await handler(completedEvent, context)
    const [row] = await ledger()
    expect(Number(row?.expiresAt) - Date.parse(now) / 1_000).toBeGreaterThan(90 * 86_400)
  })

  test('by the retry of an invocation that died while it was sending', async () => {
    await table.put(user('alice'), device('alice', 'phone'), {...pushKey(fileId, 'alice', 'phone', outcome), state: 'sending', leaseUntil: '2025-11-23T10:00:09.999Z'})
    expect(await handler(completedEvent, context)).toEqual({sent: 1})
    expect(await ledger()).toEqual([sentRow('alice', 'phone')])
  })

  test('by whoever has the lease; others wait, then fail and come back', async () => {
    const leased = {...pushKey(fileId, 'alice', 'phone', outcome), state: 'sending', leaseUntil: '2025-11-23T10:00:10.001Z'}
    await table.put(user('alice'), device('alice', 'phone'), leased)
    await expect(handler(completedEvent, context)).rejects.toThrow(expect.objectContaining({name: 'PushFailedError'}))
    expect(publish).not.toHaveBeenCalled()
    expect(await ledger()).toEqual([leased])
  })
})

describe('a device that cannot be reached', () => {
  test('keeps no other device from its push, and gets its own by the retry', async () => {
    await table.put(user('alice'), user('bob'), device('alice', 'phone'), device('alice', 'tablet'), device('bob', 'phone'))
    publish.mockImplementation(async ({TargetArn}) => {
      if (TargetArn === arnOf('alice', 'phone')) {
        throw named('ThrottledException')
      }
      return {}
    })
    await expect(handler(completedEvent, context)).rejects.toThrow(expect.objectContaining({
      name: 'PushFailedError', message: `Expected to tell every user of file ${fileId}; 1 could not be told, 2 pushes went out.`
    }))
    expect(await ledger()).toEqual([sentRow('alice', 'tablet'), sentRow('bob', 'phone')])
    publish.mockReset().mockResolvedValue({})
    expect(await handler(completedEvent, context)).toEqual({sent: 1})
    expect(targets()).toEqual([arnOf('alice', 'phone')])
  })

  test.each([
    ['EndpointDisabledException', 'Endpoint is disabled'],
    ['NotFoundException', 'Endpoint does not exist'],
    ['InvalidParameterException', 'Invalid parameter: TargetArn Reason: No endpoint found for the target arn specified']
  ])('for good (%s) is forgotten with its endpoint', async (name, message) => {
    await table.put(user('alice'), device('alice', 'phone'), device('alice', 'tablet'))
    publish.mockImplementation(async ({TargetArn}) => {
      if (TargetArn === arnOf('alice', 'phone')) {
        throw named(name, message)
      }
      return {}
    })
    expect(await handler(completedEvent, context)).toEqual({sent: 1})
    expect(deleteEndpoint.mock.calls).toEqual([[{EndpointArn: arnOf('alice', 'phone')}]])
    expect(await table.all()).toEqual([sentRow('alice', 'tablet'), user('alice'), device('alice', 'tablet')])
  })

  test('is kept where it registered anew while its old endpoint was pruned', async () => {
    const anew = {...device('alice', 'phone'), endpointArn: 'arn:new'}
    await table.put(user('alice'), device('alice', 'phone'))
    publish.mockRejectedValue(named('EndpointDisabledException'))
    deleteEndpoint.mockImplementation(() => table.put(anew))
    await handler(completedEvent, context)
    expect(await table.get(deviceKey('alice', 'phone'))).toEqual(anew)
  })
})

describe('an event that cannot be', () => {
  test.each([
    ['InvalidEventError', envelopeOf('FileDownloadCompleted', {...completed, size: 'large'})],
    ['UnknownEventError', envelopeOf('FileMetadataReady', example('FileMetadataReady', 'video'))],
    ['InvalidEventError', null]
  ])('is thrown as %s', async (name, event) => {
    await expect(handler(event, context)).rejects.toThrow(expect.objectContaining({name}))
  })
})
