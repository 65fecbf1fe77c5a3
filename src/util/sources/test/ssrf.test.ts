import {readFileSync} from 'node:fs'
import {get, request} from 'node:http'
import {isIP} from 'node:net'
import {afterAll, beforeAll, beforeEach, describe, expect, it} from '@jest/globals'
import {type MediaSite, startMediaSite} from '../../../../test/helpers/media-site'
import {openSource} from '../../../lib/http/Http'
import {checkedAddresses} from '../../../lib/http/guard'
import {type GuardProxy, startGuardProxy} from '../../../lib/yt-dlp/proxy'
import {isPublicAddress} from '../addresses'
import type {ErrorName} from '../../errors'
import {parseSourceUrl} from '../source-url'

interface Row {
  readonly url: string
  readonly verdict: ErrorName | 'accepted'
  readonly what: string
}

const corpus = JSON.parse(readFileSync('src/util/sources/test/data/ssrf-urls.json', 'utf8')) as Row[]
const parsed = corpus.flatMap((row) => {
  const url = URL.parse(row.url)
  return url === null ? [] : [{...row, url, host: url.hostname.replace(/^\[|\]$|\.$/g, '')}]
})
const hosts = parsed.filter(({url}) => url.protocol === 'http:' || url.protocol === 'https:')
const refused = hosts.filter(({verdict}) => verdict === 'PrivateAddressError')
const literal = hosts.filter(({host, url}) => isIP(host) !== 0 && url.username === '')

/** The site that leads astray: the only private address that may be connected to here. */
const siteAddress = '127.0.0.77'
const permits = (address: string): boolean => address === siteAddress || isPublicAddress(address)
const nameOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'accepted', (error: Error) => error.name)

let site: MediaSite
let proxy: GuardProxy
beforeAll(async () => { site = await startMediaSite({host: siteAddress}) })
afterAll(() => site.close())
beforeEach(() => { delete process.env.ALLOW_PRIVATE_SOURCES })

describe('The corpus', () => {
  it('has a hundred URLs of every verdict', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(100)
    expect([...new Set(corpus.map(({verdict}) => verdict))].sort()).toEqual(['InvalidUrlError', 'PrivateAddressError', 'UnsupportedSchemeError', 'accepted'])
  })
})

describe('A URL that is asked for', () => {
  it.each(corpus)('is $verdict: $url ($what)', async ({url, verdict}) => {
    expect(await nameOf((async () => parseSourceUrl(url))())).toBe(verdict)
  })
})

describe('A name that resolves to an address', () => {
  it.each(literal)('is $verdict as the address is: $host', async ({host, verdict}) => {
    const resolve = async () => [{address: host, family: isIP(host)}]
    const expected = isPublicAddress(host) ? 'accepted' : 'PrivateAddressError'
    expect([await nameOf(checkedAddresses('innocent.example', {resolve})), verdict]).toEqual([expected, expected])
    // One bad address among good ones spoils all: else the connection decides by chance.
    const mixed = async () => [{address: '1.1.1.1', family: 4}, {address: host, family: isIP(host)}]
    expect(await nameOf(checkedAddresses('innocent.example', {resolve: mixed}))).toBe(expected)
  })
})

describe('A redirect', () => {
  it.each(refused)('to $url is not followed', async ({url}) => {
    const resolve = async () => [{address: '127.0.0.1', family: 4}]
    const from = new URL(site.url(`/redirect?to=${encodeURIComponent(url.href)}`))
    expect(await nameOf(openSource(from, {permits, resolve}))).toBe('PrivateAddressError')
  })

  it.each(parsed.filter(({verdict}) => verdict === 'UnsupportedSchemeError'))('to $url is not followed', async ({url}) => {
    expect(await nameOf(openSource(new URL(site.url(`/redirect?to=${encodeURIComponent(url.href)}`)), {permits}))).toBe('UnsupportedSchemeError')
  })
})

describe('What yt-dlp or ffmpeg asks the proxy for', () => {
  const statusOf = (url: URL): Promise<number | undefined> => new Promise((resolve, reject) => {
    const {hostname: host, port} = new URL(proxy.url)
    const authority = `${url.hostname}:${url.port || 443}`
    const asking = url.protocol === 'https:' ? request({host, port, method: 'CONNECT', path: authority, agent: false}).end() : get({host, port, path: url.href, agent: false})
    asking.on('connect', (response, socket) => {
      socket.destroy()
      resolve(response.statusCode)
    })
    asking.on('response', (response) => {
      response.resume()
      resolve(response.statusCode)
    }).on('error', reject)
  })

  it.each(refused.flatMap((row) => ['http:', 'https:'].map((scheme) => ({...row, url: new URL(row.url.href.replace(/^https?:/, scheme))}))))(
    'is refused at $url', async ({url}) => {
      proxy = await startGuardProxy({resolve: async () => [{address: '127.0.0.1', family: 4}]})
      expect([await statusOf(url), proxy.failure()?.name]).toEqual([403, 'PrivateAddressError'])
      proxy.close()
    })

  it('is what was checked, though the name means another address a moment later', async () => {
    const answers = [[{address: siteAddress, family: 4}], [{address: '127.0.0.1', family: 4}]]
    proxy = await startGuardProxy({permits, resolve: async () => answers.shift() ?? []})
    const url = new URL(`http://rebinding.example:${site.port}/synthetic/100.mp4`)
    expect([await statusOf(url), await statusOf(url), proxy.failure()?.name]).toEqual([200, 403, 'PrivateAddressError'])
    proxy.close()
  })
})
