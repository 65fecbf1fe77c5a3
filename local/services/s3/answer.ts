import {randomBytes} from 'node:crypto'
import type {ServerResponse} from 'node:http'
import {asServiceError, send} from '../../runtime/core/answer'
import {children, type XmlValue, xmlDocument} from '../../runtime/core/xml'
import type {S3Request} from './request'

/** What an operation answers: a document, or a status with headers alone; GetObject streams by itself. */
export interface S3Answer {
  readonly statusCode?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly root?: string
  readonly members?: {readonly [name: string]: XmlValue}
}

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/'

const newRequestId = (): string => randomBytes(8).toString('hex').toUpperCase()

export const sendAnswer = (response: ServerResponse, {statusCode = 200, headers = {}, root, members}: S3Answer): void => {
  const body = root === undefined ? '' : xmlDocument(root, namespace, members ?? {})
  const type: Record<string, string> = root === undefined ? {} : {'content-type': 'application/xml'}
  if (statusCode === 204 || statusCode === 304) {
    response.writeHead(statusCode, {'x-amz-request-id': newRequestId(), ...headers}).end()
    return
  }
  send(response, statusCode, {'x-amz-request-id': newRequestId(), ...type, ...headers}, body)
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html; HEAD and 304 have no body. */
export const sendError = (response: ServerResponse, request: Pick<S3Request, 'method'> & {readonly resource: string}, error: unknown): void => {
  const {code, message, statusCode} = asServiceError(error)
  const requestId = newRequestId()
  const document = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${children({Code: code, Message: message, Resource: request.resource, RequestId: requestId})}</Error>`
  if (request.method === 'HEAD' || statusCode === 304) {
    response.writeHead(statusCode, {'x-amz-request-id': requestId}).end()
    return
  }
  send(response, statusCode, {'content-type': 'application/xml', 'x-amz-request-id': requestId}, document)
}
