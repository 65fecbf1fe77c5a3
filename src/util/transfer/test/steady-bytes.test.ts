import {createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterEach, beforeEach, describe, expect, it, jest} from '@jest/globals'
import {syntheticFile} from '../../../../test/helpers/media/synthetic'
import {isOfNoRanges, isOfTagAlone, type Learned, type PlannedSource} from '../../sources/planned-source'
import {steadyBytes, type SteadyOptions} from '../steady-bytes'

const size = 300_000
const file = syntheticFile('mp4', size)
const range = {start: 100_000, end: 250_000}
const wanted = file.subarray(range.start, range.end)
const old = 'Sun, 30 Nov 2025 10:00:00 GMT'

let server: Server
let port: number
let answer: (request: IncomingMessage, response: ServerResponse, nth: number) => unknown
const asked: IncomingMessage[] = []

const listen = (at = 0): Promise<void> => new Promise((resolve) => {
  const serve: RequestListener = (request, response) => { void answer(request, response, asked.push(request)) }
  server = createServer(serve).listen(at, '127.0.0.1', () => {
    port = (server.address() as AddressInfo).port
    resolve()
  })
})
const stop = (): Promise<void> => new Promise((resolve) => {
  server.close(() => resolve())
  server.closeAllConnections()
})

beforeEach(async () => {
  process.env.ALLOW_PRIVATE_SOURCES = 'true'
  asked.length = 0
  await listen()
})
afterEach(stop)

const boundsOf = ({headers}: IncomingMessage): [start: number, end: number] => {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? []
  return [Number(first), Number(last) + 1]
}
/** Sends what is asked for, or the first `most` bytes of it before it closes. */
const send = (request: IncomingMessage, response: ServerResponse, headers: Record<string, string> = {etag: '"a"'}, most = Infinity): void => {
  const [start, end] = boundsOf(request)
  const sent = Math.min(end, start + most)
  response.writeHead(206, {'content-range': `bytes ${start}-${end - 1}/${size}`, 'content-length': end - start, ...headers})
  response.flushHeaders()
  response.write(file.subarray(start, sent), () => setTimeout(() => sent < end ? response.socket?.end() : response.end(), 20))
}
const whole = (response: ServerResponse, headers: Record<string, string>): void => {
  response.writeHead(200, {'content-length': size, ...headers}).end(file)
}
const refuse = (response: ServerResponse, status: number, headers: Record<string, string> = {}): void => {
  response.writeHead(status, headers).end('no')
}

const urlOf = (path = '/a.mp4'): URL => new URL(`http://127.0.0.1:${port}${path}`)
const read = async (more: Partial<PlannedSource> = {}, options: Partial<SteadyOptions> = {}, first?: AsyncIterable<Buffer>): Promise<Buffer> => {
  const chunks: Buffer[] = []
  const source = {url: urlOf(), validators: {etag: '"a"'}, size, ...more}
  for await (const chunk of steadyBytes(source, range, {signal: new AbortController().signal, ...options}, first)) {
    chunks.push(Buffer.from(chunk))
  }
  return Buffer.concat(chunks)
}
const failure = (work: Promise<unknown>): Promise<unknown> => work.then(() => { throw new Error('Expected a failure.') }, (error: unknown) => error)
const rangesAsked = (): unknown[] => asked.map(({headers}) => headers.range)

describe('A range', () => {
  it('is asked for under the condition, with the headers of the source', async () => {
    answer = (request, response) => send(request, response)
    expect((await read({headers: {Referer: 'https://example.com/'}})).equals(wanted)).toBe(true)
    expect(asked.map(({headers}) => headers)).toEqual([expect.objectContaining({range: 'bytes=100000-249999', 'if-range': '"a"', referer: 'https://example.com/'})])
  })

  it('is put together from answers that each bring less of it', async () => {
    answer = (request, response) => {
      const [start, end] = boundsOf(request)
      const last = Math.min(end, start + 60_000)
      response.writeHead(206, {etag: '"a"', 'content-range': `bytes ${start}-${last - 1}/${size}`}).end(file.subarray(start, last))
    }
    expect((await read()).equals(wanted)).toBe(true)
    expect(rangesAsked()).toEqual(['bytes=100000-249999', 'bytes=160000-249999', 'bytes=220000-249999'])
  })

  it('begins with the answer that is open already', async () => {
    answer = (request, response) => send(request, response)
    const first = async function* (): AsyncGenerator<Buffer> { yield file.subarray(range.start, 200_000) }
    expect((await read({}, {}, first())).equals(wanted)).toBe(true)
    expect(rangesAsked()).toEqual(['bytes=200000-249999'])
  })
})

