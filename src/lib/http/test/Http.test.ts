import type {LookupAddress} from 'node:dns'
import {type AddressInfo, createServer, type Server} from 'node:net'
import * as tls from 'node:tls'
import {afterAll, afterEach, beforeAll, describe, expect, it, jest} from '@jest/globals'
import {certificate} from '../../../../test/helpers/certificate'
import {type MediaSite, startMediaSite} from '../../../../test/helpers/media-site'
import {syntheticFile} from '../../../../test/helpers/media/synthetic'
import {openSource, type SourceAnswer, type SourceOptions} from '../Http'

let site: MediaSite

/** As if 127.0.0.1 were the one public address: all else of loopback stands for what is private. */
const permits = (address: string): boolean => address === '127.0.0.1'
const open = (path: string, options: SourceOptions = {}): Promise<SourceAnswer> => openSource(new URL(path, site.url('/')), {permits, ...options})

const read = async ({body}: SourceAnswer): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of body) {
    chunks.push(Buffer.from(chunk))
  }
  return Buffer.concat(chunks)
}

const failure = (work: Promise<unknown>): Promise<unknown> => work.then(() => { throw new Error('Expected a failure.') }, (error: unknown) => error)
const failureOf = (path: string, options: SourceOptions = {}): Promise<unknown> => failure(open(path, options).then(read))

beforeAll(async () => { site = await startMediaSite() })
afterAll(() => site.close())

describe('An answer', () => {
  it('brings status, headers, the final URL and every byte', async () => {
    const answer = await open('/synthetic/3000000.mp4')
    expect([answer.statusCode, answer.headers['content-type'], answer.headers['content-length'], answer.finalUrl.href])
      .toEqual([200, 'video/mp4', '3000000', site.url('/synthetic/3000000.mp4')])
    expect((await read(answer)).equals(syntheticFile('mp4', 3_000_000))).toBe(true)
  })

  it('brings every byte without an announced length, and of a range', async () => {
    expect((await read(await open('/synthetic/300000.mp4?chunked=1'))).equals(syntheticFile('mp4', 300_000))).toBe(true)
    const part = await open('/synthetic/300000.mp4', {headers: {Range: 'bytes=1000-1999'}})
    expect([part.statusCode, (await read(part)).equals(syntheticFile('mp4', 2000).subarray(1000))]).toEqual([206, true])
  })

  it('is an answer whatever its status', async () => {
    const answer = await open('/status/429/a.mp4?retry-after=7')
    expect([answer.statusCode, answer.headers['retry-after'], (await read(answer)).toString()]).toEqual([429, '7', 'status 429'])
  })

  it('asks under the name of the project and for plain bytes', async () => {
    answerAndClose(await open('/clip-headers', {headers: {'Accept-Encoding': 'br', Referer: 'https://example.com/'}}))
    expect(site.requests.at(-1)?.headers).toMatchObject({'user-agent': expect.stringContaining('MediaDownloader'), 'accept-encoding': 'identity', referer: 'https://example.com/'})
  })

  it('stops reading the socket while no one takes bytes, and is not called stalled for it', async () => {
    const answer = await open('/synthetic/30000000.mp4', {stallMilliseconds: 200})
    let size = 0
    for await (const chunk of answer.body) {
      await (size === 0 && new Promise((resolve) => setTimeout(resolve, 500)))
      size += chunk.length
    }
    expect(size).toBe(30_000_000)
  })
})

const answerAndClose = (answer: SourceAnswer): void => answer.close()

describe('A redirect', () => {
  it.each([301, 302, 303, 307, 308])('is followed: %d', async (status) => {
    const answer = await open(`/redirect?status=${status}&to=/synthetic/100.mp4`)
    expect([answer.finalUrl.pathname, (await read(answer)).length]).toEqual(['/synthetic/100.mp4', 100])
  })

  it('is followed twenty times, as browsers do, and no more', async () => {
    expect((await read(await open('/redirects/19/synthetic/100.mp4'))).length).toBe(100)
    expect(await failureOf('/redirects/20/synthetic/100.mp4')).toMatchObject({name: 'TooManyRedirectsError'})
    expect(await failureOf('/redirect-loop.mp4')).toMatchObject({name: 'TooManyRedirectsError'})
  })

  it.each([['file:///etc/passwd'], ['ftp://example.com/a.mp4'], ['data:video/mp4,x'], ['gopher://127.0.0.1:70/']])('to another scheme is refused: %s', async (to) => {
    expect(await failureOf(`/redirect?to=${encodeURIComponent(to)}`)).toMatchObject({name: 'UnsupportedSchemeError'})
  })

  it('to nonsense is refused', async () => {
    expect(await failureOf('/redirect?to=http%3A%2F%2F%5B')).toMatchObject({name: 'UnsupportedSourceError'})
  })

  it('takes secrets to the same origin only', async () => {
    const headers = {Authorization: 'Bearer x', Cookie: 'a=b', Referer: 'https://example.com/'}
    answerAndClose(await open('/redirect?to=/synthetic/1.mp4', {headers}))
    expect(site.requests.at(-1)?.headers).toMatchObject({authorization: 'Bearer x', cookie: 'a=b'})

    const other = await startMediaSite()
    answerAndClose(await open(`/redirect?to=${encodeURIComponent(other.url('/synthetic/1.mp4'))}`, {headers}))
    await other.close()
    const {authorization, cookie, referer} = other.requests.at(-1)?.headers ?? {}
    expect({authorization, cookie, referer}).toEqual({authorization: undefined, cookie: undefined, referer: 'https://example.com/'})
  })
})

