import {readFile} from 'node:fs/promises'
import {createServer, type IncomingHttpHeaders, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join, normalize} from 'node:path'
import {gzipSync} from 'node:zlib'
import {type Answer, rangeOf, reset, short, slowLoris, stall, status, synthetic, typeOf} from './media/answers'
import {syntheticFile, syntheticSlice} from './media/synthetic'

interface SiteRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** Bytes of the body that were handed to the connection so far. */
  sent: number
}

export interface MediaSite {
  readonly port: number
  /** Every request so far, in order. */
  readonly requests: readonly SiteRequest[]
  url: (path: string) => string
  close: () => Promise<void>
}

export interface MediaSiteOptions {
  /** Served under `/files/`. */
  readonly folder?: string
  /** Address to listen at; all of 127.0.0.0/8 is this machine. */
  readonly host?: string
  /** The path that is answered for instead of one that is asked for the nth time, from 1 on; undefined for itself. */
  readonly instead?: (path: string, nth: number) => string | undefined
}

const bytes = (body: Buffer | string, type: string): Answer => ({request, response}) => {
  const content = Buffer.from(body)
  const range = rangeOf(request, content.length)
  const headers = {'content-type': type, 'accept-ranges': 'bytes', etag: `"${content.length}"`}
  if (range === null) {
    response.writeHead(416, {'content-range': `bytes */${content.length}`}).end()
  } else if (range === undefined) {
    response.writeHead(200, {...headers, 'content-length': content.length}).end(content)
  } else {
    const part = content.subarray(...range)
    response.writeHead(206, {...headers, 'content-length': part.length, 'content-range': `bytes ${range[0]}-${range[1] - 1}/${content.length}`}).end(part)
  }
}

const page = '<!DOCTYPE html>\n<html lang="en"><head><title>A page</title></head><body><p>Please enable JavaScript.</p></body></html>\n'
const master = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=200000,RESOLUTION=320x180\nmedia.m3u8\n'
const playlist = (segments: readonly string[]): string =>
  ['#EXTM3U', '#EXT-X-VERSION:3', '#EXT-X-TARGETDURATION:1', ...segments.flatMap((segment) => ['#EXTINF:1,', segment]), '#EXT-X-ENDLIST', ''].join('\n')

/** An MPEG transport stream of null packets: it can be fetched, but nothing can be played. For real segments serve a folder. */
const nullPackets = Buffer.concat(Array.from({length: 50}, () => Buffer.concat([Buffer.from([0x47, 0x1f, 0xff, 0x10]), Buffer.alloc(184, 0xff)])))

const redirect = (code: number, location: string): Answer => ({response}) => { response.writeHead(code, {location, 'content-length': 0}).end() }

const file = (folder: string): Answer => async (exchange) => {
  const name = normalize(exchange.groups[0] ?? '')
  const content = await readFile(join(folder, name.replace(/^(\.\.(\/|$))+/, ''))).catch(() => undefined)
  await (content === undefined ? status({...exchange, groups: ['404']}) : bytes(content, typeOf(name))(exchange))
}

