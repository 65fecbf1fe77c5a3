import {createServer, type IncomingHttpHeaders, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterAll, beforeAll, beforeEach, describe, expect, it} from '@jest/globals'
import {rangedSource} from '../ranged-source'

const modified = 'Sun, 01 Nov 2026 10:00:00 GMT'
const date = 'Sun, 01 Nov 2026 11:00:00 GMT'

describe('A source that takes ranges', () => {
  let server: Server
  let asked: IncomingHttpHeaders[] = []
  let probe: {status: number, headers: Record<string, string>} | ((headers: IncomingHttpHeaders) => {status: number, headers: Record<string, string>})
  let finalUrl: URL

  beforeAll((done) => {
    server = createServer((request, response) => {
      asked.push(request.headers)
      const {status, headers} = typeof probe === 'function' ? probe(request.headers) : probe
      if (status === 0) {
        response.destroy()
      } else {
        response.writeHead(status, headers).end('x')
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
    const source = {validator: '"a"', validators: {etag: '"a"'}, size: 1000, finalUrl}
    expect(await of(200, {...whole, 'accept-ranges': 'bytes'})).toEqual(source)
    expect(await of(206, {...whole, 'content-range': 'bytes 0-999/1000'})).toEqual(source)
    expect(asked).toEqual([])
  })

  it('or shows it to a probe, which is asked for with the source\'s own headers', async () => {
    probe = {status: 206, headers: {'content-range': 'bytes 0-0/1000'}}
    expect(await of(200, whole)).toEqual({validator: '"a"', validators: {etag: '"a"'}, condition: 'etag', size: 1000, finalUrl})
    expect(asked).toEqual([expect.objectContaining({range: 'bytes=0-0', 'if-range': '"a"', referer: 'https://example.com/'})])
  })

  const weak = {etag: 'W/"a"', 'last-modified': modified, date, 'content-length': '1000', 'accept-ranges': 'bytes'}
  const weakly = {etag: 'W/"a"', 'last-modified': modified}
  const one = {status: 206, headers: {...weakly, 'content-range': 'bytes 0-0/1000'}}

  it.each<[string, (headers: IncomingHttpHeaders) => {status: number, headers: Record<string, string>}, string, number]>([
    ['the date in If-Range', () => one, 'date', 1],
    ['no If-Range', (headers) => headers['if-range'] === undefined ? one : {status: 200, headers: {...weakly, 'content-length': '1000'}}, 'unless-changed', 2],
    ['no condition at all', (headers) => headers['if-range'] ?? headers['if-unmodified-since'] ? {status: 412, headers: {}} : one, 'compared', 3]
  ])('is asked what it honours if its ETag is weak: %s', async (_what, answer, condition, times) => {
    probe = answer
    expect(await of(200, weak)).toEqual({validator: modified, validators: {etag: 'W/"a"', lastModified: modified, isSettled: true}, condition, size: 1000, finalUrl})
    expect(asked.length).toBe(times)
    expect(asked.filter((headers) => String(headers['if-range'] ?? headers['if-match']).startsWith('W/'))).toEqual([])
  })

  it('is taken at its word by a caller that trusts it', async () => {
    const trusted = await rangedSource({statusCode: 200, headers: weak, finalUrl}, {isTrusting: true})
    expect(trusted).toEqual({validator: modified, validators: {etag: 'W/"a"', lastModified: modified, isSettled: true}, size: 1000, finalUrl})
    expect(asked).toEqual([])
  })

  it.each([
    ['the probe brings all', {status: 200, headers: {}}], ['the probe knows another size', {status: 206, headers: {'content-range': 'bytes 0-0/1001'}}],
    ['the probe is not answered', {status: 0, headers: {}}]
  ])('is none if %s', async (_what, answer) => {
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
  ])('is none if %s, and is not asked', async (_what, status, headers) => {
    expect(await of(status, headers)).toBeUndefined()
    expect(asked).toEqual([])
  })
})
