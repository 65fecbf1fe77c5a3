import type {ServerResponse} from 'node:http'
import {describeError, hasCode} from '../../../shared/errors'
import {ServiceError} from './errors'

/** Warns of what no one expected: a defect of the runtime. A client that went away is not one. */
export const report = (error: unknown): void => {
  if (!hasCode(error, 'ECONNRESET')) {
    process.emitWarning(error instanceof Error ? error : String(error))
  }
}

/** What no one expected is answered as AWS does. */
export const asServiceError = (error: unknown): ServiceError => {
  if (error instanceof ServiceError) {
    return error
  }
  report(error)
  return new ServiceError('InternalFailure', describeError(error), 500)
}

/** Sends a whole answer, unless the connection is gone or one was begun. */
export const send = (response: ServerResponse, statusCode: number, headers: Readonly<Record<string, string>>, body: string | Buffer): void => {
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  response.writeHead(statusCode, {...headers, 'content-length': Buffer.byteLength(body)})
  response.end(body)
}
