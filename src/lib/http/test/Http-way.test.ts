import type {LookupAddress} from 'node:dns'
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {setTimeout as sleep} from 'node:timers/promises'
import {afterAll, beforeAll, beforeEach, describe, expect, it} from '@jest/globals'
import {createJar} from '../cookies'
import {openSource, type SourceAnswer, type SourceOptions} from '../Http'

type Reply = readonly [status: number, headers?: Readonly<Record<string, string | readonly string[]>>, body?: string]

interface Asked {
  readonly url: string
  readonly cookie: string | undefined
  readonly authorization: string | undefined
}

let server: Server
let port: number
let asked: Asked[]
let reply: (url: string, request: IncomingMessage) => Reply

const options: SourceOptions = {permits: () => true, resolve: async (): Promise<LookupAddress[]> => [{address: '127.0.0.1', family: 4}]}
const open = async (url: string, more: SourceOptions = {}): Promise<SourceAnswer> => {
  const answer = await openSource(new URL(url.replace(/^(http:\/\/[^/]+)/, `$1:${port}`)), {...options, ...more})
  answer.close()
  return answer
}
const at = (path: string): string => `http://site.example:${port}${path}`
const failure = (work: Promise<unknown>): Promise<unknown> => work.then(() => { throw new Error('Expected a failure.') }, (error: unknown) => error)

beforeAll((done) => {
  server = createServer((request, response) => {
    const url = `http://${request.headers.host}${request.url}`.replace(`:${port}`, '')
    asked.push({url, cookie: request.headers.cookie, authorization: request.headers.authorization})
    const [status, headers = {}, body = ''] = reply(url, request)
    response.writeHead(status, headers as Record<string, string>)
    response.end(body)
  }).listen(0, '127.0.0.1', () => {
    port = (server.address() as AddressInfo).port
    done()
  })
})
afterAll((done) => { server.close(() => done()) })
beforeEach(() => { asked = [] })

