import {get, type IncomingMessage, request} from 'node:http'
import {connect} from 'node:net'
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it} from '@jest/globals'
import {type MediaSite, startMediaSite} from '../../../../test/helpers/media-site'
import {syntheticFile} from '../../../../test/helpers/media/synthetic'
import {type GuardProxy, startGuardProxy} from '../proxy'

let site: MediaSite
let proxy: GuardProxy

beforeAll(async () => { site = await startMediaSite() })
afterAll(() => site.close())
const permits = (address: string): boolean => address === '127.0.0.1'
const unknown = async (): Promise<never> => { throw Object.assign(new Error('ENOTFOUND'), {code: 'ENOTFOUND'}) }

beforeEach(async () => { proxy = await startGuardProxy({permits, resolve: unknown}) })
afterEach(() => proxy.close())

const portOf = (url: string): number => Number(new URL(url).port)

const bodyOf = async (response: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** As a client behind a proxy asks for http URLs. */
const forwarded = (url: string, headers: Record<string, string> = {}): Promise<IncomingMessage> => new Promise((resolve, reject) => {
  get({host: '127.0.0.1', port: portOf(proxy.url), path: url, headers: {host: new URL(url).host, ...headers}, agent: false}, resolve).on('error', reject)
})

/** As a client behind a proxy asks for https URLs: here what goes through the tunnel is plain. */
const tunnelled = (authority: string): Promise<string> => new Promise((resolve, reject) => {
  const asking = request({host: '127.0.0.1', port: portOf(proxy.url), method: 'CONNECT', path: authority, agent: false})
  asking.on('connect', ({statusCode}, socket) => {
    let answer = `${statusCode} `
    socket.on('data', (chunk: Buffer) => { answer += chunk.toString('latin1') }).on('end', () => resolve(answer)).on('error', reject)
    socket.write('GET /synthetic/100.mp4 HTTP/1.1\r\nHost: site\r\nConnection: close\r\n\r\n')
  }).on('error', reject).end()
})

describe('The guarding proxy', () => {
  it('forwards what may be fetched, whole and with its headers', async () => {
    const response = await forwarded(site.url('/synthetic/3000000.mp4'), {referer: 'https://example.com/', 'proxy-connection': 'close'})
    expect([response.statusCode, response.headers['content-type']]).toEqual([200, 'video/mp4'])
    expect((await bodyOf(response)).equals(syntheticFile('mp4', 3_000_000))).toBe(true)
    const {referer, 'proxy-connection': hop} = site.requests.at(-1)?.headers ?? {}
    expect([referer, hop, proxy.failure()]).toEqual(['https://example.com/', undefined, undefined])
  })

  it('opens a tunnel to what may be fetched', async () => {
    const answer = await tunnelled(`127.0.0.1:${site.port}`)
    expect(answer).toMatch(/^200 HTTP\/1\.1 200 OK\r\n/)
    expect(answer.endsWith(syntheticFile('mp4', 100).toString('latin1'))).toBe(true)
  })

  it.each(['http://127.0.0.2/', 'http://169.254.169.254/latest/meta-data', 'http://[::1]/', 'http://2130706434/'])('refuses %s', async (url) => {
    expect((await forwarded(url)).statusCode).toBe(403)
    expect(proxy.failure()).toMatchObject({name: 'PrivateAddressError'})
  })

  it('knows of a host that there is none', async () => {
    expect((await forwarded('http://nowhere.example/')).statusCode).toBe(502)
    expect(proxy.failure()).toMatchObject({name: 'UnknownHostError'})
  })

  it.each(['127.0.0.2:443', '169.254.169.254:80', '[::1]:443', '2130706434:443'])('opens no tunnel to %s', async (authority) => {
    expect(await tunnelled(authority)).toMatch(/^403 /)
    expect(proxy.failure()).toMatchObject({name: 'PrivateAddressError'})
  })

  it('looks at the address that a name leads to, at each connection', async () => {
    proxy.close()
    const answers = ['127.0.0.1', '127.0.0.2']
    proxy = await startGuardProxy({permits, resolve: async () => [{address: answers.shift() ?? '127.0.0.2', family: 4}]})
    expect((await forwarded(`http://rebinding.example:${site.port}/synthetic/1.mp4`)).statusCode).toBe(200)
    expect((await forwarded(`http://rebinding.example:${site.port}/synthetic/1.mp4`)).statusCode).toBe(403)
  })

  it('breaks off where the site breaks off, so that no one takes a part for the whole', async () => {
    await expect(forwarded(site.url('/short.mp4')).then(bodyOf)).rejects.toMatchObject({code: 'ECONNRESET'})
    await expect(forwarded(site.url('/reset/100000.mp4?chunked=1')).then(bodyOf)).rejects.toMatchObject({code: 'ECONNRESET'})
  })

  it('remembers a refused address before any other failure', async () => {
    await forwarded('http://127.0.0.2/')
    await forwarded('http://127.0.0.1:1/')
    expect(proxy.failure()).toMatchObject({name: 'PrivateAddressError'})
  })

  it('names a connection that failed', async () => {
    expect((await forwarded('http://127.0.0.1:1/')).statusCode).toBe(502)
    expect(await tunnelled('127.0.0.1:1')).toMatch(/^502 /)
    expect(proxy.failure()).toMatchObject({name: 'TransientSourceError'})
  })

  it.each([
    ['a path without a host', 'GET /synthetic/1.mp4 HTTP/1.1', /^HTTP\/1\.1 502 /], ['another scheme', 'GET ftp://127.0.0.1/a HTTP/1.1', /^HTTP\/1\.1 502 /],
    ['a tunnel to nowhere', 'CONNECT nonsense:99999 HTTP/1.1', /^$/]
  ])('takes nonsense calmly: %s', async (_what, line, answer) => {
    const socket = connect(portOf(proxy.url), '127.0.0.1')
    socket.write(`${line}\r\nHost: x\r\nConnection: close\r\n\r\n`)
    let said = ''
    socket.on('data', (chunk: Buffer) => { said += chunk.toString() })
    await new Promise((resolve) => socket.on('close', resolve).on('error', resolve))
    expect(said).toMatch(answer)
    expect((await forwarded(site.url('/synthetic/1.mp4'))).statusCode).toBe(200)
  })

  it('ends its tunnels when it is closed', async () => {
    const asking = request({host: '127.0.0.1', port: portOf(proxy.url), method: 'CONNECT', path: `127.0.0.1:${site.port}`, agent: false}).end()
    const socket = await new Promise<import('node:stream').Duplex>((resolve) => asking.on('connect', (_response, stream) => resolve(stream)))
    const closed = new Promise((resolve) => socket.on('error', resolve).on('close', resolve).resume())
    proxy.close()
    await closed
    expect(socket.destroyed).toBe(true)
  })
})