describe('A connection that breaks', () => {
  it.each([['closed', (response: ServerResponse) => response.socket?.end()], ['reset', (response: ServerResponse) => response.socket?.resetAndDestroy()]] as const)(
    'costs none of the bytes that came: %s', async (_what, how) => {
      answer = (request, response, nth) => {
        if (nth === 3) {
          send(request, response)
          return
        }
        const [start, end] = boundsOf(request)
        response.writeHead(206, {etag: '"a"', 'content-range': `bytes ${start}-${end - 1}/${size}`, 'content-length': end - start})
        response.flushHeaders()
        response.write(file.subarray(start, start + [0, 70_000, 20_000][nth]!), () => setTimeout(() => how(response), 20))
      }
      expect((await read()).equals(wanted)).toBe(true)
      expect(rangesAsked()).toEqual(['bytes=100000-249999', 'bytes=170000-249999', 'bytes=190000-249999'])
    })

  it('is survived while nothing listens for 1.5 s, with growing pauses', async () => {
    answer = (request, response, nth) => {
      send(request, response, {etag: '"a"'}, nth === 1 ? 70_000 : Infinity)
      if (nth === 1) {
        setTimeout(() => void stop().then(() => setTimeout(() => void listen(port), 1_500)), 100)
      }
    }
    expect((await read()).equals(wanted)).toBe(true)
    expect(rangesAsked()).toEqual(['bytes=100000-249999', 'bytes=170000-249999'])
  }, 10_000)

  it('is given up once the patience is over', async () => {
    answer = (request, response) => send(request, response, {etag: '"a"'}, asked.length === 1 ? 70_000 : 0)
    expect(await failure(read({}, {patienceMilliseconds: 1_500}))).toMatchObject({name: 'TruncatedBodyError'})
    expect(asked.length).toBeGreaterThan(2)
    expect(asked.length).toBeLessThan(6)
  })

  it('is given up after some seconds if nothing ever came, and if only drops do', async () => {
    answer = (_request, response) => refuse(response, 503)
    expect(await failure(read())).toMatchObject({name: 'TransientSourceError'})
    expect(asked.length).toBe(4)
    asked.length = 0
    answer = (request, response) => send(request, response, {etag: '"a"'}, 10)
    expect(await failure(read())).toMatchObject({name: 'TruncatedBodyError'})
    expect(asked.length).toBe(4)
  }, 15_000)

  it('is not continued after an abort', async () => {
    answer = (request, response) => send(request, response, {etag: '"a"'}, 10)
    expect(await failure(read({}, {signal: AbortSignal.timeout(400)}))).toMatchObject({name: 'TimeoutError'})
    expect(asked.length).toBeLessThan(4)
  })
})

describe('What a source honours is found out by asking', () => {
  const validators = {etag: '"a"', lastModified: old, isSettled: true} as const
  const same = {etag: '"a"', 'last-modified': old}

  it.each<[string, string[], (request: IncomingMessage, response: ServerResponse) => unknown]>([
    ['the date in If-Range', ['"a"', old], (request, response) => request.headers['if-range'] === old ? send(request, response, same) : whole(response, same)],
    ['no If-Range', ['"a"', old, 'none'], (request, response) => request.headers['if-range'] === undefined ? send(request, response, same) : whole(response, same)],
    ['no condition at all', ['"a"', old, 'none', 'none'], ({headers, ...request}, response) =>
      headers['if-range'] ?? headers['if-match'] ? refuse(response, 412) : send({headers, ...request} as IncomingMessage, response, same)]
  ])('%s', async (_what, conditions, serve) => {
    answer = serve
    const onLearned = jest.fn<(learned: Learned) => Promise<void>>().mockResolvedValue(undefined)
    expect((await read({validators}, {onLearned})).equals(wanted)).toBe(true)
    expect(asked.map(({headers}) => headers['if-range'] ?? 'none')).toEqual(conditions)
    expect(onLearned.mock.calls.length).toBe(1)
    asked.length = 0
    await read({validators, condition: onLearned.mock.calls[0]![0].condition})
    expect(asked.length).toBe(1)
  })

  it('and if it is nothing, no byte is taken', async () => {
    answer = (_request, response) => whole(response, same)
    const error = await failure(read({validators}))
    expect([error, isOfNoRanges(error), asked.length]).toEqual([expect.objectContaining({name: 'PlanExpiredError'}), true, 3])
  })

  it('and parts without a strong validator are not taken without a condition', async () => {
    answer = (request, response) => request.headers['if-range'] === undefined ? send(request, response, {etag: 'W/"a"'}) : whole(response, {etag: 'W/"a"'})
    expect(isOfNoRanges(await failure(read({validators: {...validators, etag: 'W/"a"'}})))).toBe(true)
  })
})

