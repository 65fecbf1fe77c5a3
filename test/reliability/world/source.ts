import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {rangeOf} from '../../helpers/media/answers'
import {syntheticFile} from '../../helpers/media/synthetic'

export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** Requests for this path so far, this one included. */
  readonly count: number
}

/** How a source answers one request. */
export type Behaviour = (exchange: Exchange) => void

/** A media site whose every path behaves as set, and well otherwise. */
export interface Source {
  url: (name: string) => string
  behave: (name: string, behaviour: Behaviour) => void
  /** Times at which a path was asked for, in epoch ms of `now`. */
  requests: (name: string) => readonly number[]
  close: () => Promise<void>
}

/** More than a look brings. */
const media = syntheticFile('mp4', 200_000)
/** Less than that. */
const tinyMedia = syntheticFile('mp4', 3_000)
const mebibyte = 1024 ** 2
/** Three parts, each a range of its own where `lowRanges` holds. */
const largeMedia = syntheticFile('mp4', 20 * mebibyte)

/** An environment in which the workflow fetches by ranges what has two parts or more. */
export const lowRanges = {RANGED_FROM_BYTES: String(8 * mebibyte)}

/** A file that is fetched by ranges says so by its name. */
export const large = (name: string): string => `large-${name}`

/** A file that a look brings as a whole says so too. */
export const tiny = (name: string): string => `tiny-${name}`

const mediaOf = ({url = ''}: IncomingMessage): Buffer =>
  url.startsWith(`/${large('')}`) ? largeMedia : url.startsWith(`/${tiny('')}`) ? tinyMedia : media
const headersOf = ({length}: Buffer) => ({'content-type': 'video/mp4', 'accept-ranges': 'bytes', etag: `"${length}"`})

/** All of it, or the part that is asked for. */
export const well: Behaviour = ({request, response}) => {
  const body = mediaOf(request)
  const headers = headersOf(body)
  const range = rangeOf(request, body.length)
  if (range === null) {
    response.writeHead(416, {'content-range': `bytes */${body.length}`}).end()
  } else if (range === undefined) {
    response.writeHead(200, {...headers, 'content-length': body.length}).end(body)
  } else {
    const [start, end] = range
    response.writeHead(206, {...headers, 'content-length': end - start, 'content-range': `bytes ${start}-${end - 1}/${body.length}`}).end(body.subarray(start, end))
  }
}

export const status = (code: number, more: Readonly<Record<string, string>> = {}): Behaviour => ({response}) => {
  response.writeHead(code, {'content-type': 'text/plain', ...more}).end(`status ${code}`)
}

export const rateLimited = (seconds: number): Behaviour => status(429, {'retry-after': String(seconds)})

/** The connection breaks after some of the bytes. */
export const reset: Behaviour = ({response}) => {
  response.writeHead(200, {...headersOf(media), 'content-length': media.length})
  response.write(media.subarray(0, 1_000), () => response.socket?.resetAndDestroy())
}

/** Less comes than was announced, in good order. */
export const truncated: Behaviour = ({response}) => {
  response.writeHead(200, {...headersOf(media), 'content-length': media.length})
  response.write(media.subarray(0, 1_000), () => response.socket?.end())
}

/** One behaviour for the first requests, then another. */
export const first = (times: number, behaviour: Behaviour, then: Behaviour = well): Behaviour =>
  (exchange) => exchange.count <= times ? behaviour(exchange) : then(exchange)

export const openSource = (now: () => number): Promise<Source> => new Promise((resolve, reject) => {
  const behaviours = new Map<string, Behaviour>()
  const requests = new Map<string, number[]>()
  const server = createServer((request, response) => {
    const name = (request.url ?? '/').slice(1)
    const times = [...requests.get(name) ?? [], now()]
    requests.set(name, times)
    response.on('error', () => undefined)
    void (behaviours.get(name) ?? well)({request, response, count: times.length})
  })
  server.once('error', reject)
  server.listen(0, '127.0.0.1', () => {
    const {port} = server.address() as AddressInfo
    resolve({
      url: (name) => `http://127.0.0.1:${port}/${name}`,
      behave: (name, behaviour) => { behaviours.set(name, behaviour) },
      requests: (name) => requests.get(name) ?? [],
      close: () => new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      })
    })
  })
})
