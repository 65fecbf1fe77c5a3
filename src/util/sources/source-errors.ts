import type {IncomingHttpHeaders} from 'node:http'
import {isObject} from '../../types/json'
import {isNamedError, NamedError, type ErrorName} from '../errors'
import {parseHttpDate} from './http-date'

interface Meaning {
  readonly status: RegExp
  readonly name: ErrorName
  /** For the user: what the host does, and what to do about it. */
  readonly what: string
  readonly advice: string
  /** The error if a `Retry-After` says when to ask again: of the host, or of this file alone. */
  readonly later?: 'RateLimitedError' | 'NotYetAvailableError'
}

const again = 'Try again later.'
const check = 'Check the link.'

/** What a source's status means, by the first row that fits; 200 and 206 bring the media. */
const meanings: readonly Meaning[] = [
  {status: /^202$/, name: 'UnsupportedSourceError', what: 'has not made the file yet', advice: again, later: 'NotYetAvailableError'},
  // 416: "everything from the first byte on" is only refused if there is no byte.
  {status: /^(?:204|205|416)$/, name: 'EmptyBodyError', what: 'has an empty file at this address', advice: check},
  {status: /^3/, name: 'UnsupportedSourceError', what: 'redirects without saying where to', advice: check},
  // Some limit requests by 403 and Retry-After, as GitHub does.
  {
    status: /^403$/, name: 'SourceForbiddenError', what: 'refuses access to the file; it may want a login, or does not allow downloads',
    advice: 'Open the link in a browser to see what it wants.', later: 'RateLimitedError'
  },
  {status: /^(?:401|402|407)$/,
    name: 'SourceForbiddenError', what: 'gives the file only after a login or a payment', advice: 'Look for a link that needs neither.'},
  {status: /^(?:404|410)$/, name: 'SourceNotFoundError', what: 'has nothing at this address', advice: check},
  {status: /^(?:409|423|425)$/,
    name: 'TransientSourceError', what: 'says that the file is not ready', advice: again, later: 'NotYetAvailableError'},
  {status: /^(?:408|421)$/, name: 'TransientSourceError', what: 'did not take the request', advice: again, later: 'RateLimitedError'},
  {status: /^(?:420|429|509)$/, name: 'RateLimitedError', what: 'wants fewer requests', advice: again, later: 'RateLimitedError'},
  {status: /^451$/, name: 'GeoBlockedError', what: 'may not show the file here, for legal reasons', advice: 'Look for it at another site.'},
  {status: /^413$/, name: 'UnsupportedSourceError', what: 'does not accept the request', advice: check, later: 'RateLimitedError'},
  {status: /^4/, name: 'UnsupportedSourceError', what: 'does not accept the request', advice: check},
  {status: /^(?:501|505|506|510)$/, name: 'UnsupportedSourceError', what: 'does not support the request', advice: check},
  {status: /^5/, name: 'TransientSourceError', what: 'is having problems', advice: again, later: 'RateLimitedError'}
]

const unknown: Omit<Meaning, 'status'> =
  {name: 'UnsupportedSourceError', what: 'gives an answer that MediaDownloader does not understand', advice: check}

const second = 1000
const maxMilliseconds = 24 * 60 * 60 * second

const seconds = /^\+?(?:\d+\.?\d*|\.\d+)(?:e\+?\d+)?$/i

/** A comma separates values, except after an HTTP-date's day of the week. */
const separator = /(?<!\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\s*),/i

/**
 * Milliseconds until a date on the server's clock. If the clocks differ, the later of two readings counts: the date as it stands, and its
 * distance from the answer's own `Date`.
 */
const untilDate = (text: string, now: number, answeredAt: number): number | undefined => {
  const date = parseHttpDate(text, now)
  return date === undefined ? undefined : Math.max(date - now, date - answeredAt)
}

/**
 * The time (ISO 8601 UTC, whole seconds) before which a `Retry-After` allows no request: at least a second and at most a day ahead. RFC
 * 9110 knows whole seconds and HTTP-dates; fractions are rounded up, and of several values the latest counts. Undefined if none is valid.
 * `date` is the answer's own `Date`.
 */
export const retryAfter = (header: string | undefined, now = Date.now(), date = ''): string | undefined => {
  const answeredAt = parseHttpDate(date.trim(), now) ?? now
  const waits = (header ?? '').split(separator).map((text) => text.trim())
    .map((text) => seconds.test(text) ? Math.ceil(Number(text)) * second : untilDate(text, now, answeredAt))
    .filter((wait) => wait !== undefined)
  const wait = Math.min(Math.max(second, ...waits), maxMilliseconds)
  return waits.length === 0 ? undefined : new Date(Math.ceil((now + wait) / second) * second).toISOString()
}

interface Answered {
  readonly statusCode: number
  readonly headers: IncomingHttpHeaders
}

/** The cause of an error that a status meant. */
export interface SourceRefusal {
  readonly statusCode: number
  /** The host that answered: after redirects it need not be the host that was asked. With its port. */
  readonly refusedBy: string
}

const isRefusal = (cause: unknown): cause is SourceRefusal => isObject(cause) && 'refusedBy' in cause

/** The status behind an error of `findRefusal`; undefined for any other error. */
export const refusalBehind = (error: unknown): SourceRefusal | undefined => {
  const cause = isNamedError(error) ? error.cause : undefined
  return isRefusal(cause) ? cause : undefined
}

const closed = new Set(['ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'EPIPE'])

/** Whether a host refused a request, by a status or by closing the connection: it may have taken another one. */
export const isTurnedAway = (error: unknown): error is NamedError => {
  const cause = isNamedError(error, 'TransientSourceError') ? error.cause : undefined
  return refusalBehind(error) !== undefined
    || (typeof cause === 'object' && cause !== null && 'code' in cause && closed.has(String(cause.code)))
}

/** The error that an answer's status means, or undefined if it brings the media. A named time makes an error that passes wait for it. */
export const findRefusal = ({statusCode, headers}: Answered, host: string): NamedError | undefined => {
  if (statusCode === 200 || statusCode === 206) {
    return undefined
  }
  const {name, what, advice, later} = meanings.find(({status}) => status.test(String(statusCode))) ?? unknown
  const availableAt = later === undefined ? undefined : retryAfter(headers['retry-after'], Date.now(), headers.date)
  const cause: SourceRefusal = {statusCode, refusedBy: host}
  return new NamedError(availableAt === undefined ? name : later!, `${host} ${what} (HTTP ${statusCode}). ${advice}`, {cause, availableAt})
}
