import {describe, expect, test} from '@jest/globals'
import {context} from '../../../../test/helpers/context'
import {envelopeOf} from '../../../../test/helpers/envelope'
import {example} from '../../../../test/helpers/example'
import {fileKey, fileUserKey, pushKey} from '../../../util/files/keys'
import {arnOf, attribute, completed, completedEvent, device, emitMetrics, failed, fileId, handler, ledger, messageOf, publish, sentRow, table, targets, user} from './fixture'

describe('a completed file', () => {
  test('is told to every device of every user who asked, and to no one else', async () => {
    await table.put(user('alice'), user('bob'), user('carol'), device('alice', 'phone'), device('alice', 'tablet'), device('bob', 'phone'), device('dave', 'phone'))
    expect(await handler(completedEvent, context)).toEqual({sent: 3})
    expect(targets()).toEqual([arnOf('alice', 'phone'), arnOf('alice', 'tablet'), arnOf('bob', 'phone')])
    expect(await ledger()).toEqual([sentRow('alice', 'phone'), sentRow('alice', 'tablet'), sentRow('bob', 'phone')])
  })

  test('is told with what it is without', async () => {
    await table.put(user('alice'), device('alice', 'phone'))
    await handler({...completedEvent as object, detail: {...completed, missing: 'sound'}}, context)
    expect(publish.mock.calls.map((call) => messageOf(call).default))
      .toEqual(['Download Complete: Your video is ready (1.0 MB). It has no sound: its site names one and sent none. Look for another source if it should have one.'])
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

  test('that no one waits for is told to no one', async () => {
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

  test.each([['Lambda.Unknown', 'The download ended with Lambda.Unknown before it was whole.'], ['EnvironmentError', 'Expected BUCKET_NAME to be set; it is missing.']])(
    'is told in a sentence for users where %s went wrong on our side', async (errorCode, errorMessage) => {
      await table.put(user('alice'), device('alice', 'phone'))
      await handler(envelopeOf('FileDownloadFailed', {...failed, errorCode, errorMessage}), context)
      expect(publish.mock.calls[0] && messageOf(publish.mock.calls[0])).toMatchObject({
        default: expect.stringMatching(/^Download Failed: Something went wrong on our side/), APNS: {data: {errorCode}}
      })
    }
  )

  test('is told again when a later attempt fails too', async () => {
    await table.put(user('alice'), device('alice', 'phone'))
    await handler(envelopeOf('FileDownloadFailed', failed), context)
    await handler(envelopeOf('FileDownloadFailed', {...failed, correlationId: 'later'}), context)
    expect(publish).toHaveBeenCalledTimes(2)
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
