import type {APIGatewayEventRequestContextV2, APIGatewayProxyEventV2WithRequestContext, APIGatewayProxyStructuredResultV2} from 'aws-lambda'
import {isObject, type Json} from '../types/json'
import {isNamedError, NamedError} from './errors'
import {logger} from './logger'
import {userSentence} from './user-sentence'

interface Authorizer {
  readonly jwt?: {readonly claims?: Readonly<Record<string, unknown>>}
  readonly iam?: {readonly userArn?: string, readonly userId?: string}
}

/** A request of the HTTP API, payload format 2.0. */
export type ApiEvent = APIGatewayProxyEventV2WithRequestContext<APIGatewayEventRequestContextV2 & {readonly authorizer?: Authorizer}>
export type ApiResult = APIGatewayProxyStructuredResultV2

const maxBodyBytes = 65_536
const maxUserIdLength = 256

/** An answer with a JSON body. */
export const json = (statusCode: number, body: unknown): ApiResult =>
  ({statusCode, headers: {'content-type': 'application/json', 'cache-control': 'no-store'}, body: JSON.stringify(body)})

// The caller's mistakes, and troubles of ours that pass, have an answer; anything else is a defect that must be seen as one.
const isAnswerable = (error: unknown): error is NamedError => isNamedError(error) && (error.category === 'request' || error.retryable)

// Errors of a request's parameters speak to the developers who made it; all others speak to users.
const describeError = ({name, category, message}: NamedError): string => category === 'request' ? message : userSentence(name, message)

/** Returns what `work` does, or `{error: {code, message, retryable}}` with the error's status; anything unexpected is thrown on. */
export const answering = async (work: () => Promise<ApiResult>): Promise<ApiResult> => {
  try {
    return await work()
  } catch (error) {
    if (!isAnswerable(error)) {
      throw error
    }
    const {name: code, message, retryable, statusCode} = error
    logger.warn('The request was refused.', {code, statusCode, reason: message})
    return json(statusCode, {error: {code, message: describeError(error), retryable}})
  }
}

/** The work of the request's route; `routes` has API Gateway's route keys. Throws InvalidRequestError for any other. */
export const route = (event: ApiEvent, routes: Readonly<Record<string, (event: ApiEvent) => Promise<ApiResult>>>): Promise<ApiResult> => {
  const work = routes[event.routeKey]
  if (work === undefined) {
    throw new NamedError('InvalidRequestError', `Expected one of the routes ${Object.keys(routes).join(', ')}; got '${event.routeKey}'.`)
  }
  return work(event)
}

/** The user that the authorizer vouches for: the token's subject, else the IAM identity. Throws UnauthorizedError. */
export const readUserId = ({requestContext: {authorizer}}: ApiEvent): string => {
  const identities = [authorizer?.jwt?.claims?.sub, authorizer?.iam?.userArn, authorizer?.iam?.userId]
  const userId = identities.find((id) => typeof id === 'string' && id !== '' && id.length <= maxUserIdLength)
  if (typeof userId !== 'string') {
    throw new NamedError('UnauthorizedError', 'You are not signed in. Sign in and try again.')
  }
  return userId
}

/** The request's body as a JSON object. Throws RequestTooLargeError above 64 KiB, InvalidRequestError for anything else. */
export const parseJsonBody = ({body = '', isBase64Encoded}: ApiEvent): Json => {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
  if (bytes.length > maxBodyBytes) {
    throw new NamedError('RequestTooLargeError', `Expected a body of at most ${maxBodyBytes} bytes; got ${bytes.length}.`)
  }
  const value = parseJson(bytes.toString('utf8'))
  if (!isObject(value)) {
    throw new NamedError('InvalidRequestError', 'Expected a JSON object as body.')
  }
  return value
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new NamedError('InvalidRequestError', 'Expected a JSON object as body; it is not JSON.', {cause})
  }
}
