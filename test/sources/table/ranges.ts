import assert from 'node:assert/strict'
import type {OutgoingHttpHeaders} from 'node:http'
import {film, type FilmOptions} from '../answers'
import type {Seen, Serve, SourceCase, SourceSubject} from '../case'

const mebibyte = 1024 ** 2
const size = 40 * mebibyte
const nine = 9 * mebibyte
const [old, older] = ['Sun, 30 Nov 2025 10:00:00 GMT', 'Sat, 29 Nov 2025 10:00:00 GMT']
const weak = {etag: 'W/"1"', 'last-modified': old}
const strong = {etag: '"1"', 'last-modified': old}

/** Answers `If-Range` by the whole unless it has one of these values. */
const honouring = (serve: Serve, ...values: readonly string[]): Serve => (exchange) => {
  const asked = exchange.request.headers['if-range']?.toString()
  if (asked !== undefined && !values.includes(asked)) {
    delete exchange.request.headers.range
  }
  return serve(exchange)
}

const breaking = (headers: OutgoingHttpHeaders, more: FilmOptions = {}): Serve => film(size, {headers, breakAfter: nine, ...more})

const starts = ({requests}: Seen): number[] => requests.map(({headers}) => Number(/^bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0))

const downloaded: SourceCase['file'] = {status: 'Downloaded', size, contentType: 'video/mp4'}

const resumed: readonly SourceCase[] = [
  {
    behaviour: 'Each answer ends after 9 of 40 MiB; the ETag is weak, the date old, and `If-Range` is honoured by the date alone (Express, `send`)',
    outcome: 'Resumed by the date at the next byte; the weak ETag is never in `If-Range`',
    serve: () => honouring(breaking(weak), old),
    file: downloaded, stored: {synthetic: size},
    check: ({requests}) => assert.ok(!requests.some(({headers}) => String(headers['if-range']).startsWith('W/')))
  },
  {
    behaviour: 'The same with no ETag at all',
    outcome: 'Resumed by the date',
    serve: () => honouring(breaking({etag: undefined, 'last-modified': old}), old),
    file: downloaded, stored: {synthetic: size}
  },
  {
    behaviour: 'The same with a strong ETag that `If-Range` is not honoured by, but by the date',
    outcome: 'Found out by asking, then resumed by the date',
    serve: () => honouring(breaking(strong), old),
    file: downloaded, stored: {synthetic: size}, mostBytes: 1.15
  },
  {
    behaviour: 'The same, and no `If-Range` is honoured',
    outcome: 'Resumed under `If-Match` and `If-Unmodified-Since`, and by comparing the validators of each part',
    serve: () => honouring(breaking(weak)),
    file: downloaded, stored: {synthetic: size}, mostBytes: 1.15
  },
  {
    behaviour: 'The same, and conditions are answered by 412',
    outcome: 'Resumed without a condition, by comparing the validators of each part',
    serve: () => honouring((exchange) => {
      const {request, response} = exchange
      return request.headers['if-unmodified-since'] === undefined ? breaking(weak)(exchange) : void response.writeHead(412).end()
    }),
    file: downloaded, stored: {synthetic: size}, mostBytes: 1.15
  },
  {
    behaviour: 'In the middle of a file the server is away for 1.5 s',
    outcome: 'Asked again after a quarter of a second, then after twice as long each time; nothing that came is fetched again',
    serve: () => {
      let awayUntil = Infinity
      return async (exchange) => {
        const isAway = Date.now() < awayUntil && awayUntil !== Infinity
        if (isAway) {
          exchange.response.socket?.resetAndDestroy()
        } else if (awayUntil === Infinity && exchange.request.headers.range === undefined) {
          await breaking(strong, {breakAfter: 20 * mebibyte})(exchange)
          awayUntil = Date.now() + 1_500
        } else {
          await film(size, {headers: strong})(exchange)
        }
      }
    },
    file: downloaded, stored: {synthetic: size}
  }
]

/** A stable address that leads to one of its own for each request, which serves one answer and is gone then. */
const signed = (status: number): Serve => {
  let issued = 0
  const used = new Set<string>()
  return (exchange) => {
    const {response, url: {pathname, searchParams}} = exchange
    const token = searchParams.get('token') ?? ''
    if (pathname !== '/signed.mp4') {
      response.writeHead(302, {location: `signed.mp4?token=${++issued}`, 'content-length': 0}).end()
      return undefined
    }
    if (used.has(token)) {
      response.writeHead(status).end('Request has expired')
      return undefined
    }
    used.add(token)
    return breaking(strong)(exchange)
  }
}

const redirected: readonly SourceCase[] = [410, 403].map((status) => ({
  behaviour: `A stable URL that redirects to a signed one, which answers ${status} after its first use; each answer ends after 9 of 40 MiB`,
  outcome: 'The stable URL is asked again for the rest, and leads to a fresh target',
  serve: () => signed(status),
  file: downloaded, stored: {synthetic: size}, mostBytes: 1.2
}))

const changing: readonly SourceCase[] = [
  {
    behaviour: 'A strong ETag that stays while bytes and date change at 35 %',
    outcome: 'Every validator of every answer is compared: begun again from byte 0, and whole in the new version',
    serve: () => ({nth, ...exchange}) =>
      breaking(nth < 4 ? {...strong, 'last-modified': older} : strong, {version: nth < 4 ? 0 : 7})({nth, ...exchange}),
    file: downloaded, stored: {synthetic: size, version: 7}, mostBytes: 1.6
  },
  {
    behaviour: 'A file whose date is another one with each answer',
    outcome: 'Begun again once; then `SourceChangedError`, after which a person may try again',
    serve: () => ({nth, ...exchange}) =>
      breaking({...strong, 'last-modified': new Date(Date.UTC(2025, 0, 1, 0, nth)).toUTCString()}, {version: nth})({nth, ...exchange}),
    file: {status: 'Failed', error: {code: 'SourceChangedError', retryable: true}}, mostRequests: 6,
    check: (_seen, {error}) => assert.doesNotMatch(error?.message ?? '', /^Expected/)
  },
  {
    behaviour: 'Mirrors behind one address, each with an ETag of its own for the same bytes, size and date',
    outcome: 'Asked again for the planned ETag, instead of taking the file for changed',
    // At a network's pace: an answer that is closed at its head has cost what was sent by then, and loopback takes 4 MB at once.
    serve: () => ({nth, ...exchange}) => breaking({...strong, etag: `"mirror-${nth % 3}"`}, {rate: 40 * mebibyte})({nth, ...exchange}),
    file: downloaded, stored: {synthetic: size}, mostBytes: 1.4
  }
]

const large = 136 * mebibyte

const many: readonly SourceCase[] = [
  {
    behaviour: 'A file of 136 MiB with a strong ETag and ranges',
    outcome: 'Fetched by ranges, one answer for each',
    serve: () => film(large),
    file: {status: 'Downloaded', size: large}, stored: {synthetic: large}, mostRequests: 6
  },
  {
    behaviour: 'The same behind a cache that does not have it yet (`X-Cache-Status: MISS`)',
    outcome: 'One answer brings all, so that the cache does not fetch it again for each range',
    serve: () => film(large, {headers: {'x-cache-status': 'MISS'}}),
    file: {status: 'Downloaded', size: large}, stored: {synthetic: large}, mostRequests: 3,
    check: (seen) => assert.deepEqual(starts(seen), starts(seen).map(() => 0))
  }
]

export const ranges: SourceSubject = {heading: 'Transfers that break off', cases: [...resumed, ...redirected, ...changing, ...many]}
