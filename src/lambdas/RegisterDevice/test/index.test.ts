import {afterAll, afterEach, beforeEach, describe, expect, jest, test} from '@jest/globals'
import {apiEvent} from '../../../../test/helpers/api-event'
import {context} from '../../../../test/helpers/context'
import {freezeDate} from '../../../../test/helpers/frozen-date'
import {startTable} from '../../../../test/helpers/table'
import {deviceKey} from '../../../util/files/keys'
import {applicationArn, clear, commands, endpointArn, endpoints, fcmArn, named, type Endpoint} from './fake-sns'

jest.unstable_mockModule('../../../lib/vendor/AWS/SNS', () => commands)

const table = await startTable()
const {handler} = await import('../src')
const now = '2025-11-23T10:00:00.000Z'

const put = async (deviceId: string, body: unknown, user = 'alice'): Promise<{statusCode?: number, body: unknown}> => {
  const answer = await handler(apiEvent({routeKey: 'PUT /devices/{deviceId}', path: {deviceId}, user, body}), context)
  return {statusCode: answer.statusCode, body: JSON.parse(answer.body ?? '')}
}
const remove = (deviceId: string, user = 'alice'): ReturnType<typeof handler> =>
  handler(apiEvent({routeKey: 'DELETE /devices/{deviceId}', path: {deviceId}, user}), context)

const apns = (token: string): object => ({platform: 'APNS', token})
const row = (userId: string, deviceId: string, arn: string, platform = 'APNS'): object =>
  ({...deviceKey(userId, deviceId), userId, deviceId, platform, endpointArn: arn, updatedAt: now})
const endpoint = (Token: string, CustomUserData = 'alice'): Endpoint => ({Token, CustomUserData, Enabled: 'true'})

beforeEach(() => {
  freezeDate(now)
  Object.assign(process.env, {APNS_PLATFORM_APPLICATION_ARN: applicationArn, FCM_PLATFORM_APPLICATION_ARN: fcmArn})
  clear()
})

afterEach(async () => {
  jest.useRealTimers()
  await table.clear()
})

afterAll(() => table.stop())

describe('PUT /devices/{deviceId}', () => {
  test('makes an endpoint and a record for a new device', async () => {
    expect(await put('phone', apns('t1'))).toEqual({statusCode: 200, body: {deviceId: 'phone', platform: 'APNS'}})
    expect(Object.fromEntries(endpoints)).toEqual({[endpointArn('e1')]: endpoint('t1')})
    expect(await table.all()).toEqual([row('alice', 'phone', endpointArn('e1'))])
  })

  test('asks SNS for nothing but the endpoint of a new device', async () => {
    await put('phone', apns('t1'))
    expect(commands.createPlatformEndpoint.mock.calls).toEqual([[
      {PlatformApplicationArn: applicationArn, Token: 't1', CustomUserData: 'alice', Attributes: {Enabled: 'true'}}
    ]])
    const {createPlatformEndpoint: _create, ...others} = commands
    expect(Object.values(others).map(({mock}) => mock.calls.length)).toEqual([0, 0, 0])
  })

  test('changes nothing when it is repeated', async () => {
    await put('phone', apns('t1'))
    expect(await put('phone', apns('t1'))).toEqual({statusCode: 200, body: {deviceId: 'phone', platform: 'APNS'}})
    expect(Object.fromEntries(endpoints)).toEqual({[endpointArn('e1')]: endpoint('t1')})
    expect(await table.all()).toEqual([row('alice', 'phone', endpointArn('e1'))])
  })

  test('gives the endpoint a new token', async () => {
    await put('phone', apns('t1'))
    await put('phone', apns('t2'))
    expect(Object.fromEntries(endpoints)).toEqual({[endpointArn('e1')]: endpoint('t2')})
    expect(await table.all()).toEqual([row('alice', 'phone', endpointArn('e1'))])
  })

  test('enables an endpoint that a push service disabled', async () => {
    await put('phone', apns('t1'))
    endpoints.set(endpointArn('e1'), {...endpoint('t1'), Enabled: 'false'})
    await put('phone', apns('t1'))
    expect(Object.fromEntries(endpoints)).toEqual({[endpointArn('e1')]: endpoint('t1')})
  })

  test('makes a new endpoint where the known one is gone', async () => {
    await table.put(row('alice', 'phone', endpointArn('gone')) as Record<string, unknown>)
    await put('phone', apns('t1'))
    expect(await table.all()).toEqual([row('alice', 'phone', endpointArn('e1'))])
  })

  test('takes over the endpoint that has the token with other attributes, disabled as it may be', async () => {
    endpoints.set(endpointArn('old'), {...endpoint('t1'), Enabled: 'false'})
    await put('phone', apns('t1'))
    expect(Object.fromEntries(endpoints)).toEqual({[endpointArn('old')]: endpoint('t1')})
    expect(await table.all()).toEqual([row('alice', 'phone', endpointArn('old'))])
  })

  test('takes a phone that changed users away from its former user', async () => {
    await put('phone', apns('t1'), 'alice')
    await put('tablet', apns('t2'), 'alice')
    await put('phone', apns('t1'), 'bob')
    expect(Object.fromEntries(endpoints)).toEqual({[endpointArn('e1')]: endpoint('t1', 'bob'), [endpointArn('e2')]: endpoint('t2')})
    expect(await table.all()).toEqual([row('alice', 'tablet', endpointArn('e2')), row('bob', 'phone', endpointArn('e1'))])
  })

  test('replaces a device id by another with the same token', async () => {
    await put('before-reinstall', apns('t1'))
    await put('after-reinstall', apns('t1'))
    expect(await table.all()).toEqual([row('alice', 'after-reinstall', endpointArn('e1'))])
  })

  test('moves a device to the endpoint that has its new token, and deletes its old one', async () => {
    await put('phone', apns('t1'))
    await put('tablet', apns('t2'))
    await put('phone', apns('t2'))
    expect(Object.fromEntries(endpoints)).toEqual({[endpointArn('e2')]: endpoint('t2')})
    expect(await table.all()).toEqual([row('alice', 'phone', endpointArn('e2'))])
  })

  test('moves a device to another platform', async () => {
    await put('phone', apns('t1'))
    expect(await put('phone', {platform: 'FCM', token: 't1'})).toEqual({statusCode: 200, body: {deviceId: 'phone', platform: 'FCM'}})
    expect([...endpoints.keys()]).toEqual([endpointArn('e2', fcmArn)])
    expect(await table.all()).toEqual([row('alice', 'phone', endpointArn('e2', fcmArn), 'FCM')])
  })

  test('throws what SNS says about anything but the token', async () => {
    commands.createPlatformEndpoint.mockRejectedValueOnce(named('InvalidParameterException', 'Invalid parameter: PlatformApplicationArn Reason: Wrong number of slashes'))
    await expect(put('phone', apns('t1'))).rejects.toThrow('PlatformApplicationArn')
  })

  test('throws what SNS says about an endpoint that is there, and makes no other', async () => {
    await put('phone', apns('t1'))
    commands.setEndpointAttributes.mockRejectedValueOnce(named('ThrottledException', 'Rate exceeded'))
    await expect(put('phone', apns('t2'))).rejects.toThrow('Rate exceeded')
    expect(Object.fromEntries(endpoints)).toEqual({[endpointArn('e1')]: endpoint('t1')})
    expect(await table.all()).toEqual([row('alice', 'phone', endpointArn('e1'))])
  })
})

