import type {IncomingMessage} from 'node:http'
import {requestUrl} from '../../runtime/core/credential-scope'
import {ServiceError} from '../../runtime/core/errors'

/** A request in S3's terms; bucket and key are empty if the path has none. */
export interface S3Request {
  readonly request: IncomingMessage
  readonly method: string
  readonly bucket: string
  readonly key: string
  readonly query: URLSearchParams
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new ServiceError('InvalidURI', 'Couldn\'t parse the specified URI.')
  }
}

/** The path as sent: `URL` would resolve the dots that a key may have. */
const rawPath = (request: IncomingMessage): string => (request.url ?? '/').split('?', 1)[0]!

/** Path style: `/<bucket>/<key>`. Throws InvalidURI, KeyTooLongError. */
export const parseRequest = (request: IncomingMessage): S3Request => {
  const [, bucket = '', ...segments] = rawPath(request).split('/')
  const key = decoded(segments.join('/'))
  if (Buffer.byteLength(key) > 1024) {
    throw new ServiceError('KeyTooLongError', 'Your key is too long')
  }
  return {request, method: request.method ?? 'GET', bucket: decoded(bucket), key, query: requestUrl(request).searchParams}
}

/** Headers of S3 that a signer may put into a link's query instead; a checksum there is of no body that its user sends. */
const isHoisted = (name: string): boolean => /^x-amz-(?!checksum-|sdk-|content-|date$|algorithm$|credential$|expires$|signature$|signedheaders$|security-token$)/.test(name)

const hoisted = (query: URLSearchParams, name: string): string | undefined =>
  isHoisted(name) ? [...query].find(([parameter]) => parameter.toLowerCase() === name)?.[1] : undefined

/** A header's value, undefined if it is absent or empty. */
export const header = ({request, query}: S3Request, name: string): string | undefined => {
  const value = request.headers[name]
  return (Array.isArray(value) ? value.join(',') : value) || hoisted(query, name) || undefined
}

/** Names of all headers, those in a link's query too. */
export const headerNames = ({request, query}: S3Request): string[] =>
  [...new Set([...Object.keys(request.headers), ...[...query.keys()].map((name) => name.toLowerCase()).filter(isHoisted)])]
