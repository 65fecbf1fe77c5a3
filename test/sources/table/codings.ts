import {deflateRawSync, gzipSync, zstdCompressSync} from 'node:zlib'
import {syntheticFile} from '../../helpers/media/synthetic'
import type {SourceCase, SourceSubject} from '../case'

const size = 300_000
const bytes = syntheticFile('mp4', size)
const whole: Pick<SourceCase, 'file' | 'stored'> = {file: {status: 'Downloaded', size, contentType: 'video/mp4'}, stored: bytes}

const sending = (body: Buffer, coding: string, type = 'video/mp4', length: number | undefined = body.length): SourceCase['serve'] =>
  () => ({response}) => {
    response.writeHead(200, {'content-type': type, 'content-encoding': coding, ...(length !== undefined && {'content-length': length})}).end(body)
  }

const bomb = gzipSync(Buffer.concat([bytes.subarray(0, 1000), Buffer.alloc(60_000_000)]))
const half = gzipSync(bytes).subarray(0, 150_000)

const coded = (coding: string, body: Buffer): SourceCase => ({
  behaviour: `A media file that is always sent with \`Content-Encoding: ${coding}\``,
  outcome: 'Decoded while it is streamed: the file, byte for byte',
  serve: sending(body, coding),
  ...whole
})

const uncoded = (coding: string): SourceCase => ({
  behaviour: `A plain media file with \`Content-Encoding: ${coding}\``,
  outcome: 'The bytes decide: the file as it is sent',
  serve: sending(bytes, coding),
  ...whole
})

export const codings: SourceSubject = {
  heading: 'Content codings',
  cases: [
    ...['aws-chunked', 'utf-8', 'gzip'].map(uncoded),
    coded('gzip', gzipSync(bytes)), coded('deflate', deflateRawSync(bytes)), coded('aws-chunked, zstd', zstdCompressSync(bytes)),
    {
      behaviour: 'A compressed file that ends before its compressed bytes do',
      outcome: 'Tried again, then `TruncatedBodyError`',
      serve: sending(half, 'gzip'),
      file: {status: 'Failed', error: {code: 'TruncatedBodyError', retryable: true}}
    },
    {
      behaviour: 'A few compressed bytes that grow to many',
      outcome: 'Stopped at 200 times of what is sent, and 16 MiB; final: `FileTooLargeError`',
      serve: sending(bomb, 'gzip'),
      file: {status: 'Failed', error: {code: 'FileTooLargeError', retryable: false}}
    },
    {
      behaviour: 'A page without media that is always sent with `Content-Encoding: gzip`',
      outcome: 'Shown to yt-dlp, as any page',
      path: '/page',
      serve: sending(gzipSync(Buffer.from('<!doctype html><title>No film</title><p>Nothing here.')), 'gzip', 'text/html'),
      file: {status: 'Failed', error: {code: 'UnsupportedSourceError'}},
      check: ({requests}, {error}) => {
        if (/compress/.test(error?.message ?? '') || requests.length < 2) {
          throw new Error(`Expected yt-dlp to be shown the page; the file's error is '${error?.message}' after ${requests.length} requests.`)
        }
      }
    }
  ]
}
