import type {OutgoingHttpHeaders} from 'node:http'
import {sendSlices} from '../../local/lab/practice-source/send'
import {rangeOf} from '../helpers/media/answers'
import {syntheticBytes} from '../helpers/media/synthetic'
import type {Serve} from './case'

export interface FilmOptions {
  /** Added to the usual headers, or instead of them; undefined takes one away. */
  readonly headers?: OutgoingHttpHeaders
  readonly version?: number
  /** Bytes a second. */
  readonly rate?: number
  /** Whether ranges are honoured. */
  readonly ranges?: boolean
  /** Each answer breaks off after this many bytes, in good order. */
  readonly breakAfter?: number
}

const present = (headers: OutgoingHttpHeaders): OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined))

/** A synthetic MP4 of `size` bytes as a well-behaved server gives it, but for what the options say. `If-Range` is not looked at. */
export const film = (size: number, {headers = {}, version, rate = Infinity, ranges = true, breakAfter = Infinity}: FilmOptions = {}): Serve =>
  async ({request, response}) => {
    const range = ranges ? rangeOf(request, size) : undefined
    if (range === null) {
      response.writeHead(416, {'content-range': `bytes */${size}`}).end()
      return
    }
    const [start, end] = range ?? [0, size]
    response.writeHead(range === undefined ? 200 : 206, present({
      'content-type': 'video/mp4', 'content-length': end - start, etag: `"film-${size}-${version ?? 0}"`,
      'last-modified': 'Sun, 01 Nov 2026 10:00:00 GMT', ...(ranges && {'accept-ranges': 'bytes'}),
      ...(range !== undefined && {'content-range': `bytes ${start}-${end - 1}/${size}`}), ...headers
    }))
    const sent = Math.min(end, start + breakAfter)
    await sendSlices(response, syntheticBytes('mp4', start, sent, undefined, version), rate)
    if (sent < end) {
      response.socket?.end()
    } else {
      response.end()
    }
  }