describe('A private address', () => {
  const privateHosts = [
    'http://127.0.0.1/', 'http://localhost/', 'http://2130706433/', 'http://0x7f000001/', 'http://0177.0.0.1/', 'http://127.1/', 'http://0/', 'http://[::1]/',
    'http://[::ffff:127.0.0.1]/', 'http://[64:ff9b::7f00:1]/', 'http://169.254.169.254/latest/meta-data', 'http://[fd00:ec2::254]/', 'http://10.0.0.1/', 'http://100.64.0.1/'
  ]

  it.each(privateHosts)('is not connected to by default: %s', async (url) => {
    expect(await failure(openSource(new URL(url)))).toMatchObject({name: 'PrivateAddressError'})
  })

  it.each([...privateHosts.filter((url) => url !== 'http://127.0.0.1/').map((url) => url.replace(/127\.0\.0\.1|127\.1\b|2130706433|0x7f000001|0177\.0\.0\.1|localhost/, '127.0.0.2'))])(
    'is not redirected to: %s', async (to) => {
      expect(await failureOf(`/redirect?to=${encodeURIComponent(to)}`)).toMatchObject({name: 'PrivateAddressError'})
    })

  const publicThenPrivate = (...answers: string[][]) => {
    const queue = [...answers]
    return jest.fn(async (_hostname: string): Promise<LookupAddress[]> => (queue.shift() ?? ['127.0.0.2']).map((address) => ({address, family: 4})))
  }

  it('behind a name is refused, also beside a public one', async () => {
    expect(await failure(openSource(new URL('http://evil.example/'), {permits, resolve: publicThenPrivate(['127.0.0.2'])}))).toMatchObject({name: 'PrivateAddressError'})
    expect(await failure(openSource(new URL('http://evil.example/'), {permits, resolve: publicThenPrivate(['127.0.0.1', '127.0.0.2'])}))).toMatchObject({name: 'PrivateAddressError'})
  })

  it('is not reached by a name that changes after the check', async () => {
    const resolve = publicThenPrivate(['127.0.0.1'])
    const answer = await openSource(new URL(`http://rebinding.example:${site.port}/synthetic/100.mp4`), {permits, resolve})
    expect([(await read(answer)).length, resolve.mock.calls]).toEqual([100, [['rebinding.example']]])
  })

  it('is looked for again at each redirect', async () => {
    const resolve = publicThenPrivate(['127.0.0.1'], ['127.0.0.2'])
    const url = new URL(`http://rebinding.example:${site.port}/redirect?to=/synthetic/100.mp4`)
    expect(await failure(openSource(url, {permits, resolve}))).toMatchObject({name: 'PrivateAddressError'})
  })
})

describe('A source that does not deliver', () => {
  it('is told from a truncated one where it breaks the connection', async () => {
    expect(await failureOf('/short.mp4')).toMatchObject({name: 'TruncatedBodyError', message: expect.stringMatching(/1000000 bytes.*it sent 300000/)})
    expect(await failureOf('/reset/200000.mp4')).toMatchObject({name: 'TransientSourceError', message: expect.stringContaining('ECONNRESET')})
    expect(await failureOf('/reset/200000.mp4?chunked=1')).toMatchObject({name: 'TransientSourceError'})
    expect(await failureOf('/reset/0.mp4')).toMatchObject({name: 'TransientSourceError'})
  })

  it.each([['in the body', '/stall.mp4'], ['before its headers', '/stall.mp4?at=0'], ['by dripping', '/slow-loris.mp4?every=20']])('is stalled: %s', async (_what, path) => {
    expect(await failureOf(path, {stallMilliseconds: 300, connectMilliseconds: 300})).toMatchObject({name: 'SourceStalledError', retryable: true})
  })

  it('is transient where nothing listens', async () => {
    expect(await failure(openSource(new URL('http://127.0.0.1:1/'), {permits}))).toMatchObject({name: 'TransientSourceError', message: expect.stringContaining('ECONNREFUSED')})
  })

  it.each([['ENOTFOUND', 'UnknownHostError'], ['EAI_AGAIN', 'TransientSourceError']])('is named by the resolver: %s', async (code, name) => {
    const resolve = async (): Promise<never> => { throw Object.assign(new Error(code), {code}) }
    expect(await failure(openSource(new URL('http://nowhere.example/'), {resolve}))).toMatchObject({name, message: expect.stringContaining('nowhere.example')})
  })

  it('is unknown where its name has no address', async () => {
    expect(await failure(openSource(new URL('http://nowhere.example/'), {resolve: async () => []}))).toMatchObject({name: 'UnknownHostError'})
  })

  describe('over a raw connection', () => {
    let server: Server
    const answering = (answer: string | Buffer): Promise<URL> => new Promise((resolve) => {
      server = createServer((socket) => {
        socket.on('error', () => socket.destroy())
        socket.once('data', () => socket.end(answer))
      }).listen(0, '127.0.0.1', () => resolve(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)))
    })

    afterEach((done) => { server.close(() => done()) })

    it.each([
      ['speaks no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n', 'UnsupportedSourceError'],
      ['closes without an answer', '', 'TransientSourceError'],
      ['breaks off in its headers', 'HTTP/1.1 200 OK\r\nContent-', 'TransientSourceError']
    ])('%s', async (_what, answer, name) => {
      const url = await answering(answer)
      expect(await failure(openSource(url, {permits}).then(read))).toMatchObject({name})
    })

    it.each([['a name', {'X-A\r\nX-B': 'c'}], ['a value', {'X-A': 'b\r\nX-B: c'}]])('is not sent a header whose %s would be two', async (_what, headers) => {
      const url = await answering('HTTP/1.1 200 OK\r\n\r\n')
      expect(await failure(openSource(url, {permits, headers}))).toMatchObject({name: 'UnsupportedSourceError'})
    })

    it('is asked once for what says something in between', async () => {
      const url = await answering('HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc')
      const answer = await openSource(url, {permits})
      expect([answer.statusCode, String(await read(answer))]).toEqual([200, 'abc'])
    })

    it('speaks no TLS', async () => {
      const url = await answering('HTTP/1.1 400 Bad Request\r\n\r\n')
      url.protocol = 'https:'
      expect(await failure(openSource(url, {permits}))).toMatchObject({name: 'UnsupportedSourceError'})
    })
  })
})

