import type {LookupAddress} from 'node:dns'
import {validateHeaderName, validateHeaderValue} from 'node:http'
import {connect, isIP, type Socket} from 'node:net'
import {connect as connectTls} from 'node:tls'
import {NamedError} from '../../util/errors'
import {type Answer, readAnswer} from './answer'
import {connectionError} from './failures'
import {pinned} from './guard'
import {socketReader, type SocketReader} from './socket-reader'

export interface ExchangeOptions {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly addresses: readonly LookupAddress[]
  readonly connectMilliseconds: number
  /** From the connection to the end of the headers. */
  readonly answerMilliseconds: number
  readonly signal?: AbortSignal
}

/** An answer whose body no one has read yet; `next` throws what broke the connection. */
export interface Exchange extends Answer {
  /** Ends the connection; a pending `next` throws the error. */
  destroy: (error?: Error) => void
}

const isTls = ({protocol}: URL): boolean => protocol === 'https:'

const open = ({url, addresses}: ExchangeOptions, {onread}: SocketReader): Socket => {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const options = {host, port: Number(url.port) || (isTls(url) ? 443 : 80), lookup: pinned(addresses), onread}
  return isTls(url) ? connectTls({...options, servername: isIP(host) === 0 ? host : '', ALPNProtocols: ['http/1.1']}) : connect(options)
}

/** Each source is a connection of its own: it ends with its body. Throws if a header is not valid. */
const requestText = ({url, headers}: ExchangeOptions): string => {
  const fields = Object.entries({host: url.host, ...headers, connection: 'close'}).map(([name, value]) => {
    validateHeaderName(name)
    validateHeaderValue(name, value)
    return `${name}: ${value}\r\n`
  })
  return `GET ${url.pathname}${url.search} HTTP/1.1\r\n${fields.join('')}\r\n`
}

/** Ends a connection that takes too long to be made, or to bring its headers. */
const watch = (socket: Socket, {url, connectMilliseconds, answerMilliseconds}: ExchangeOptions): () => void => {
  const expire = (name: 'TransientSourceError' | 'SourceStalledError', what: string) => (): void => {
    socket.destroy(new NamedError(name, `${url.host} ${what}. Try again later.`))
  }
  let timer = setTimeout(
    expire('TransientSourceError', `accepted no connection within ${connectMilliseconds / 1000} s`), connectMilliseconds
  )
  socket.once(isTls(url) ? 'secureConnect' : 'connect', () => {
    clearTimeout(timer)
    timer = setTimeout(
      expire('SourceStalledError', `accepted the connection but did not answer within ${answerMilliseconds / 1000} s`), answerMilliseconds
    )
  })
  return () => clearTimeout(timer)
}

/** Sends one GET to checked addresses and waits for the headers. Throws the errors of `connectionError`, or the signal's reason. */
export const exchange = async (options: ExchangeOptions): Promise<Exchange> => {
  const {url, signal} = options
  signal?.throwIfAborted()
  const reader = socketReader()
  let socket: Socket | undefined
  const abort = (): void => { socket?.destroy(signal?.reason instanceof Error ? signal.reason : new Error('aborted')) }
  try {
    const text = requestText(options)
    socket = open(options, reader)
    reader.watch(socket)
    signal?.addEventListener('abort', abort)
    socket.once('close', () => signal?.removeEventListener('abort', abort))
    const unwatch = watch(socket, options)
    socket.once('close', unwatch)
    socket.write(text, 'latin1')
    const answer = await readAnswer(reader.next)
    unwatch()
    return {...answer, destroy: (error) => { socket?.destroy(error) }}
  } catch (error) {
    socket?.destroy()
    signal?.throwIfAborted()
    throw connectionError(error, url.host)
  }
}
