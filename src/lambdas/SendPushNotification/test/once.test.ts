import {describe, expect, test} from '@jest/globals'
import {context} from '../../../../test/helpers/context'
import {envelopeOf} from '../../../../test/helpers/envelope'
import {deviceKey, pushKey} from '../../../util/files/keys'
import {arnOf, completed, completedEvent, deleteEndpoint, device, fileId, handler, ledger, named, now, outcome, publish, sentRow, table, targets, user} from './fixture'

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

  test('by the holder of the lease; others wait, then fail and come back', async () => {
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
    expect(await table.all()).toEqual([user('alice'), sentRow('alice', 'tablet'), device('alice', 'tablet')])
  })

  test('is kept where it registered again while its old endpoint was pruned', async () => {
    const anew = {...device('alice', 'phone'), endpointArn: 'arn:new'}
    await table.put(user('alice'), device('alice', 'phone'))
    publish.mockRejectedValue(named('EndpointDisabledException'))
    deleteEndpoint.mockImplementation(() => table.put(anew))
    await handler(completedEvent, context)
    expect(await table.get(deviceKey('alice', 'phone'))).toEqual(anew)
  })
})