describe('A source over TLS', () => {
  const before = tls.getCACertificates('default')
  let server: tls.Server
  let url: URL

  beforeAll((done) => {
    server = tls.createServer(certificate, (socket) => {
      socket.on('error', () => socket.destroy())
      socket.once('data', () => {
        const body = syntheticFile('mp4', 2_000_000)
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nX-Server-Name: ${String(socket.servername)}\r\n\r\n`)
        socket.end(body)
      })
    }).listen(0, '127.0.0.1', () => {
      url = new URL(`https://source.test:${(server.address() as AddressInfo).port}/a.mp4`)
      done()
    })
  })
  afterEach(() => tls.setDefaultCACertificates(before))
  afterAll((done) => { server.close(() => done()) })

  const resolve = async (): Promise<LookupAddress[]> => [{address: '127.0.0.1', family: 4}]

  it('is read whole, and hears its name', async () => {
    tls.setDefaultCACertificates([certificate.cert])
    const answer = await openSource(url, {permits, resolve})
    expect([answer.headers['x-server-name'], (await read(answer)).equals(syntheticFile('mp4', 2_000_000))]).toEqual(['source.test', true])
  })

  it('is read by its address, where that is in its certificate', async () => {
    tls.setDefaultCACertificates([certificate.cert])
    const answer = await openSource(new URL(`https://127.0.0.1:${url.port}/`), {permits})
    expect([answer.headers['x-server-name'], (await read(answer)).length]).toEqual(['false', 2_000_000])
  })

  it('is refused under another name, and where no one vouches for it', async () => {
    expect(await failure(openSource(url, {permits, resolve}))).toMatchObject({name: 'UnsupportedSourceError', message: expect.stringContaining('certificate')})
    tls.setDefaultCACertificates([certificate.cert])
    const other = new URL(`https://other.test:${url.port}/`)
    expect(await failure(openSource(other, {permits, resolve}))).toMatchObject({name: 'UnsupportedSourceError', message: expect.stringContaining('certificate')})
  })
})

describe('A name with several addresses', () => {
  it('is reached at the one that answers', async () => {
    const resolve = async (): Promise<LookupAddress[]> => [{address: '::1', family: 6}, {address: '127.0.0.1', family: 4}]
    const answer = await openSource(new URL(`http://both.example:${site.port}/synthetic/100.mp4`), {permits: () => true, resolve})
    expect((await read(answer)).equals(syntheticFile('mp4', 100))).toBe(true)
  })
})

describe('An abort', () => {
  const reason = new Error('enough')

  it('before the answer ends with its reason', async () => {
    expect(await failure(openSource(new URL('http://127.0.0.1:1/'), {permits, signal: AbortSignal.abort(reason)}))).toBe(reason)
    const controller = new AbortController()
    setTimeout(() => controller.abort(reason), 50)
    expect(await failureOf('/stall.mp4?at=0', {signal: controller.signal})).toBe(reason)
  })

  it('in the body ends with its reason', async () => {
    const controller = new AbortController()
    const answer = await open('/synthetic/10000000.mp4?rate=1000000', {signal: controller.signal})
    setTimeout(() => controller.abort(reason), 100)
    expect(await failure(read(answer))).toBe(reason)
  })
})
