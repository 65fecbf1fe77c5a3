import assert from 'node:assert/strict'
import {deflateSync, gzipSync} from 'node:zlib'
import {syntheticFile} from '../../helpers/media/synthetic'
import {film} from '../answers'
import type {Serve, SourceCase, SourceSubject} from '../case'

const spoken = (size: number): string => size.toLocaleString('en')

const whole = (size: number): Pick<SourceCase, 'file' | 'stored'> => ({
  file: {status: 'Downloaded', size, contentType: 'video/mp4'}, stored: syntheticFile('mp4', size)
})

/** The whole file whatever was asked for; the end of the connection, chunks or a length end it. */
const plain = (size: number, ending: 'length' | 'chunks' | 'connection'): Serve => ({response}) => {
  response.useChunkedEncodingByDefault = ending === 'chunks'
  response.shouldKeepAlive = ending !== 'connection'
  response.writeHead(200, {'content-type': 'video/mp4', ...(ending === 'length' && {'content-length': size})}).end(syntheticFile('mp4', size))
}

const once = 'Asked for once: what the look brings anyway is the file'

const ignored = (size: number): SourceCase => ({
  behaviour: `A file of ${spoken(size)} bytes from a server that knows no ranges`,
  outcome: once,
  serve: () => plain(size, 'length'),
  ...whole(size),
  mostRequests: 1
})

const endings: readonly SourceCase[] = [20_000, 1_000_000, 3_000_000].flatMap((size) => (['chunks', 'connection'] as const).map((ending) => ({
  behaviour: `${spoken(size)} bytes of no announced length that end with ${ending === 'chunks' ? 'a last chunk' : 'the connection (HTTP/1.0)'}`,
  outcome: once,
  serve: () => plain(size, ending),
  ...whole(size),
  mostRequests: 1
})))

const coded = (coding: string, code: (bytes: Buffer) => Buffer): SourceCase => ({
  behaviour: `3,000,000 bytes that are always sent with \`Content-Encoding: ${coding}\``,
  outcome: 'Asked for once, and decoded on the way into S3',
  serve: () => ({response}) => {
    const body = code(syntheticFile('mp4', 3_000_000))
    response.writeHead(200, {'content-type': 'video/mp4', 'content-encoding': coding, 'content-length': body.length}).end(body)
  },
  ...whole(3_000_000),
  mostRequests: 1
})

const later = (serve: Serve): Serve => (exchange) =>
  exchange.nth === 1 ? void exchange.response.writeHead(429, {'retry-after': '60', 'content-length': 0}).end() : serve(exchange)

const small: readonly SourceCase[] = [3_000, 20_000, 80_000].map((size) => ({
  behaviour: `A file of ${spoken(size)} bytes with ranges and an ETag`,
  outcome: 'What a look of 4 KiB leaves is asked for under the ETag: nothing comes twice',
  serve: () => film(size),
  ...whole(size),
  mostBytes: 1,
  mostRequests: 2,
  check: ({requests}) => assert.deepEqual(requests.map(({headers: {range}}) => range), ['bytes=0-4095', ...size > 4096 ? [`bytes=4096-${size - 1}`] : []])
}))

export const wholeLooks: SourceSubject = {
  heading: 'What a look brings anyway',
  cases: [
    ...[20_000, 1_000_000, 3_000_000, 40_000_000].map(ignored), ...endings, coded('gzip', gzipSync), coded('deflate', deflateSync), ...small,
    {
      behaviour: 'A small file with ranges that is another one at the second request',
      outcome: 'Asked for as a whole: the two are never mixed',
      serve: () => ({nth, ...exchange}) => film(20_000, {version: nth, headers: {'last-modified': undefined}})({nth, ...exchange}),
      file: {status: 'Downloaded', size: 20_000},
      stored: {synthetic: 20_000, version: 3},
      mostBytes: 2.3,
      mostRequests: 3
    },
    {
      behaviour: '429 with a time, then 1,000,000 bytes without ranges',
      outcome: 'Looked at after that time, and asked for once',
      serve: () => later(plain(1_000_000, 'length')),
      ...whole(1_000_000),
      mostRequests: 2
    },
    {
      behaviour: '429 with a time, then a file of 20,000 bytes with ranges',
      outcome: 'Looked at after that time, and nothing comes twice',
      serve: () => later(film(20_000)),
      ...whole(20_000),
      mostBytes: 1,
      mostRequests: 3
    }
  ]
}
