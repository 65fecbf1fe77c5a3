import {jest} from '@jest/globals'
import type {
  CreatePlatformEndpointCommandInput, DeleteEndpointCommandInput, GetEndpointAttributesCommandInput, SetEndpointAttributesCommandInput
} from '@aws-sdk/client-sns'

export const applicationArn = 'arn:aws:sns:us-west-2:123456789012:app/APNS/MediaDownloader'
export const fcmArn = 'arn:aws:sns:us-west-2:123456789012:app/GCM/MediaDownloader'
export const endpointArn = (id: string, application = applicationArn): string => `${application.replace(':app/', ':endpoint/')}/${id}`

/** Attributes of an endpoint, as SNS names them. */
export interface Endpoint {
  Token: string
  Enabled: string
  CustomUserData: string
}

/** An error as the SDK throws it. */
export const named = (name: string, message: string): Error => Object.assign(new Error(message), {name})

/** All endpoints of SNS by ARN. */
export const endpoints = new Map<string, Endpoint>()

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
const getEndpointAttributes = jest.fn(async ({EndpointArn}: GetEndpointAttributesCommandInput): Promise<{readonly Attributes?: Partial<Endpoint>}> =>
  ({Attributes: {...existing(EndpointArn)}}))
const deleteEndpoint = jest.fn(async ({EndpointArn = ''}: DeleteEndpointCommandInput) => {
  endpoints.delete(EndpointArn)
  return {}
})

/** SNS's commands; each is a mock, so that a test can make it fail. */
export const commands = {createPlatformEndpoint, setEndpointAttributes, getEndpointAttributes, deleteEndpoint}

/** Forgets all endpoints and calls. */
export const clear = (): void => {
  endpoints.clear()
  Object.values(commands).forEach((command) => command.mockClear())
}