const routes = (folder: string): ReadonlyArray<readonly [RegExp, Answer]> => [
  [/^\/clip\.mp4$/, async (exchange) => bytes(await readFile('local/cli/demo/harbour.mp4'), 'video/mp4')(exchange)],
  [/^\/files\/(.+)$/, file(folder)],
  [/^\/synthetic\/(\d+)\.(\w+)$/, synthetic],
  [/^\/status\/(\d{3})\b/, status],
  [/^\/(?:page|page\.html|html\.mp4)$/, bytes(page, 'text/html; charset=utf-8')],
  [/^\/lying\.mp4$/, bytes(page, 'video/mp4')],
  [/^\/text\.txt$/, bytes('Only words.', 'text/plain')],
  [/^\/empty\.mp4$/, bytes('', 'video/mp4')],
  [/^\/short\.mp4$/, short],
  [/^\/reset\/(\d+)\.mp4$/, reset],
  [/^\/stall\.mp4$/, stall],
  [/^\/slow-loris\.mp4$/, slowLoris],
  [/^\/gzip\.mp4$/, ({response}) => { response.writeHead(200, {'content-type': 'video/mp4', 'content-encoding': 'gzip'}).end(gzipSync(syntheticFile('mp4', 10_000))) }],
  [/^\/named$/, ({response, url}) => {
    response.writeHead(200, {'content-type': 'application/octet-stream', 'content-disposition': url.searchParams.get('disposition') ?? ''}).end(syntheticSlice('mp4', 0, 10_000))
  }],
  [/^\/redirect(?:\/[^/]*)?$/, (exchange) => redirect(Number(exchange.url.searchParams.get('status') ?? 302), exchange.url.searchParams.get('to') ?? '/clip.mp4')(exchange)],
  [/^\/redirects\/0\/(.+)$/, (exchange) => redirect(302, `/${exchange.groups[0]}`)(exchange)],
  [/^\/redirects\/(\d+)\/(.+)$/, (exchange) => redirect(302, `/redirects/${Number(exchange.groups[0]) - 1}/${exchange.groups[1]}`)(exchange)],
  [/^\/redirect-loop\.mp4$/, redirect(302, '/redirect-loop.mp4')],
  [/^\/hls\/master\.m3u8$/, bytes(master, typeOf('m3u8'))],
  [/^\/hls\/media\.m3u8$/, ({url, ...exchange}) => bytes(playlist(url.searchParams.getAll('segment').concat('segment-0.ts', 'segment-1.ts')), typeOf('m3u8'))({url, ...exchange})],
  [/^\/hls\/segment-\d+\.ts$/, bytes(nullPackets, typeOf('ts'))]
]

const countSent = (response: ServerResponse, seen: SiteRequest): void => {
  for (const name of ['write', 'end'] as const) {
    const send = response[name].bind(response) as (...values: unknown[]) => never
    response[name] = (...values: unknown[]) => {
      const [chunk] = values
      seen.sent += typeof chunk === 'string' || Buffer.isBuffer(chunk) ? Buffer.byteLength(chunk) : 0
      return send(...values)
    }
  }
}

const close = (server: Server): Promise<void> => new Promise((resolve) => {
  server.close(() => resolve())
  server.closeAllConnections()
})

/** Starts a site on loopback that behaves as well and as badly as sites do; what it can is the list of routes above. */
export const startMediaSite = ({folder = 'local/cli/demo', host = '127.0.0.1', instead}: MediaSiteOptions = {}): Promise<MediaSite> => new Promise((resolve, reject) => {
  const requests: SiteRequest[] = []
  const table = routes(folder)
  const server = createServer((request, response) => {
    const {method = 'GET', url: path = '/', headers} = request
    const seen = {method, path, headers, sent: 0}
    requests.push(seen)
    countSent(response, seen)
    const url = new URL(instead?.(path, requests.filter((each) => each.path === path).length) ?? path, 'http://site')
    const [pattern, answer] = table.find(([route]) => route.test(url.pathname)) ?? [/(?:)/, (exchange) => status({...exchange, groups: ['404']})]
    const groups = pattern.exec(url.pathname)?.slice(1) ?? []
    Promise.resolve(answer({request, response, url, groups})).catch((error: Error) => response.destroy(error))
  })
  server.once('error', reject)
  server.listen(0, host, () => {
    const {port} = server.address() as AddressInfo
    resolve({port, requests, url: (path) => `http://${host}:${port}${path}`, close: () => close(server)})
  })
})

/** Whether a request asks for first bytes, to see what they are. */
export const isLook = ({headers: {range}}: {readonly headers: IncomingHttpHeaders}): boolean => /^bytes=0-\d{1,4}$/.test(range ?? '')

/** Bytes of a path that a site sent of ranges with both ends, from the request `since` on; those of a look, which begin at the first byte and are few, apart. */
export const rangedBytes = ({requests}: MediaSite, path: string, since = 0): number => requests.slice(since)
  .filter((request) => request.path === path && /^bytes=\d+-\d{5,}$/.test(request.headers.range ?? ''))
  .reduce((sum, {sent}) => sum + sent, 0)
