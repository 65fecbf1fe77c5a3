import type {LookupAddress} from 'node:dns'
import * as http from 'node:http'
import * as https from 'node:https'
import {NamedError} from '../../../util/errors'
import {connectionError} from './failures'
import {pinned} from './guard'

export interface ExchangeOptions {
  readonly url: URL
  readonly headers: http.OutgoingHttpHeaders
  readonly addresses: readonly LookupAddress[]
  readonly connectMilliseconds: number
  readonly stallMilliseconds: number
  readonly signal?: AbortSignal
}

/** An answer whose body nobody has read yet. */
export interface Exchange {
  readonly response: http.IncomingMessage
  /** Why the connection broke, once it did: the response alone says only that it did. */
  failure(): unknown
}

const requestTo = ({url, headers, addresses}: ExchangeOptions): http.ClientRequest => {
  const {request} = url.protocol === 'https:' ? https : http
  return request({
    protocol: url.protocol,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port,
    path: url.pathname + url.search,
    headers,
    // Each source is a connection of its own: it ends with its body, and no other host's socket is taken for it.
    agent: false,
    lookup: pinned(addresses)
  })
}

const watch = (request: http.ClientRequest, {url, connectMilliseconds, stallMilliseconds}: ExchangeOptions): NodeJS.Timeout => {
  const expire = (name: 'TransientSourceError' | 'SourceStalledError', what: string) => (): void => {
    request.destroy(new NamedError(name, `Expected ${url.host} to ${what}; it did not.`))
  }
  const connecting = setTimeout(expire('TransientSourceError', `take a connection within ${connectMilliseconds / 1000} s`), connectMilliseconds)
  const answering = setTimeout(expire('SourceStalledError', `answer within ${(connectMilliseconds + stallMilliseconds) / 1000} s`), connectMilliseconds + stallMilliseconds)
  request.once('socket', (socket) => socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => clearTimeout(connecting)))
  request.once('close', () => [connecting, answering].forEach(clearTimeout))
  return answering
}

/** Sends one GET to checked addresses and waits for the headers. Throws the errors of `connectionError`, or the signal's reason. */
export const exchange = (options: ExchangeOptions): Promise<Exchange> => new Promise((resolve, reject) => {
  const {url, signal} = options
  signal?.throwIfAborted()
  const request = requestTo(options)
  const answering = watch(request, options)
  const abort = (): void => { request.destroy(signal?.reason) }
  let failure: unknown
  signal?.addEventListener('abort', abort)
  request.once('close', () => signal?.removeEventListener('abort', abort))
  request.on('error', (error) => {
    failure = error
    reject(signal?.aborted ? signal.reason : connectionError(error, url.host))
  })
  request.once('response', (response) => {
    clearTimeout(answering)
    resolve({response, failure: () => failure})
  })
  request.end()
})
