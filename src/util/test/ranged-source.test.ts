import {createServer, type IncomingHttpHeaders, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterAll, beforeAll, beforeEach, describe, expect, it} from '@jest/globals'
import {contentRange, rangedSource, strongValidator} from '../ranged-source'

const modified = 'Sun, 01 Nov 2026 10:00:00 GMT'

describe('A validator', () => {
  it.each<[string, IncomingHttpHeaders, string | undefined]>([
    ['an ETag', {etag: '"a-1"'}, '"a-1"'],
    ['an empty ETag', {etag: '""'}, '""'],
    ['an ETag before a date', {etag: '"a"', 'last-modified': modified, date: 'Sun, 01 Nov 2026 11:00:00 GMT'}, '"a"'],
    ['no weak ETag', {etag: 'W/"a"'}, undefined],
    ['no date beside a weak ETag', {etag: 'W/"a"', 'last-modified': modified, date: 'Sun, 01 Nov 2026 11:00:00 GMT'}, undefined],
    ['no ETag without quotes', {etag: 'a'}, undefined],
    ['no ETag with a quote inside', {etag: '"a"b"'}, undefined],
    ['a date a minute ago', {'last-modified': modified, date: 'Sun, 01 Nov 2026 10:01:00 GMT'}, modified],
    ['no date of just now', {'last-modified': modified, date: 'Sun, 01 Nov 2026 10:00:59 GMT'}, undefined],
    ['no date without a clock beside it', {'last-modified': modified}, undefined],
    ['no date that is none', {'last-modified': 'yesterday', date: 'Sun, 01 Nov 2026 10:01:00 GMT'}, undefined],
    ['nothing', {}, undefined]
  ])('that is strong: %s', (_what, headers, validator) => {
    expect(strongValidator(headers)).toBe(validator)
  })
})

describe('A Content-Range', () => {
  it.each([
    ['bytes 0-99/1000', {start: 0, end: 100, size: 1000}], ['Bytes 5-5/6', {start: 5, end: 6, size: 6}], ['bytes 0-99/*', {start: 0, end: 100}],
    ['bytes 99-0/1000', undefined], ['bytes 0-1000/1000', undefined], ['bytes */1000', undefined], ['items 0-1/2', undefined], ['bytes 0-1/2 ', {start: 0, end: 2, size: 2}],
    ['', undefined], [undefined, undefined]
  ])('%s is read', (text, range) => {
    expect(contentRange({'content-range': text})).toEqual(range)
  })
})

describe('A source that takes ranges', () => {
  let server: Server
  let asked: IncomingHttpHeaders[] = []
  let probe: {status: number, headers: Record<string, string>}
  let finalUrl: URL

  beforeAll((done) => {
    server = createServer((request, response) => {
      asked.push(request.headers)
      if (probe.status === 0) {
        response.destroy()
      } else {
        response.writeHead(probe.status, probe.headers).end('x')
      }
    }).listen(0, '127.0.0.1', () => {
      finalUrl = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/a.mp4`)
      done()
    })
  })
  afterAll((done) => { server.close(() => done()) })
  beforeEach(() => {
    process.env.ALLOW_PRIVATE_SOURCES = 'true'
    asked = []
  })

  const whole = {etag: '"a"', 'content-length': '1000'}
  const of = (statusCode: number, headers: IncomingHttpHeaders) => rangedSource({statusCode, headers, finalUrl}, {headers: {Referer: 'https://example.com/'}})

  it('says so', async () => {
    const source = {validator: '"a"', size: 1000, finalUrl}
    expect(await of(200, {...whole, 'accept-ranges': 'bytes'})).toEqual(source)
    expect(await of(206, {...whole, 'content-range': 'bytes 0-999/1000'})).toEqual(source)
    expect(asked).toEqual([])
  })

  it('or shows it to a probe, which is asked for with the source\'s own headers', async () => {
    probe = {status: 206, headers: {'content-range': 'bytes 0-0/1000'}}
    expect(await of(200, whole)).toEqual({validator: '"a"', size: 1000, finalUrl})
    expect(asked).toEqual([expect.objectContaining({range: 'bytes=0-0', 'if-range': '"a"', referer: 'https://example.com/'})])
  })

  it.each([
    ['the probe brings all', {status: 200, headers: {}}], ['the probe knows another size', {status: 206, headers: {'content-range': 'bytes 0-0/1001'}}],
    ['the probe is not answered', {status: 0, headers: {}}]
  ])('is none where %s', async (_what, answer) => {
    probe = answer
    expect(await of(200, whole)).toBeUndefined()
  })

  it('is not found out after an abort', async () => {
    const work = rangedSource({statusCode: 200, headers: whole, finalUrl}, {signal: AbortSignal.abort(new Error('enough'))})
    await expect(work).rejects.toThrow('enough')
  })

  it.each<[string, number, IncomingHttpHeaders]>([
    ['it says so', 200, {...whole, 'accept-ranges': 'none'}], ['its size is unknown', 200, {etag: '"a"', 'accept-ranges': 'bytes'}],
    ['the size of a part\'s whole is unknown', 206, {...whole, 'content-range': 'bytes 0-999/*'}], ['its validator is weak', 200, {...whole, etag: 'W/"a"', 'accept-ranges': 'bytes'}],
    ['there is nothing in it', 200, {etag: '"a"', 'content-length': '0', 'accept-ranges': 'bytes'}]
  ])('is none where %s, and is not asked', async (_what, status, headers) => {
    expect(await of(status, headers)).toBeUndefined()
    expect(asked).toEqual([])
  })
})