describe('Another version', () => {
  const validators = {etag: '"a"', lastModified: old, isSettled: true} as const

  it.each<[string, number, Record<string, string | number>]>([
    ['with another ETag and date', 200, {etag: '"b"', 'last-modified': 'Mon, 01 Dec 2025 10:00:00 GMT', 'content-length': 3}],
    ['with another date under the same ETag', 206, {etag: '"a"', 'last-modified': 'Mon, 01 Dec 2025 10:00:00 GMT', 'content-range': `bytes 100000-249999/${size}`}],
    ['that is longer', 206, {etag: '"a"', 'content-range': 'bytes 100000-249999/300001'}],
    ['that is shorter', 416, {'content-range': 'bytes */90000'}],
    ['whose size is not known', 206, {etag: '"a"', 'content-range': 'bytes 100000-249999/*'}]
  ])('%s is not taken', async (_what, status, headers) => {
    answer = (_request, response) => response.writeHead(status, headers).end('abc')
    const error = await failure(read({validators}))
    expect([error, isOfTagAlone(error), asked.length]).toEqual([expect.objectContaining({name: 'SourceChangedError', message: expect.not.stringMatching(/^Expected/)}), false, 1])
  })

  it('that is a mirror\'s is passed over until the planned one answers', async () => {
    answer = (request, response, nth) => nth < 6 ? whole(response, {etag: `"${nth}"`, 'last-modified': old}) : send(request, response, {etag: '"a"', 'last-modified': old})
    expect((await read({validators})).equals(wanted)).toBe(true)
    expect(asked.length).toBe(6)
  })

  it('that stays counts as a change, of the ETag alone', async () => {
    answer = (_request, response) => whole(response, {etag: '"b"', 'last-modified': old})
    const error = await failure(read({validators}))
    expect([error, isOfTagAlone(error), asked.length]).toEqual([expect.objectContaining({name: 'SourceChangedError'}), true, 12])
  }, 10_000)

  it('is what more bytes than were asked for mean', async () => {
    answer = (_request, response) => response.writeHead(206, {etag: '"a"', 'content-range': `bytes 100000-249999/${size}`}).end(file.subarray(range.start))
    expect(await failure(read())).toMatchObject({name: 'SourceChangedError'})
  })
})

describe('A redirect\'s target that does not serve any more', () => {
  /** `/file` leads to `/fresh`; what was planned is `/stale`. */
  const served = (stale: (response: ServerResponse) => unknown, fresh: Record<string, string> = {etag: '"a"'}): void => {
    answer = (request, response) => request.url === '/file'
      ? response.writeHead(302, {location: '/fresh'}).end()
      : request.url === '/fresh' ? send(request, response, fresh) : stale(response)
  }
  const stale = () => ({url: urlOf('/stale'), origin: urlOf('/file')})

  it.each([400, 401, 403, 404, 410, 500])('is left for the one that the URL itself leads to: %i', async (status) => {
    served((response) => refuse(response, status))
    const onLearned = jest.fn<(learned: Learned) => Promise<void>>().mockResolvedValue(undefined)
    expect((await read(stale(), {onLearned})).equals(wanted)).toBe(true)
    expect(asked.map(({url, headers}) => [url, headers.range])).toEqual(['/stale', '/file', '/fresh'].map((path) => [path, 'bytes=100000-249999']))
    expect(onLearned.mock.calls).toEqual([[{url: urlOf('/fresh'), condition: 'etag'}]])
  })

  it.each<[string, (response: ServerResponse) => unknown]>([
    ['it is gone altogether', (response) => response.socket?.destroy()], ['a page is in its place', (response) => response.writeHead(200, {'content-type': 'text/html', 'content-length': 4}).end('gone')]
  ])('is left if %s', async (_what, how) => {
    served(how)
    expect((await read(stale())).equals(wanted)).toBe(true)
  })

  it('counts as changed only if the URL itself leads to another version', async () => {
    served((response) => refuse(response, 403), {etag: '"a"', 'content-range': `bytes 100000-249999/${size + 1}`})
    expect(await failure(read(stale()))).toMatchObject({name: 'SourceChangedError'})
  })

  it('is not asked for what the URL itself refuses', async () => {
    answer = (_request, response) => refuse(response, 404)
    expect(await failure(read(stale()))).toMatchObject({name: 'SourceNotFoundError'})
    expect(asked.map(({url}) => url)).toEqual(['/stale', '/file'])
  })

  it('is waited for if it limits requests', async () => {
    served((response) => refuse(response, 429, {'retry-after': '7'}))
    expect(await failure(read(stale()))).toMatchObject({name: 'RateLimitedError'})
    expect(asked.length).toBe(1)
  })
})

describe('A range is not taken', () => {
  it.each([[404, {}, 'SourceNotFoundError'], [403, {}, 'SourceForbiddenError'], [429, {'retry-after': '7'}, 'RateLimitedError']] as const)('of a source that answers %i', async (status, headers, name) => {
    answer = (_request, response) => refuse(response, status, headers)
    expect(await failure(read())).toMatchObject({name})
    expect(asked.length).toBe(1)
  })

  it('if it is compressed', async () => {
    answer = (request, response) => send(request, response, {etag: '"a"', 'content-encoding': 'gzip'})
    expect(await failure(read())).toMatchObject({name: 'SourceChangedError'})
  })

  it('of a private address', async () => {
    process.env.ALLOW_PRIVATE_SOURCES = 'false'
    expect(await failure(read())).toMatchObject({name: 'PrivateAddressError'})
    expect(asked).toEqual([])
  })
})
