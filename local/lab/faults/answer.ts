import type {IncomingMessage, ServerResponse} from 'node:http'
import {send} from '../../runtime/core/answer'
import type {ServiceError} from '../../runtime/core/errors'
import {errorDocument} from '../../runtime/core/query-protocol'
import {sendError} from '../../services/s3/answer'

/** Refuses a call in the protocol of its service. */
export const sendRefusal = (service: string, request: IncomingMessage, response: ServerResponse, error: ServiceError): void => {
  const {code, message, statusCode} = error
  if (service === 's3') {
    sendError(response, {method: request.method ?? 'GET'}, error)
  } else if (service === 'sns' || service === 'sts') {
    send(response, statusCode, {'content-type': 'text/xml'}, errorDocument(error, 'https://fault.invalid/', 'fault'))
  } else {
    const headers = {'content-type': request.headers['content-type'] ?? 'application/x-amz-json-1.1', 'x-amzn-errortype': code}
    send(response, statusCode, headers, JSON.stringify({__type: code, message, Type: statusCode < 500 ? 'User' : 'Service', Message: message}))
  }
}