describe('DELETE /devices/{deviceId}', () => {
  test('deletes endpoint and record', async () => {
    await put('phone', apns('t1'))
    await put('tablet', apns('t2'))
    expect(await remove('phone')).toEqual({statusCode: 204})
    expect([...endpoints.keys()]).toEqual([endpointArn('e2')])
    expect(await table.all()).toEqual([row('alice', 'tablet', endpointArn('e2'))])
  })

  test('completes a removal that died after the endpoint', async () => {
    await put('phone', apns('t1'))
    endpoints.clear()
    expect(await remove('phone')).toEqual({statusCode: 204})
    expect(await table.all()).toEqual([])
  })

  test.each([['phone', 'tablet'], ['tablet', 'phone']])('deletes the %s alone where the user has a %s too', async (deviceId, other) => {
    await put('phone', apns('token-of-phone'))
    await put('tablet', apns('token-of-tablet'))
    expect(await remove(deviceId)).toEqual({statusCode: 204})
    expect([...endpoints.values()]).toEqual([endpoint(`token-of-${other}`)])
    expect((await table.all()).map((item) => item.deviceId)).toEqual([other])
  })

  test('keeps the record where SNS does not delete the endpoint, so that it can be asked again', async () => {
    await put('phone', apns('t1'))
    commands.deleteEndpoint.mockRejectedValueOnce(named('InternalErrorException', 'Try again'))
    await expect(remove('phone')).rejects.toThrow('Try again')
    expect(await table.all()).toEqual([row('alice', 'phone', endpointArn('e1'))])
  })

  test.each(['phone', 'unknown'])('answers 404 for %s, which is not the user\'s', async (deviceId) => {
    await put('phone', apns('t1'), 'bob')
    await put('tablet', apns('t2'))
    const answer = await remove(deviceId)
    expect({statusCode: answer.statusCode, body: JSON.parse(answer.body ?? '')}).toEqual({statusCode: 404, body: {error: {
      code: 'DeviceNotFoundError', message: `No device '${deviceId}' is registered for you. Register it first.`, retryable: false
    }}})
    expect(endpoints.size).toBe(2)
    expect(await table.all()).toEqual([row('alice', 'tablet', endpointArn('e2')), row('bob', 'phone', endpointArn('e1'))])
  })
})
