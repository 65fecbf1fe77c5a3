import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {crc32} from 'node:zlib'
import type {UploadPartCommandInput, UploadPartCommandOutput} from '@aws-sdk/client-s3'
import {afterAll, beforeAll, beforeEach, describe, expect, it, jest} from '@jest/globals'
import {syntheticFile} from '../../../test/helpers/media/synthetic'
import type {CopySource} from '../copy-part'
import {base64Crc} from '../crc'

const sent: UploadPartCommandInput[] = []
const uploadPart = jest.fn<(input: UploadPartCommandInput, signal?: AbortSignal) => Promise<Partial<UploadPartCommandOutput>>>()
jest.unstable_mockModule('../../lib/vendor/AWS/S3Multipart', () => ({uploadPart}))
const {copyPart} = await import('../copy-part')

const size = 300_000
const file = syntheticFile('mp4', size)
const range = {start: 100_000, end: 250_000}
const target = {Bucket: 'media', Key: 'media/a.mp4', UploadId: 'upload', PartNumber: 3}

let server: Server
let url: URL
let answer: (request: IncomingMessage, response: ServerResponse) => void
const asked: IncomingMessage[] = []

const answers = (status: number, headers: Record<string, string | number>, body: Buffer | string = '') => {
  answer = (_request, response) => { response.writeHead(status, headers).end(body) }
}
const part = {etag: '"a"', 'content-range': 'bytes 100000-249999/300000', 'content-length': 150_000}

