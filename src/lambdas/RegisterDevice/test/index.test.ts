import {afterAll, afterEach, beforeEach, describe, expect, jest, test} from '@jest/globals'
import type {
  CreatePlatformEndpointCommandInput, DeleteEndpointCommandInput, GetEndpointAttributesCommandInput, SetEndpointAttributesCommandInput
} from '@aws-sdk/client-sns'
import {apiEvent} from '../../../../test/helpers/api-event'
import {context} from '../../../../test/helpers/context'
import {freezeDate} from '../../../../test/helpers/frozen-date'
import {startTable} from '../../../../test/helpers/table'
import {deviceKey} from '../../../util/keys'

const applicationArn = 'arn:aws:sns:us-west-2:123456789012:app/APNS/MediaDownloader'
const fcmArn = 'arn:aws:sns:us-west-2:123456789012:app/GCM/MediaDownloader'
const endpointArn = (id: string, application = applicationArn): string => `${application.replace(':app/', ':endpoint/')}/${id}`

interface Endpoint {
  Token: string
  Enabled: string
  CustomUserData: string
}

const named = (name: string, message: string): Error => Object.assign(new Error(message), {name})
const endpoints = new Map<string, Endpoint>()

/** SNS as it is documented: one endpoint a token and application; the same attributes answer it, others throw. */
const claimToken = (arn: string | undefined, token: string, application: string): void => {
  const owner = [...endpoints].find(([other, {Token}]) => other !== arn && Token === token && other.startsWith(endpointArn('', application)))
  if (owner) {
    throw named('InvalidParameterException', `Invalid parameter: Token Reason: Endpoint ${owner[0]} already exists with the same Token, but different attributes.`)
  }
}

const createPlatformEndpoint = jest.fn(async ({PlatformApplicationArn = '', Token = '', CustomUserData = '', Attributes}: CreatePlatformEndpointCommandInput) => {
  if (Token.includes('refused')) {
    throw named('InvalidParameterException', 'Invalid parameter: Token Reason: iOS device tokens must be no more than 400 hexadecimal characters')
  }
  const attributes = {Token, CustomUserData, Enabled: Attributes?.Enabled ?? 'true'}
  const same = [...endpoints].find(([arn, endpoint]) => arn.startsWith(endpointArn('', PlatformApplicationArn)) && JSON.stringify(endpoint) === JSON.stringify(attributes))
  if (same) {
    return {EndpointArn: same[0]}
  }
  claimToken(undefined, Token, PlatformApplicationArn)
  const EndpointArn = endpointArn(`e${endpoints.size + 1}`, PlatformApplicationArn)
  endpoints.set(EndpointArn, attributes)
  return {EndpointArn}
})

const existing = (arn = ''): Endpoint => {
  const endpoint = endpoints.get(arn)
  if (!endpoint) {
    throw named('NotFoundException', 'Endpoint does not exist')
  }
  return endpoint
}

const setEndpointAttributes = jest.fn(async ({EndpointArn, Attributes}: SetEndpointAttributesCommandInput) => {
  const endpoint = existing(EndpointArn)
  claimToken(EndpointArn, Attributes?.Token ?? '', EndpointArn?.includes('/GCM/') ? fcmArn : applicationArn)
  Object.assign(endpoint, Attributes)
  return {}
})
const getEndpointAttributes = jest.fn(async ({EndpointArn}: GetEndpointAttributesCommandInput) => ({Attributes: {...existing(EndpointArn)}}))
const deleteEndpoint = jest.fn(async ({EndpointArn = ''}: DeleteEndpointCommandInput) => {
  endpoints.delete(EndpointArn)
  return {}
})
jest.unstable_mockModule('../../../lib/vendor/AWS/SNS', () => ({createPlatformEndpoint, setEndpointAttributes, getEndpointAttributes, deleteEndpoint}))

const table = await startTable()
const {handler} = await import('../src')
const now = '2025-11-23T10:00:00.000Z'

const put = async (deviceId: string, body: unknown, user: string | null = 'alice'): Promise<{statusCode?: number, body: unknown}> => {
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
  endpoints.clear()
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

  test.each([
    ['phone', {platform: 'APNS'}, 400, 'InvalidDeviceTokenError'],
    ['phone', apns(' '), 400, 'InvalidDeviceTokenError'],
    ['phone', apns('x'.repeat(4_097)), 400, 'InvalidDeviceTokenError'],
    ['phone', apns('refused'), 400, 'InvalidDeviceTokenError'],
    ['phone', {platform: 'WNS', token: 't1'}, 400, 'InvalidRequestError'],
    ['phone', {platform: 'constructor', token: 't1'}, 400, 'InvalidRequestError'],
    ['phone', 'no json', 400, 'InvalidRequestError'],
    ['a#b', apns('t1'), 400, 'InvalidRequestError'],
    ['x'.repeat(129), apns('t1'), 400, 'InvalidRequestError'],
    ['', apns('t1'), 400, 'InvalidRequestError']
  ])('of %j with %j is refused with %i %s and leaves nothing', async (deviceId, body, statusCode, code) => {
    expect(await put(deviceId, body)).toEqual({statusCode, body: {error: {code, message: expect.any(String), retryable: false}}})
    expect({endpoints: endpoints.size, items: await table.all()}).toEqual({endpoints: 0, items: []})
  })

  test('for a platform that is not set up is refused with 422', async () => {
    process.env.FCM_PLATFORM_APPLICATION_ARN = ''
    expect(await put('phone', {platform: 'FCM', token: 't1'}))
      .toEqual({statusCode: 422, body: {error: {code: 'PlatformNotConfiguredError', message: expect.any(String), retryable: false}}})
  })

  test('of nobody is refused with 401', async () => {
    expect((await put('phone', apns('t1'), null)).statusCode).toBe(401)
  })

  test('throws what SNS says about anything but the token', async () => {
    createPlatformEndpoint.mockRejectedValueOnce(named('InvalidParameterException', 'Invalid parameter: PlatformApplicationArn Reason: Wrong number of slashes'))
    await expect(put('phone', apns('t1'))).rejects.toThrow('PlatformApplicationArn')
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

  test.each(['phone', 'unknown'])('answers 404 for %s, which is not the user\'s', async (deviceId) => {
    await put('phone', apns('t1'), 'bob')
    const answer = await remove(deviceId)
    expect({statusCode: answer.statusCode, code: JSON.parse(answer.body ?? '').error.code}).toEqual({statusCode: 404, code: 'DeviceNotFoundError'})
    expect(endpoints.size).toBe(1)
  })
})
