import type {DevicePlatform} from '../../../types/device'
import {optionalEnv} from '../../../util/env'
import {NamedError} from '../../../util/errors'
import {parseJsonBody, readUserId, type ApiEvent} from '../../../util/http-api'

/** Which device of which user. */
export interface DeviceId {
  readonly userId: string
  readonly deviceId: string
}

/** A device that wants pushes. */
export interface Registration extends DeviceId {
  readonly platform: DevicePlatform
  readonly platformApplicationArn: string
  readonly token: string
}

const variables =
  {APNS: 'APNS_PLATFORM_APPLICATION_ARN', FCM: 'FCM_PLATFORM_APPLICATION_ARN'} as const satisfies Record<DevicePlatform, string>
const maxTokenLength = 4_096

const isPlatform = (value: unknown): value is DevicePlatform => typeof value === 'string' && Object.hasOwn(variables, value)

/** Reads user and device. Throws UnauthorizedError, InvalidRequestError. */
export const parseDeviceId = (event: ApiEvent): DeviceId => {
  const userId = readUserId(event)
  const deviceId = event.pathParameters?.deviceId ?? ''
  if (!/^[\w.-]{1,128}$/.test(deviceId)) {
    throw new NamedError('InvalidRequestError', 'Expected a device id of 1 to 128 letters, digits, dots, hyphens or underscores.')
  }
  return {userId, deviceId}
}

/** Reads a registration. Throws UnauthorizedError, InvalidRequestError, InvalidDeviceTokenError, PlatformNotConfiguredError. */
export const parseRegistration = (event: ApiEvent): Registration => {
  const device = parseDeviceId(event)
  const {platform, token} = parseJsonBody(event)
  if (!isPlatform(platform)) {
    throw new NamedError('InvalidRequestError', 'Expected `platform` to be APNS or FCM.')
  }
  if (typeof token !== 'string' || token.trim() === '' || token.length > maxTokenLength) {
    throw new NamedError('InvalidDeviceTokenError',
      `The push token of this device is missing, or longer than ${maxTokenLength} characters.`
        + ' Send the `token` that the platform gave to the app.')
  }
  const platformApplicationArn = optionalEnv(variables[platform])
  if (platformApplicationArn === undefined) {
    throw new NamedError(
      'PlatformNotConfiguredError', `This installation cannot send pushes to ${platform} devices yet. Ask its operator to set that up.`
    )
  }
  return {...device, platform, platformApplicationArn, token: token.trim()}
}