beforeAll((done) => {
  server = createServer((request, response) => {
    asked.push(request)
    answer(request, response)
  }).listen(0, '127.0.0.1', () => {
    url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/a.mp4`)
    done()
  })
})
afterAll((done) => { server.close(() => done()) })
beforeEach(() => {
  process.env.ALLOW_PRIVATE_SOURCES = 'true'
  asked.length = sent.length = 0
  uploadPart.mockReset().mockImplementation(async (input) => {
    sent.push({...input, Body: Buffer.from(input.Body as Buffer)})
    return {ETag: '"part"'}
  })
})

const copy = (more: Partial<CopySource> = {}, options: {signal?: AbortSignal, onBytes?: (bytes: number) => void} = {}) =>
  copyPart({url, validator: '"a"', size, ...more}, range, target, {signal: new AbortController().signal, onBytes: () => undefined, ...options})
const failure = (work: Promise<unknown>): Promise<unknown> => work.then(() => { throw new Error('Expected a failure.') }, (error: unknown) => error)

describe('A part', () => {
  it('is just the bytes that were asked for, with their checksum', async () => {
    answers(206, part, file.subarray(range.start, range.end))
    const seen: number[] = []
    const crc = base64Crc(crc32(file.subarray(range.start, range.end)))
    expect(await copy({headers: {Referer: 'https://example.com/'}}, {onBytes: (bytes) => seen.push(bytes)})).toEqual({etag: '"part"', crc32: crc})
    expect(asked.map(({headers}) => headers)).toEqual([expect.objectContaining({range: 'bytes=100000-249999', 'if-range': '"a"', referer: 'https://example.com/'})])
    expect(sent).toEqual([expect.objectContaining({...target, ContentLength: 150_000, ChecksumCRC32: crc})])
    expect((sent[0]?.Body as Buffer).equals(file.subarray(range.start, range.end))).toBe(true)
    expect(seen.at(-1)).toBe(150_000)
    expect(seen).toEqual(seen.toSorted((one, other) => one - other))
  })

  it('is taken of a source that is told by its date', async () => {
    const date = 'Sun, 01 Nov 2026 10:00:00 GMT'
    answers(206, {...part, 'last-modified': date}, file.subarray(range.start, range.end))
    expect(await copy({validator: date})).toMatchObject({etag: '"part"'})
  })
})

describe('A connection that breaks', () => {
  /** Answers each request by so many of the bytes that it asks for, and then breaks off; the last number counts for all that follow. */
  const breaksAfter = (how: (response: ServerResponse) => unknown, ...counts: readonly number[]): void => {
    answer = (request, response) => {
      const [, first = '', last = ''] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? []
      const [start, end] = [Number(first), Number(last) + 1]
      const count = Math.min(end - start, counts[Math.min(asked.length, counts.length) - 1] ?? 0)
      response.writeHead(206, {etag: '"a"', 'content-range': `bytes ${start}-${end - 1}/${size}`, 'content-length': end - start})
      response.flushHeaders()
      response.write(file.subarray(start, start + count), () => setTimeout(() => how(response), 20))
    }
  }
  const closes = (response: ServerResponse): unknown => response.socket?.end()
  const resets = (response: ServerResponse): unknown => response.socket?.resetAndDestroy()

  it.each([['closed', closes], ['reset', resets]] as const)('costs none of the bytes that came: %s', async (_what, how) => {
    breaksAfter(how, 70_000, 1, 150_000)
    const crc = base64Crc(crc32(file.subarray(range.start, range.end)))
    expect(await copy()).toEqual({etag: '"part"', crc32: crc})
    expect(asked.map(({headers}) => headers.range)).toEqual(['bytes=100000-249999', 'bytes=170000-249999', 'bytes=170001-249999'])
    expect((sent[0]?.Body as Buffer).equals(file.subarray(range.start, range.end))).toBe(true)
  })

  it('ends the copy where nothing came by it', async () => {
    breaksAfter(closes, 70_000, 0)
    expect(await failure(copy())).toMatchObject({name: 'TruncatedBodyError'})
    expect([asked.length, sent.length]).toEqual([2, 0])
  })

  it('ends the copy where it breaks for the sixth time', async () => {
    breaksAfter(resets, 10)
    expect(await failure(copy())).toMatchObject({name: 'TransientSourceError'})
    expect([asked.length, sent.length]).toEqual([6, 0])
  }, 15_000)

  it('is not gone on with where the file is another one now', async () => {
    breaksAfter(closes, 70_000)
    const before = answer
    answer = (request, response) => asked.length > 1 ? response.writeHead(200, {etag: '"b"'}).end('abc') : before(request, response)
    expect(await failure(copy())).toMatchObject({name: 'SourceChangedError'})
  })

  it('is not gone on with after an abort', async () => {
    breaksAfter(closes, 10)
    expect(await failure(copy({}, {signal: AbortSignal.timeout(900)}))).toMatchObject({name: 'TimeoutError'})
    expect(asked.length).toBeLessThan(6)
  })
})

describe('A part is not taken', () => {
  it('where fewer bytes come, and then none', async () => {
    const {'content-length': _, ...headers} = part
    answers(206, headers)
    expect(await failure(copy())).toMatchObject({name: 'TruncatedBodyError'})
  })

  it.each<[string, number, Record<string, string | number>, string]>([
    ['of another version', 200, {etag: '"b"', 'content-length': 3}, 'SourceChangedError'],
    ['of a file that has grown', 206, {...part, 'content-range': 'bytes 100000-249999/300001'}, 'SourceChangedError'],
    ['of a file that has shrunk', 416, {'content-range': 'bytes */90000'}, 'SourceChangedError'],
    ['of a file whose size is not told', 206, {...part, 'content-range': 'bytes 100000-249999/*'}, 'SourceChangedError'],
    ['at another place', 206, {...part, 'content-range': 'bytes 0-149999/300000'}, 'SourceChangedError'],
    ['without its place', 206, {etag: '"a"', 'content-length': 3}, 'SourceChangedError'],
    ['with another ETag', 206, {...part, etag: '"b"'}, 'SourceChangedError'],
    ['compressed', 206, {...part, 'content-encoding': 'gzip'}, 'UnsupportedSourceError'],
    ['where it is gone', 404, {}, 'SourceNotFoundError'],
    ['where there are too many requests', 429, {'retry-after': '7'}, 'RateLimitedError'],
    ['of a source in trouble', 500, {}, 'TransientSourceError']
  ])('%s', async (_what, status, headers, name) => {
    answers(status, headers, status === 206 && headers['content-length'] !== 3 ? file.subarray(range.start, range.end) : 'abc')
    expect(await failure(copy())).toMatchObject({name})
    expect(uploadPart).not.toHaveBeenCalled()
  })

  it('where its date has changed', async () => {
    answers(206, {...part, 'last-modified': 'Sun, 01 Nov 2026 10:00:01 GMT'}, file.subarray(range.start, range.end))
    expect(await failure(copy({validator: 'Sun, 01 Nov 2026 10:00:00 GMT'}))).toMatchObject({name: 'SourceChangedError'})
  })

  it('where more bytes come', async () => {
    const {'content-length': _, ...headers} = part
    answers(206, headers, file.subarray(range.start))
    expect(await failure(copy())).toMatchObject({name: 'SourceChangedError'})
  })

  it('of a private address', async () => {
    process.env.ALLOW_PRIVATE_SOURCES = 'false'
    expect(await failure(copy())).toMatchObject({name: 'PrivateAddressError'})
    expect(asked).toEqual([])
  })

  it('after an abort, nor where the caller throws', async () => {
    answers(206, part, file.subarray(range.start, range.end))
    const reason = new Error('enough')
    expect(await failure(copy({}, {signal: AbortSignal.abort(reason)}))).toBe(reason)
    expect(await failure(copy({}, {onBytes: () => { throw reason }}))).toBe(reason)
  })
})

it('A refusal of S3 is passed on', async () => {
  answers(206, part, file.subarray(range.start, range.end))
  const refusal = Object.assign(new Error('no'), {name: 'NoSuchUpload', $metadata: {httpStatusCode: 404}})
  uploadPart.mockRejectedValue(refusal)
  expect(await failure(copy())).toBe(refusal)
})
