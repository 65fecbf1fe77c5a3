import type {IncomingHttpHeaders} from 'node:http'
import {NamedError} from '../../util/errors'
import {bodyOf} from './http/body'
import {exchange, type Exchange} from './http/exchange'
import {connectionError} from './http/failures'
import {type AddressPolicy, checkedAddresses} from './http/guard'

export interface SourceOptions extends AddressPolicy {
  /** Sent beside our own; `authorization` and `cookie` go to the first host only. */
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  readonly maxRedirects?: number
  /** Longest wait for a connection, with its TLS. */
  readonly connectMilliseconds?: number
  /** Longest silence of the source, before and in the body. */
  readonly stallMilliseconds?: number
}

/** An answer of a source, after redirects. Read `body` once, or `close()`; a chunk of it is valid until the next one is asked for. */
export interface SourceAnswer {
  readonly statusCode: number
  readonly headers: IncomingHttpHeaders
  readonly finalUrl: URL
  readonly body: AsyncIterable<Buffer>
  close(): void
}

const userAgent = 'MediaDownloader/0.1'
const defaults = {maxRedirects: 10, connectMilliseconds: 10_000, stallMilliseconds: 20_000}
const redirects = new Set([301, 302, 303, 307, 308])
const secrets = new Set(['authorization', 'cookie'])

const lowerCased = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

const headersFor = (url: URL, first: URL, headers: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  'user-agent': userAgent,
  accept: '*/*',
  ...Object.fromEntries(Object.entries(lowerCased(headers)).filter(([name]) => url.origin === first.origin || !secrets.has(name))),
  // The bytes as they lie there: what is stored must have the announced length.
  'accept-encoding': 'identity'
})

const requireHttp = (url: URL): void => {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new NamedError('UnsupportedSchemeError', `Expected an http or https URL; the source leads to the scheme '${url.protocol.slice(0, 32)}'.`)
  }
}

const hop = async (url: URL, first: URL, {headers, ...options}: SourceOptions): Promise<Exchange> => {
  requireHttp(url)
  const addresses = await checkedAddresses(url.hostname, options).catch((error: unknown) => { throw connectionError(error, url.host) })
  const {connectMilliseconds = defaults.connectMilliseconds, stallMilliseconds = defaults.stallMilliseconds, signal} = options
  return exchange({url, headers: headersFor(url, first, headers), addresses, connectMilliseconds, stallMilliseconds, signal})
}

const targetOf = ({statusCode, headers: {location}, destroy}: Exchange, url: URL): URL | undefined => {
  if (location === undefined || !redirects.has(statusCode)) {
    return undefined
  }
  destroy()
  const target = URL.parse(location, url.href)
  if (target === null) {
    throw new NamedError('UnsupportedSourceError', `Expected ${url.host} to redirect to a URL; got '${location.slice(0, 100)}'.`)
  }
  return target
}

const answerOf = (answer: Exchange, finalUrl: URL, {stallMilliseconds = defaults.stallMilliseconds, signal}: SourceOptions): SourceAnswer => {
  const {statusCode, headers, destroy} = answer
  const body = bodyOf(answer, {host: finalUrl.host, stallMilliseconds, signal})
  const close = (): void => {
    destroy()
    body.return().catch(() => undefined)
  }
  return {statusCode, headers, finalUrl, body, close}
}

/**
 * GETs a URL of a stranger and follows its redirects; every hop's address is checked and pinned before it is connected to. Any status is an answer.
 * Throws PrivateAddressError, UnsupportedSchemeError, TooManyRedirectsError, UnknownHostError, UnsupportedSourceError, TransientSourceError,
 * SourceStalledError or the signal's reason; reading the body throws as `bodyOf` says.
 */
export const openSource = async (first: URL, options: SourceOptions = {}): Promise<SourceAnswer> => {
  const {maxRedirects = defaults.maxRedirects, signal} = options
  let url = first
  for (let redirected = 0; redirected <= maxRedirects; redirected++) {
    signal?.throwIfAborted()
    const answer = await hop(url, first, options)
    const target = targetOf(answer, url)
    if (target === undefined) {
      return answerOf(answer, url, options)
    }
    url = target
  }
  throw new NamedError('TooManyRedirectsError', `Expected at most ${maxRedirects} redirects; ${first.host} goes on.`)
}
