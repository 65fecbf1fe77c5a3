import type {IncomingHttpHeaders} from 'node:http'
import {NamedError, type ErrorName} from './errors'

/** What a status of a source means, the first row that fits; 200 and 206 mean that all is well. */
const refusals: ReadonlyArray<readonly [status: RegExp, name: ErrorName, what: string]> = [
  // 416: "all from the first byte on" is refused only where there is no byte.
  [/^(?:204|205|416)$/, 'EmptyBodyError', 'there is nothing in it'],
  [/^3/, 'UnsupportedSourceError', 'it redirects without saying where to'],
  [/^(?:401|402|403|407)$/, 'SourceForbiddenError', 'it refuses access; it may want a login, or not want to be downloaded from'],
  [/^(?:404|410)$/, 'SourceNotFoundError', 'it has nothing there; check the URL'],
  [/^(?:408|409|421|423|425)$/, 'TransientSourceError', 'it is not ready'],
  [/^(?:420|429|509)$/, 'RateLimitedError', 'it wants fewer requests'],
  [/^451$/, 'GeoBlockedError', 'it is not allowed to show it here, for legal reasons'],
  [/^4/, 'UnsupportedSourceError', 'it does not take the request'],
  [/^(?:501|505|506|510)$/, 'UnsupportedSourceError', 'it does not take the request'],
  [/^5/, 'TransientSourceError', 'it is in trouble']
]

const notUnderstood = [/./, 'UnsupportedSourceError', 'it answers in a way that is not understood'] as const
const maxWaitMilliseconds = 24 * 60 * 60 * 1000

/** When a `Retry-After` (seconds or an HTTP date) allows the next request, at most a day ahead; undefined without one. */
export const retryAfter = (header: string | undefined, now = Date.now()): string | undefined => {
  const text = header?.trim() ?? ''
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now
  return Number.isNaN(wait) ? undefined : new Date(now + Math.min(Math.max(wait, 1000), maxWaitMilliseconds)).toISOString()
}

interface Answered {
  readonly statusCode: number
  readonly headers: IncomingHttpHeaders
}

/** The error that an answer's status means, or undefined where it brings the media. */
export const refusalOf = ({statusCode, headers}: Answered, host: string): NamedError | undefined => {
  if (statusCode === 200 || statusCode === 206) {
    return undefined
  }
  const availableAt = retryAfter(headers['retry-after'])
  const [, name, what] = refusals.find(([status]) => status.test(String(statusCode))) ?? notUnderstood
  // A server that is down and says until when is as good as one that limits us.
  const limited = name === 'RateLimitedError' || (statusCode === 503 && availableAt !== undefined)
  return new NamedError(limited ? 'RateLimitedError' : name, `Expected the media from ${host}; ${what} (HTTP ${statusCode}).`,
    limited && availableAt !== undefined ? {availableAt} : {})
}