describe('A cookie of the way', () => {
  /** Returns at the first path with cookies and a redirect, and with 200 everywhere else. */
  const setting = (cookies: readonly string[], to: string): void => {
    reply = (url) => url.endsWith('/first') ? [302, {'set-cookie': cookies, location: to.replace(/^\/\/[^/]+/, `$&:${port}`)}] : [200]
  }
  const sent = async (cookies: readonly string[], to = '/next', from = 'http://site.example/first'): Promise<string | undefined> => {
    setting(cookies, to)
    await open(from)
    return asked.at(-1)?.cookie
  }

  it('lets a redirect to the same URL come to its end', async () => {
    reply = (_url, {headers: {cookie}}) => cookie === 'seen=1' ? [200] : [302, {location: '/f.mp4', 'set-cookie': 'seen=1; Path=/'}]
    const {statusCode, finalUrl} = await open('http://site.example/f.mp4')
    expect([statusCode, finalUrl.href, asked.length]).toEqual([200, at('/f.mp4'), 2])
  })

  it('does not end a loop that has no end', async () => {
    reply = () => [302, {location: '/f.mp4', 'set-cookie': 'seen=1'}]
    expect(await failure(open('http://site.example/f.mp4'))).toMatchObject({name: 'TooManyRedirectsError', message: expect.stringMatching(/^site\.example/)})
    expect(asked.length).toBe(21)
  })

  it.each([
    ['several, in the order they came', ['a=1', 'b=2; Path=/'], '/next', 'a=1; b=2'],
    ['with odd characters, as they are', ['a=x y"z,{}\\'], '/next', 'a=x y"z,{}\\'],
    ['without a name', ['bare'], '/next', 'bare'],
    ['the last of one name', ['a=1', 'a=2'], '/next', 'a=2'],
    ['but none that was taken back by its age', ['a=1', 'a=; Max-Age=0'], '/next', undefined],
    ['but none that has expired', ['a=1', 'a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT'], '/next', undefined],
    ['of its path', ['a=1; Path=/films', 'b=2; Path=/next'], '/next/1', 'b=2'],
    ['but no longer than a browser keeps', [`a=${'x'.repeat(4096)}`, 'b=1'], '/next', 'b=1']
  ])('is sent: %s', async (_what, cookies, to, expected) => {
    expect(await sent(cookies, to)).toBe(expected)
  })

  it.each([
    ['a host\'s own, to its sister', ['a=1'], 'http://a.site.example/first', '//b.site.example/next', undefined],
    ['a domain\'s, to its other hosts', ['a=1; Domain=.site.example'], 'http://a.site.example/first', '//b.site.example/next', 'a=1'],
    ['of another site', ['a=1; Domain=other.example'], 'http://site.example/first', '//other.example/next', undefined],
    ['a site\'s, to another one', ['a=1; Domain=site.example'], 'http://site.example/first', '//othersite.example/next', undefined],
    ['a public suffix\'s', ['a=1; Domain=github.io'], 'http://one.github.io/first', '//two.github.io/next', undefined],
    ['a country\'s', ['a=1; Domain=co.uk'], 'http://one.co.uk/first', '//two.co.uk/next', undefined],
    ['a bucket host\'s', ['a=1; Domain=s3.amazonaws.com'], 'http://one.s3.amazonaws.com/first', '//two.s3.amazonaws.com/next', undefined],
    ['a public suffix\'s own, to itself', ['a=1; Domain=github.io'], 'http://github.io/first', '//github.io/next', 'a=1'],
    ['and not to what is under it', ['a=1; Domain=github.io'], 'http://github.io/first', '//x.github.io/next', undefined]
  ])('goes to its own site only: %s', async (_what, cookies, from, to, expected) => {
    expect(await sent(cookies, to, from)).toBe(expected)
  })

  it.each([['Secure', 'a=1; Secure'], ['__Secure-', '__Secure-a=1; Secure'], ['__Host-', '__Host-a=1; Secure; Path=/'], ['in any spelling', '__host-a=1'], ['in the value', '=__Host-a=1']])(
    'that wants TLS is not taken without it: %s', async (_what, cookie) => {
      expect(await sent([cookie])).toBeUndefined()
    })

  it('stands beside those that were given, and these go nowhere else', async () => {
    setting(['a=1; Domain=site.example'], '//b.site.example/next')
    await open('http://site.example/first', {headers: {Cookie: 'given=1'}})
    expect(asked.map(({cookie}) => cookie)).toEqual(['given=1', 'a=1'])
    reply = (_url, {headers: {cookie}}) => cookie?.includes('a=1') === true ? [200] : [302, {location: '/first', 'set-cookie': 'a=1'}]
    await open('http://site.example/first', {headers: {Cookie: 'given=1'}})
    expect(asked.at(-1)?.cookie).toBe('given=1; a=1')
  })

  it('is kept for the next request in the same jar alone, also where no redirect gave it', async () => {
    reply = () => [200, {'set-cookie': 'a=1'}]
    const jar = createJar()
    await open('http://site.example/1', {jar})
    await open('http://site.example/2', {jar})
    await open('http://other.example/3', {jar})
    await open('http://site.example/4')
    expect(asked.map(({cookie}) => cookie)).toEqual([undefined, 'a=1', undefined, undefined])
  })

  it('makes the first URL the one to ask again', async () => {
    setting(['a=1; Domain=site.example'], '//b.site.example/next')
    expect((await open('http://site.example/first')).againUrl?.href).toBe(at('/first'))
    setting(['a=1'], '//b.site.example/next')
    expect((await open('http://site.example/first')).againUrl?.href).toBe(`http://b.site.example:${port}/next`)
  })

  it('can be given to a program as a file', async () => {
    setting(['a=1; Domain=site.example; Path=/x', 'b=2; Max-Age=1000', 'gone=1; Max-Age=0', 'bare'], '/next')
    const {jar} = await open('http://site.example/first')
    expect(jar?.netscape()).toMatch(/^\.site\.example\tTRUE\t\/x\tFALSE\t0\ta\t1\nsite\.example\tFALSE\t\/\tFALSE\t\d{10}\tb\t2\n$/)
    expect(createJar().netscape()).toBeUndefined()
  })
})

