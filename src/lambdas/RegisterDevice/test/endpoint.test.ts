import {beforeEach, describe, expect, jest, test} from '@jest/globals'
import {applicationArn, clear, commands, endpointArn, endpoints, named, type Endpoint} from './fake-sns'

jest.unstable_mockModule('../../../lib/vendor/AWS/SNS', () => commands)
const {ensureEndpoint} = await import('../src/endpoint')

const registration = {userId: 'alice', deviceId: 'phone', platform: 'APNS', platformApplicationArn: applicationArn, token: 't1'} as const
const old = endpointArn('old')
const disabled = (CustomUserData: string): Endpoint => ({Token: 't1', CustomUserData, Enabled: 'false'})
const enabled = {Token: 't1', CustomUserData: 'alice', Enabled: 'true'}

beforeEach(clear)

describe('an endpoint that has the token already', () => {
  test.each([
    ['was the user\'s own', 'alice', {endpointArn: old}],
    ['was no one\'s', '', {endpointArn: old}],
    ['was another user\'s', 'bob', {endpointArn: old, previousUserId: 'bob'}]
  ])('is taken over where it %s', async (_what, previous, expected) => {
    endpoints.set(old, disabled(previous))
    expect(await ensureEndpoint(registration, undefined)).toStrictEqual(expected)
    expect(Object.fromEntries(endpoints)).toEqual({[old]: enabled})
  })

  test('is taken over where SNS tells nothing of it', async () => {
    endpoints.set(old, disabled('bob'))
    commands.getEndpointAttributes.mockResolvedValueOnce({})
    expect(await ensureEndpoint(registration, undefined)).toStrictEqual({endpointArn: old})
    expect(Object.fromEntries(endpoints)).toEqual({[old]: enabled})
  })
})

describe('an endpoint that is known', () => {
  test('is brought up to date, and no other is made', async () => {
    endpoints.set(old, {...disabled('bob'), Token: 't0'})
    expect(await ensureEndpoint(registration, old)).toStrictEqual({endpointArn: old})
    expect(commands.setEndpointAttributes.mock.calls).toEqual([[{EndpointArn: old, Attributes: enabled}]])
    expect(commands.createPlatformEndpoint).not.toHaveBeenCalled()
  })

  test('is made again where it is gone', async () => {
    expect(await ensureEndpoint(registration, old)).toStrictEqual({endpointArn: endpointArn('e1')})
    expect(Object.fromEntries(endpoints)).toEqual({[endpointArn('e1')]: enabled})
  })

  test.each([
    ['an error of another kind', named('InternalErrorException', 'Try again')],
    ['what only has the name of one that is gone', {name: 'NotFoundException'}]
  ])('stays the only one where SNS throws %s', async (_what, thrown) => {
    endpoints.set(old, disabled('alice'))
    commands.setEndpointAttributes.mockRejectedValueOnce(thrown)
    await expect(ensureEndpoint(registration, old)).rejects.toBe(thrown)
    expect(commands.createPlatformEndpoint).not.toHaveBeenCalled()
  })
})

describe('a token that SNS refuses', () => {
  test('is an error of the device, with what SNS said as its cause', async () => {
    const cause = named('InvalidParameterException', 'Invalid parameter: Token Reason: no such token')
    commands.createPlatformEndpoint.mockRejectedValueOnce(cause)
    await expect(ensureEndpoint(registration, undefined)).rejects.toMatchObject({
      name: 'InvalidDeviceTokenError', message: 'The push service does not know the token of this device. Send the `token` that the platform gave to the app.', cause
    })
  })

  test.each([
    ['a parameter other than the token', named('InvalidParameterException', 'Invalid parameter: PlatformApplicationArn')],
    ['an error of another kind that has the word', named('AuthorizationErrorException', 'The security Token is expired')]
  ])('is told from %s', async (_what, thrown) => {
    commands.createPlatformEndpoint.mockRejectedValueOnce(thrown)
    await expect(ensureEndpoint(registration, undefined)).rejects.toBe(thrown)
  })
})
