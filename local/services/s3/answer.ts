import {randomBytes} from 'node:crypto'
import type {ServerResponse} from 'node:http'
import {asServiceError, send} from '../../runtime/core/answer'
import {children, type XmlValue, xmlDocument} from '../../runtime/core/xml'
import {S3Error} from './errors'
import type {S3Request} from './request'

/** What an operation answers: a document, a text of another kind, or a status with headers alone; GetObject streams by itself. */
export interface S3Answer {
  readonly statusCode?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly root?: string
  readonly members?: {readonly [name: string]: XmlValue}
  /** The text of the root alone, instead of members. */
  readonly text?: string
  /** A policy is JSON. */
  readonly json?: string
}

export const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/'

const newRequestId = (): string => randomBytes(8).toString('hex').toUpperCase()

const content = ({root, members, text, json}: S3Answer): {readonly type?: string, readonly body: string} => {
  if (json !== undefined) {
    return {type: 'application/json', body: json}
  }
  return root === undefined ? {body: ''} : {type: 'application/xml', body: xmlDocument(root, namespace, text ?? members ?? {})}
}

export const sendAnswer = (response: ServerResponse, answer: S3Answer): void => {
  const {statusCode = 200, headers = {}} = answer
  const {type, body} = content(answer)
  if (statusCode === 204 || statusCode === 304) {
    response.writeHead(statusCode, {'x-amz-request-id': newRequestId(), ...headers}).end()
    return
  }
  send(response, statusCode, {'x-amz-request-id': newRequestId(), ...(type !== undefined && {'content-type': type}), ...headers}, body)
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html; HEAD and 304 have no body. */
export const sendError = (response: ServerResponse, {method}: Pick<S3Request, 'method'>, error: unknown): void => {
  const {code, message, statusCode} = asServiceError(error)
  const {details, headers} = error instanceof S3Error ? error : {details: {}, headers: {}}
  const requestId = newRequestId()
  const sent = {'x-amz-request-id': requestId, ...headers}
  const document = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${children({Code: code, Message: message, ...details, RequestId: requestId})}</Error>`
  if (method === 'HEAD' || statusCode === 304) {
    response.writeHead(statusCode, sent).end()
    return
  }
  send(response, statusCode, {'content-type': 'application/xml', ...sent}, document)
}