describe('A cookie over TLS', () => {
  const [secure, plain] = [new URL('https://site.example/'), new URL('http://site.example/')]

  it.each([
    ['Secure', 'a=1; Secure', 'a=1', undefined], ['__Secure- with Secure', '__Secure-a=1; Secure', '__Secure-a=1', undefined],
    ['__Secure- without', '__Secure-a=1', undefined, undefined], ['__Host- as it must be', '__Host-a=1; Secure; Path=/', '__Host-a=1', undefined],
    ['__Host- with a domain', '__Host-a=1; Secure; Path=/; Domain=site.example', undefined, undefined], ['__Host- with a path', '__Host-a=1; Secure; Path=/x', undefined, undefined],
    ['plain', 'a=1', 'a=1', 'a=1']
  ])('%s', async (_what, cookie, overTls, without) => {
    const jar = createJar()
    await jar.take(secure, [cookie])
    expect([jar.header(secure), jar.header(plain)]).toEqual([overTls, without])
  })

  it('is not replaced by one that came without', async () => {
    const jar = createJar()
    await jar.take(secure, ['a=1; Secure'])
    await jar.take(plain, ['a=2', 'b=1'])
    expect(jar.header(secure)).toBe('a=1; b=1')
  })
})

describe('A Location', () => {
  const utf8 = (text: string): string => Buffer.from(text).toString('latin1')

  it.each([
    ['of a path', '/b.mp4', '/b.mp4'], ['relative', 'b.mp4', '/dir/b.mp4'], ['upwards', '../../b.mp4', '/b.mp4'], ['of a query alone', '?x=1', '/dir/a?x=1'],
    ['without a scheme', '//site.example:PORT/b', '/b'], ['with backslashes', '\\\\site.example:PORT\\b', '/b'], ['with blanks around it', ' \t/b.mp4 \t', '/b.mp4'],
    ['with blanks in it', '/my film.mp4', '/my%20film.mp4'], ['in capitals', 'HTTP://SITE.example:PORT/B', '/B'], ['with one slash', 'http:/b.mp4', '/b.mp4'],
    ['with three slashes', 'http:///site.example:PORT/b', '/b'], ['with a default fragment', '/b#t=10', '/b'], ['in raw UTF-8', utf8('/Fußball.mp4?q=ä'), '/Fu%C3%9Fball.mp4?q=%C3%A4'],
    ['in raw Latin-1', '/Fu\xdfball.mp4', '/Fu%DFball.mp4'], ['with a stray percent sign', '/100%.mp4', '/100%.mp4'], ['with pipes and braces', '/a|b{c}.mp4', '/a|b%7Bc%7D.mp4']
  ])('is followed: %s', async (_what, location, path) => {
    reply = (url) => url.endsWith('/dir/a') ? [302, {location: location.replace('PORT', String(port))}] : [200]
    await open('http://site.example/dir/a')
    expect(asked.at(-1)?.url.replace(/^http:\/\/site\.example/, '')).toBe(path)
  })

  it('has the fragment of where it leads from, or its own', async () => {
    reply = (url) => url.endsWith('/a') ? [302, {location: '/b'}] : url.endsWith('/b') ? [302, {location: '/c#own'}] : [200]
    expect((await open('http://site.example/a#t=10')).finalUrl.hash).toBe('#own')
    reply = (url) => url.endsWith('/a') ? [302, {location: '/b'}] : [200]
    expect((await open('http://site.example/a#t=10')).finalUrl.hash).toBe('#t=10')
  })

  it.each([[300], [301], [302], [303], [305], [307], [308]])('counts with %d', async (status) => {
    reply = (url) => url.endsWith('/a') ? [status, {location: '/b'}] : [200]
    expect((await open('http://site.example/a')).finalUrl.pathname).toBe('/b')
  })

  it.each([[200], [201], [404]])('does not count with %d', async (status) => {
    reply = () => [status, {location: '/b'}]
    expect([(await open('http://site.example/a')).statusCode, asked.length]).toEqual([status, 1])
  })

  it('with nothing in it does not count, but the first with something', async () => {
    reply = () => [302, {location: ''}]
    expect([(await open('http://site.example/a')).statusCode, asked.length]).toEqual([302, 1])
    reply = (url) => url.endsWith('/a') ? [302, {location: ['', '/b', '/c']}] : [200]
    expect((await open('http://site.example/a')).finalUrl.pathname).toBe('/b')
  })

  it('with a name and a password has them sent, and nowhere written', async () => {
    reply = (url) => url.endsWith('/a') ? [302, {location: `http://me:p%40ss@site.example:${port}/b`}] : [200]
    const {finalUrl, againUrl} = await open('http://site.example/a')
    expect([asked.at(-1)?.authorization, finalUrl.href, againUrl?.href]).toEqual([`Basic ${Buffer.from('me:p@ss').toString('base64')}`, at('/b'), at('/a')])
  })

  it('that is no address is refused with a sentence', async () => {
    reply = () => [302, {location: 'http://['}]
    expect(await failure(open('http://site.example/a'))).toMatchObject({name: 'UnsupportedSourceError', message: expect.stringMatching(/^site\.example:\d+ redirects to 'http:\/\/\['/)})
  })
})

