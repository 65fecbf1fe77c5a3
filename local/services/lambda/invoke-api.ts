import {randomUUID} from 'node:crypto'
import type {IncomingMessage, ServerResponse} from 'node:http'
import {describeError} from '../../../shared/errors'
import {asServiceError, send} from '../../runtime/core/answer'
import {readBody} from '../../runtime/core/body'
import {requestUrl} from '../../runtime/core/credential-scope'
import {ServiceError} from '../../runtime/core/errors'
import type {LambdaService} from '../../runtime/core/types'
import {ThrottledError} from './concurrency'
import {percentDecoded} from '../../../shared/percent'

const synchronousLimit = 6 * 1024 * 1024
const asynchronousLimit = 1024 * 1024

interface Answer {
  readonly statusCode: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

type Invocations = Pick<LambdaService, 'invoke' | 'invokeAsync'> & {readonly exists: (functionName: string) => void}

/** What a GET asks to know; undefined if it is no such request. */
type Describe = (url: URL) => object | undefined

const checkJson = (payload: string): string => {
  try {
    JSON.parse(payload)
    return payload
  } catch (error) {
    throw new ServiceError('InvalidRequestContentException', `Could not parse request body into json: ${describeError(error)}`)
  }
}

const readPayload = async (request: IncomingMessage, limit: number): Promise<string> => {
  const body = await readBody(request, limit, 'RequestTooLargeException')
  return body.length === 0 ? '{}' : checkJson(body.toString('utf8'))
}

const invokeBy = async (type: string, functionName: string, request: IncomingMessage, invocations: Invocations): Promise<Answer> => {
  const payload = await readPayload(request, type === 'Event' ? asynchronousLimit : synchronousLimit)
  invocations.exists(functionName)
  if (type === 'DryRun') {
    return {statusCode: 204}
  }
  if (type === 'Event') {
    invocations.invokeAsync(functionName, payload)
    return {statusCode: 202}
  }
  const result = await invocations.invoke(functionName, payload)
  return {
    statusCode: 200,
    headers: {'x-amz-executed-version': '$LATEST', ...(result.functionError !== undefined && {'x-amz-function-error': result.functionError})},
    body: result.payload
  }
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const route = async (request: IncomingMessage, invocations: Invocations, describe: Describe): Promise<Answer> => {
  const described = request.method === 'GET' ? describe(requestUrl(request)) : undefined
  if (described !== undefined) {
    return {statusCode: 200, body: JSON.stringify(described)}
  }
  const name = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(requestUrl(request).pathname)?.[1]
  if (request.method !== 'POST' || name === undefined) {
    throw new ServiceError('UnknownOperationException', `The embedded Lambda does not speak ${request.method} ${request.url}.`, 404)
  }
  return invokeBy(String(request.headers['x-amz-invocation-type'] ?? 'RequestResponse'), percentDecoded(name), request, invocations)
}

/** Speaks the part of Lambda's REST protocol that invokes functions and tells about them. */
export const answerLambda = async (
  request: IncomingMessage, response: ServerResponse, invocations: Invocations, describe: Describe
): Promise<void> => {
  const headers = {'content-type': 'application/json', 'x-amzn-requestid': randomUUID()}
  try {
    const answer = await route(request, invocations, describe)
    send(response, answer.statusCode, {...headers, ...answer.headers}, answer.body ?? '')
  } catch (error) {
    const {code, message, statusCode} = asServiceError(error)
    const throttled = error instanceof ThrottledError
    send(response, statusCode, {...headers, 'x-amzn-errortype': code, ...(throttled && {'retry-after': '1'})}, JSON.stringify({
      ...(throttled && {Reason: error.reason}), Type: statusCode < 500 ? 'User' : 'Service', Message: message, message
    }))
  }
}
