import {randomUUID} from 'node:crypto'
import type {IncomingMessage, ServerResponse} from 'node:http'
import type {Json} from '../../../shared/json'
import {asServiceError, send} from './answer'
import {readBody} from './body'
import {ServiceError} from './errors'
import {parseObject} from './json'

export type Operations = Readonly<Record<string, (input: Json) => unknown>>

/** The operation that the client names in `X-Amz-Target: <service>.<operation>`. */
const findOperation = (request: IncomingMessage, operations: Operations): (input: Json) => unknown => {
  const name = String(request.headers['x-amz-target'] ?? '').split('.').at(-1) ?? ''
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
  if (operation === undefined) {
    throw new ServiceError('UnknownOperationException', `The embedded AWS does not speak '${name}'.`)
  }
  return operation
}

/**
 * Speaks AWS JSON 1.0 and 1.1: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 * `queryCodes` are the codes of the query protocol that a service spoke before; clients still switch on them.
 */
export const answerJson = async (
  request: IncomingMessage, response: ServerResponse, operations: Operations, queryCodes: Readonly<Record<string, string>> = {}
): Promise<void> => {
  const headers = {'content-type': request.headers['content-type'] ?? 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID()}
  try {
    const operation = findOperation(request, operations)
    const output = await operation(parseObject((await readBody(request)).toString('utf8')))
    send(response, 200, headers, JSON.stringify(output ?? {}))
  } catch (error) {
    const {code, message, statusCode} = asServiceError(error)
    const queryCode = queryCodes[code]
    const errorHeaders = {...headers, 'x-amzn-errortype': code, ...(queryCode && {'x-amzn-query-error': `${queryCode};Sender`})}
    send(response, statusCode, errorHeaders, JSON.stringify({__type: code, message}))
  }
}