describe('A Refresh', () => {
  const refreshing = (refresh: string, headers: Readonly<Record<string, string>> = {}): void => {
    reply = (url) => url.endsWith('/a') ? [200, {refresh, 'content-type': 'text/html; charset=utf-8', ...headers}] : [200]
  }

  it.each([['0;url=/b'], ['0; URL=\'/b\''], ['0 url = "/b" and more'], ['0.2, /b'], ['.5;url=b']])('of a page is followed: %s', async (refresh) => {
    refreshing(refresh)
    expect((await open('http://site.example/a')).finalUrl.pathname).toBe('/b')
  })

  it.each([['a page that reloads itself', '0', {}], ['a page that names itself', '0;url=/a', {}], ['a page to be read', '30;url=/b', {}], ['nonsense', 'soon;url=/b', {}],
    ['a file', '0;url=/b', {'content-type': 'video/mp4'}], ['a page to be saved', '0;url=/b', {'content-disposition': 'attachment'}]])('of %s is none', async (_what, refresh, headers) => {
    refreshing(refresh, headers)
    expect([(await open('http://site.example/a')).finalUrl.pathname, asked.length]).toEqual(['/a', 1])
  })

  it('is waited for, as it says', async () => {
    refreshing('1;url=/b')
    const before = performance.now()
    expect((await open('http://site.example/a')).finalUrl.pathname).toBe('/b')
    expect(performance.now() - before).toBeGreaterThan(990)
  })
})

describe('A first byte', () => {
  const patience: SourceOptions = {...options, stallMilliseconds: 150, answerMilliseconds: 2_000}
  let late: Server
  let url: URL
  let answering: (response: ServerResponse) => Promise<void>

  beforeAll((done) => {
    late = createServer((_request, response) => void answering(response)).listen(0, '127.0.0.1', () => {
      url = new URL(`http://127.0.0.1:${(late.address() as AddressInfo).port}/`)
      done()
    })
  })
  afterAll((done) => { late.close(() => done()) })

  const sizeOf = async ({body}: SourceAnswer): Promise<number> => {
    let size = 0
    for await (const chunk of body) {
      size += chunk.length
    }
    return size
  }

  it.each([['headers', 500, 0], ['the body', 0, 500]])('is waited for longer than a later one: of %s', async (_what, head, body) => {
    answering = async (response) => {
      await sleep(head)
      response.writeHead(200, {'content-length': 5000}).flushHeaders()
      await sleep(body)
      response.end(Buffer.alloc(5000))
    }
    expect(await sizeOf(await openSource(url, patience))).toBe(5000)
  })

  it.each([['headers', 600, 0], ['the body', 0, 600]])('is not waited for without end: of %s', async (_what, head, body) => {
    answering = async (response) => {
      await sleep(head)
      response.writeHead(200).flushHeaders()
      await sleep(body)
      response.end()
    }
    expect(await failure(openSource(url, {...patience, answerMilliseconds: 200}).then(sizeOf))).toMatchObject({name: 'SourceStalledError'})
  })

  it('makes no longer wait of the silence after it', async () => {
    answering = async (response) => {
      response.writeHead(200).write(Buffer.alloc(5000))
      await sleep(600)
      response.end()
    }
    expect(await failure(openSource(url, patience).then(sizeOf))).toMatchObject({name: 'SourceStalledError', message: expect.stringContaining('0.15 s')})
  })
})
