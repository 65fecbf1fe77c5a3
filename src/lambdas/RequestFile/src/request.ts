import {randomUUID} from 'node:crypto'
import type {RequestFileInput} from '../../../types/workflow'
import {fileIdOf} from '../../../util/file-identity'
import {jsonBodyOf, userIdOf, type ApiEvent} from '../../../util/http-api'
import {parseSourceUrl} from '../../../util/source-url'

/** Who wants which file, checked. */
export interface FileRequest {
  readonly fileId: string
  readonly sourceUrl: string
  readonly userId: string
  readonly requestedAt: string
  /** Of the attempt that this request begins, if it begins one. */
  readonly correlationId: string
}

const inputOf = (event: ApiEvent | RequestFileInput): RequestFileInput | {userId: string, url: unknown, correlationId: string} =>
  'requestContext' in event ? {userId: userIdOf(event), url: jsonBodyOf(event).url, correlationId: randomUUID()} : event

/** Reads a request of the HTTP API or a direct invocation. Throws UnauthorizedError, InvalidRequestError and the errors of its URL. */
export const parseRequest = (event: ApiEvent | RequestFileInput): FileRequest => {
  const {userId, url, correlationId} = inputOf(event)
  const source = parseSourceUrl(url)
  return {fileId: fileIdOf(source), sourceUrl: source.href, userId, requestedAt: new Date().toISOString(), correlationId}
}
