import {createPlatformEndpoint, getEndpointAttributes, setEndpointAttributes} from '../../../lib/vendor/AWS/SNS'
import {isErrorNamed} from '../../../util/aws-errors'
import {NamedError} from '../../../util/errors'
import type {Registration} from './registration'

/** An SNS endpoint that carries the device's token for its user. */
export interface Endpoint {
  readonly endpointArn: string
  /** Whose it was until now: a phone that changed hands, or users. */
  readonly previousUserId?: string
}

/** ARN of the endpoint that has the token already; SNS says it in the message alone. */
const ownerOfToken = (error: unknown): string | undefined =>
  isErrorNamed(error, 'InvalidParameterException')
    ? /Endpoint (arn:\S+) already exists with the same Token/i.exec(error.message)?.[1]
    : undefined

const refusal = (error: unknown): unknown =>
  isErrorNamed(error, 'InvalidParameterException') && /\bToken\b/.test(error.message)
    ? new NamedError('InvalidDeviceTokenError',
        'The push service does not know the token of this device. Send the `token` that the platform gave to the app.', {cause: error})
    : error

const attributesFor = ({token, userId}: Registration): Record<string, string> => ({Token: token, Enabled: 'true', CustomUserData: userId})

const adopt = async (endpointArn: string, registration: Registration): Promise<Endpoint> => {
  const {Attributes} = await getEndpointAttributes({EndpointArn: endpointArn})
  await setEndpointAttributes({EndpointArn: endpointArn, Attributes: attributesFor(registration)})
  const previousUserId = Attributes?.CustomUserData
  return {endpointArn, ...(previousUserId && previousUserId !== registration.userId && {previousUserId})}
}

const create = async (registration: Registration): Promise<Endpoint> => {
  const {userId, token, platformApplicationArn} = registration
  const created = await createPlatformEndpoint({
    PlatformApplicationArn: platformApplicationArn, Token: token, CustomUserData: userId, Attributes: {Enabled: 'true'}
  })
  return {endpointArn: String(created.EndpointArn)}
}

const refresh = async (endpointArn: string, registration: Registration): Promise<Endpoint> => {
  try {
    await setEndpointAttributes({EndpointArn: endpointArn, Attributes: attributesFor(registration)})
    return {endpointArn}
  } catch (error) {
    if (isErrorNamed(error, 'NotFoundException')) {
      return create(registration)
    }
    throw error
  }
}

const belongsTo = (platformApplicationArn: string, endpointArn: string | undefined): endpointArn is string =>
  endpointArn?.startsWith(`${platformApplicationArn.replace(':app/', ':endpoint/')}/`) ?? false

/**
 * An enabled endpoint with this token and user: the known one brought up to date, the one that has the token already, or a new one.
 * Safe to repeat. Throws InvalidDeviceTokenError. https://docs.aws.amazon.com/sns/latest/dg/mobile-platform-endpoint.html
 */
export const ensureEndpoint = async (registration: Registration, knownArn: string | undefined): Promise<Endpoint> => {
  try {
    return await (belongsTo(registration.platformApplicationArn, knownArn) ? refresh(knownArn, registration) : create(registration))
  } catch (error) {
    const ownerArn = ownerOfToken(error)
    if (ownerArn === undefined) {
      throw refusal(error)
    }
    return adopt(ownerArn, registration)
  }
}
