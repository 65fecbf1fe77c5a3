import type {IncomingMessage, ServerResponse} from 'node:http'
import {setTimeout as sleep} from 'node:timers/promises'
import type {Fault} from '../faults/fault'
import {type ByteRange, parseRange} from '../../services/s3/range'
import {sendSlices} from './send'
import type {Video} from './video'

/** One request for a video, and what is sent of it. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly video: Video
  /** Bytes a second, for something to watch. */
  readonly rate: number
}

/** The bytes of a private network's most wanted page: cloud credentials. */
const privatePage = 'http://169.254.169.254/latest/meta-data/'
/** Bytes a second of a source that only drips. */
const dripRate = 8
const flushMilliseconds = 20

/** https://www.rfc-editor.org/rfc/rfc9110#name-if-range: another version is sent whole. */
const wantedRange = ({request: {headers}, video: {size, etag}}: Exchange): ByteRange | undefined => {
  const ifRange = headers['if-range']
  return ifRange === undefined || ifRange === etag ? parseRange(headers.range, size) : undefined
}

/** Sends the head of the answer; returns which bytes are to follow. Throws InvalidRange. */
const begin = (exchange: Exchange): {start: number, end: number} => {
  const {response, video: {size, etag}} = exchange
  const range = wantedRange(exchange)
  const [start, end] = range === undefined ? [0, size] : [range.start, range.end + 1]
  response.writeHead(range === undefined ? 200 : 206, {
    'content-type': 'video/mp4', 'accept-ranges': 'bytes', etag, 'content-length': end - start,
    ...(range !== undefined && {'content-range': `bytes ${start}-${end - 1}/${size}`})
  })
  return {start, end}
}

/** All that was asked for. */
export const sendWhole = async (exchange: Exchange): Promise<void> => {
  const {start, end} = begin(exchange)
  await sendSlices(exchange.response, exchange.video.slices(start, end), exchange.rate)
  exchange.response.end()
}

/** The first `bytes` of it, by default half, out of the process before anything else happens. */
const sendSome = async (exchange: Exchange, bytes: number | undefined): Promise<{from: number, end: number}> => {
  const {start, end} = begin(exchange)
  const from = Math.min(end, start + (bytes ?? Math.floor((end - start) / 2)))
  await sendSlices(exchange.response, exchange.video.slices(start, from), exchange.rate)
  exchange.response.flushHeaders()
  await sleep(flushMilliseconds)
  return {from, end}
}

const drip = async (exchange: Exchange, {from, end}: {from: number, end: number}): Promise<void> => {
  const {response, video} = exchange
  for (let at = from; at < end && !response.destroyed; at++) {
    await sendSlices(response, video.slices(at, at + 1), dripRate)
  }
  response.end()
}

/** Refuses without a body. */
export const refuse = ({response}: Exchange, statusCode: number, headers: Readonly<Record<string, string>> = {}): void =>
  void response.writeHead(statusCode, {...headers, 'content-length': 0}).end()

/** Returns as a source does that such a fault strikes. */
export const sendStruck = async (exchange: Exchange, {effect, bytes, to}: Fault): Promise<void> => {
  const {response} = exchange
  switch (effect) {
    case 'error': return refuse(exchange, 503)
    case 'redirect': return refuse(exchange, 302, {location: to ?? privatePage})
    case 'stall': return void await sendSome(exchange, bytes)
    case 'slow-loris': return drip(exchange, await sendSome(exchange, bytes))
    case 'truncate': return void await sendSome(exchange, bytes).then(() => response.socket?.end())
    case 'reset': return void await sendSome(exchange, bytes).then(() => response.socket?.resetAndDestroy())
    default: return sendWhole(exchange)
  }
}
