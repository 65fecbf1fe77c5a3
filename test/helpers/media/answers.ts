import type {IncomingMessage, ServerResponse} from 'node:http'
import {setTimeout as sleep} from 'node:timers/promises'
import {sendSlices} from '../../../local/lab/practice-source/send'
import {syntheticBytes, syntheticSlice} from './synthetic'

export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly url: URL
  /** Groups of the route's pattern. */
  readonly groups: readonly string[]
}

export type Answer = (exchange: Exchange) => Promise<void> | void

const types: Readonly<Record<string, string>> = {
  mp4: 'video/mp4', mp3: 'audio/mpeg', webm: 'video/webm', ts: 'video/mp2t', m4s: 'video/iso.segment', m3u8: 'application/vnd.apple.mpegurl', mpd: 'application/dash+xml', html: 'text/html; charset=utf-8'
}

export const typeOf = (name: string): string => types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream'

/** Start and end (exclusive) that a `Range: bytes=a-b` asks for, `undefined` without one, `null` if it cannot be had. */
export const rangeOf = ({headers}: IncomingMessage, size: number): readonly [start: number, end: number] | undefined | null => {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? '') ?? []
  if (first === '' && last === '') {
    return undefined
  }
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1)
  return start < end ? [start, end] : null
}

/** Sends chunks as fast as the client takes them, or at `rate` bytes a second. */
export const send = async (response: ServerResponse, chunks: Iterable<Buffer>, rate = 0): Promise<void> => {
  await sendSlices(response, chunks, rate > 0 ? rate : Infinity)
  response.end()
}

/** Writes and waits until the bytes have left the process. */
const flush = (response: ServerResponse, bytes: Buffer): Promise<unknown> => new Promise((resolve) => response.write(bytes, resolve))

const headersOf = (extension: string, size: number, version = 0): Record<string, string> =>
  ({'content-type': typeOf(extension), 'accept-ranges': 'bytes', etag: `"synthetic-${size}${version === 0 ? '' : `-${version}`}"`, 'last-modified': 'Sun, 01 Nov 2026 10:00:00 GMT'})

/** `/synthetic/<size>.<extension>`, with `chunked=1` (no length), `rate=<bytes/s>`, `chunk=<bytes>`, `ranges=0`, `type=<media type>`, `version=<n>`. */
export const synthetic: Answer = async ({request, response, url: {searchParams}, groups: [size = '0', extension = 'mp4']}) => {
  const total = Number(size)
  const option = (name: string): number => Number(searchParams.get(name) ?? 0)
  const range = searchParams.get('ranges') === '0' || option('chunked') === 1 ? undefined : rangeOf(request, total)
  const headers = {...headersOf(extension, total, option('version')), ...(searchParams.has('type') && {'content-type': searchParams.get('type') ?? ''})}
  if (range === null) {
    response.writeHead(416, {'content-range': `bytes */${total}`}).end()
    return
  }
  const [start, end] = range ?? [0, total]
  response.writeHead(range === undefined ? 200 : 206, {
    ...headers,
    ...(option('chunked') !== 1 && {'content-length': end - start}),
    ...(range !== undefined && {'content-range': `bytes ${start}-${end - 1}/${total}`})
  })
  await (request.method === 'HEAD' ? response.end() : send(response, syntheticBytes(extension, start, end, option('chunk') || undefined, option('version')), option('rate')))
}

/** `/status/<code>/<name>`, with `retry-after=<value>` and `body=<text>`. */
export const status: Answer = ({response, url: {searchParams}, groups: [code = '500']}) => {
  const retryAfter = searchParams.get('retry-after')
  response.writeHead(Number(code), {'content-type': 'text/plain', ...(retryAfter !== null && {'retry-after': retryAfter})}).end(searchParams.get('body') ?? `status ${code}`)
}

/** Announces 1,000,000 bytes, sends `at` of them and closes in good order. */
export const short: Answer = async ({response, url: {searchParams}}) => {
  response.writeHead(200, {...headersOf('mp4', 1_000_000), 'content-length': 1_000_000})
  for (const slice of syntheticBytes('mp4', 0, Number(searchParams.get('at') ?? 300_000))) {
    await flush(response, slice)
  }
  response.socket?.end()
}

/** Sends `<at>` bytes of what it announced (nothing announced with `chunked=1`), then resets the connection. */
export const reset: Answer = async ({response, url: {searchParams}, groups: [at = '0']}) => {
  response.writeHead(200, {...headersOf('mp4', 1_000_000), ...(searchParams.get('chunked') !== '1' && {'content-length': Number(at) + 1_000_000})})
  for (const slice of syntheticBytes('mp4', 0, Number(at))) {
    await flush(response, slice)
  }
  await sleep(20)
  response.socket?.resetAndDestroy()
}

/** Sends `at` bytes, then nothing for ever; with `at=0` not even headers. */
export const stall: Answer = ({response, url: {searchParams}}) => {
  const at = Number(searchParams.get('at') ?? 65_536)
  if (at > 0) {
    response.writeHead(200, {...headersOf('mp4', 1_000_000), 'content-length': 1_000_000})
    response.write(syntheticSlice('mp4', 0, at))
  }
}

/** One byte each `every` milliseconds, of 1,000,000. */
export const slowLoris: Answer = async ({response, url: {searchParams}}) => {
  response.writeHead(200, {...headersOf('mp4', 1_000_000), 'content-length': 1_000_000})
  await send(response, syntheticBytes('mp4', 0, 1_000_000, 1), 1000 / Number(searchParams.get('every') ?? 50))
}
