import {afterAll, afterEach, beforeEach, describe, expect, jest, test} from '@jest/globals'
import {apiEvent, type ApiCall} from '../../../../test/helpers/api-event'
import {context} from '../../../../test/helpers/context'
import {startTable} from '../../../../test/helpers/table'
import {applicationArn, clear, commands, endpoints, fcmArn} from './fake-sns'

jest.unstable_mockModule('../../../lib/vendor/AWS/SNS', () => commands)

const table = await startTable()
const {handler} = await import('../src')

const call = async (request: ApiCall): Promise<{statusCode?: number, body: unknown}> => {
  const answer = await handler(apiEvent(request), context)
  return {statusCode: answer.statusCode, body: JSON.parse(answer.body ?? '')}
}
const put = (deviceId: string, body: unknown, user: string | null = 'alice'): ReturnType<typeof call> =>
  call({routeKey: 'PUT /devices/{deviceId}', path: {deviceId}, user, body})

const apns = (token: string): object => ({platform: 'APNS', token})
const refusal = (statusCode: number, code: string, message: string): object => ({statusCode, body: {error: {code, message, retryable: false}}})

beforeEach(() => {
  Object.assign(process.env, {APNS_PLATFORM_APPLICATION_ARN: applicationArn, FCM_PLATFORM_APPLICATION_ARN: fcmArn})
  clear()
})
afterEach(() => table.clear())
afterAll(() => table.stop())

const notAnId = 'Expected a device id of 1 to 128 letters, digits, dots, hyphens or underscores.'
const notAPlatform = 'Expected `platform` to be APNS or FCM.'
const notAToken = 'The push token of this device is missing, or longer than 4096 characters. Send the `token` that the platform gave to the app.'

describe('PUT /devices/{deviceId}', () => {
  test.each([
    ['phone', {platform: 'APNS'}, 400, 'InvalidDeviceTokenError', notAToken],
    ['phone', {platform: 'APNS', token: ['t1']}, 400, 'InvalidDeviceTokenError', notAToken],
    ['phone', apns(''), 400, 'InvalidDeviceTokenError', notAToken],
    ['phone', apns(' '), 400, 'InvalidDeviceTokenError', notAToken],
    ['phone', apns('x'.repeat(4_097)), 400, 'InvalidDeviceTokenError', notAToken],
    ['phone', apns('refused'), 400, 'InvalidDeviceTokenError', 'The push service does not know the token of this device. Send the `token` that the platform gave to the app.'],
    ['phone', {platform: 'WNS', token: 't1'}, 400, 'InvalidRequestError', notAPlatform],
    ['phone', {platform: 'constructor', token: 't1'}, 400, 'InvalidRequestError', notAPlatform],
    ['phone', {platform: ['APNS'], token: 't1'}, 400, 'InvalidRequestError', notAPlatform],
    ['phone', {token: 't1'}, 400, 'InvalidRequestError', notAPlatform],
    ['phone', 'no json', 400, 'InvalidRequestError', 'Expected a JSON object as body; it is not JSON.'],
    ['a#b', apns('t1'), 400, 'InvalidRequestError', notAnId],
    ['x'.repeat(129), apns('t1'), 400, 'InvalidRequestError', notAnId],
    ['', apns('t1'), 400, 'InvalidRequestError', notAnId]
  ])('of %j with %j is refused with %i %s and leaves nothing', async (deviceId, body, statusCode, code, message) => {
    expect(await put(deviceId, body)).toEqual(refusal(statusCode, code, message))
    expect({endpoints: endpoints.size, items: await table.all()}).toEqual({endpoints: 0, items: []})
  })

  test('for a platform that is not set up is refused with 422', async () => {
    process.env.FCM_PLATFORM_APPLICATION_ARN = ''
    expect(await put('phone', {platform: 'FCM', token: 't1'}))
      .toEqual(refusal(422, 'PlatformNotConfiguredError', 'This installation cannot send pushes to FCM devices yet. Ask its operator to set that up.'))
  })

  test('of no one is refused with 401', async () => {
    expect((await put('phone', apns('t1'), null)).statusCode).toBe(401)
  })

  test.each(['x', 'a.b_c-D9', 'x'.repeat(128)])('takes the device id %j', async (deviceId) => {
    expect(await put(deviceId, apns('t1'))).toEqual({statusCode: 200, body: {deviceId, platform: 'APNS'}})
    expect((await table.all()).map((item) => item.deviceId)).toEqual([deviceId])
  })

  test.each([
    ['of one character', 't', 't'],
    ['of 4096 characters', 'x'.repeat(4_096), 'x'.repeat(4_096)],
    ['without the white space around it', ' t1\n', 't1']
  ])('gives the endpoint a token %s', async (_what, token, expected) => {
    expect(await put('phone', apns(token))).toEqual({statusCode: 200, body: {deviceId: 'phone', platform: 'APNS'}})
    expect([...endpoints.values()].map(({Token}) => Token)).toEqual([expected])
  })
})

test.each(['PUT /devices/{deviceId}', 'DELETE /devices/{deviceId}'])('%s that names no device is refused with 400', async (routeKey) => {
  expect(await call({routeKey, body: apns('t1')})).toEqual(refusal(400, 'InvalidRequestError', notAnId))
  expect({endpoints: endpoints.size, items: await table.all()}).toEqual({endpoints: 0, items: []})
})
