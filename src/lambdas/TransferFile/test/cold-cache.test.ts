import type {IncomingHttpHeaders} from 'node:http'
import {describe, expect, it} from '@jest/globals'
import {isFromColdCache} from '../src/cold-cache'

describe('A cache that has yet to fetch the file', () => {
  it.each<[string, IncomingHttpHeaders]>([
    ['nginx', {'x-cache-status': 'MISS'}], ['nginx, expired', {'x-cache-status': 'EXPIRED'}], ['nginx, bypassed', {'x-proxy-cache': 'BYPASS'}],
    ['Squid', {'x-cache': 'MISS from proxy', 'x-cache-lookup': 'MISS from proxy:3128', via: '1.1 proxy (squid/5.7)'}], ['Varnish', {'x-varnish': '32770', age: '0', via: '1.1 varnish (Varnish/7.1)'}],
    ['CloudFront', {'x-cache': 'Miss from cloudfront', via: '1.1 abc.cloudfront.net (CloudFront)'}], ['Fastly', {'x-cache': 'MISS, MISS', 'x-cache-hits': '0, 0'}],
    ['Cloudflare', {'cf-cache-status': 'MISS'}], ['Akamai', {'x-cache': 'TCP_MISS from a23-1-2-3.deploy.akamaitechnologies.com'}],
    ['RFC 9211', {'cache-status': 'ExampleCache; fwd=uri-miss; stored'}], ['any that shows itself by Via', {via: '1.1 proxy'}], ['any that shows itself by Age', {age: '0'}]
  ])('is recognised: %s', (_what, headers) => {
    expect(isFromColdCache({etag: '"a"', server: 'any', ...headers})).toBe(true)
  })

  it.each<[string, IncomingHttpHeaders]>([
    ['nginx had it', {'x-cache-status': 'HIT'}], ['nginx had it, too old', {'x-cache-status': 'STALE'}], ['nginx asked whether it is current', {'x-cache-status': 'REVALIDATED'}],
    ['Squid had it', {'x-cache': 'HIT from proxy', via: '1.1 proxy (squid/5.7)'}], ['Varnish had it', {'x-varnish': '32772 32770', age: '0', via: '1.1 varnish'}],
    ['CloudFront had it', {'x-cache': 'RefreshHit from cloudfront'}], ['Fastly had it at the edge', {'x-cache': 'MISS, HIT', 'x-cache-hits': '0, 3'}], ['Akamai had it', {'x-cache': 'TCP_MEM_HIT from a23'}],
    ['Cloudflare passes it on', {'cf-cache-status': 'DYNAMIC', age: '0'}], ['RFC 9211', {'cache-status': 'ExampleCache; hit; ttl=30'}], ['it is some seconds old', {age: '12', via: '1.1 proxy'}],
    ['there is none', {'cache-control': 'max-age=60', 'x-cache-control': 'x', server: 'nginx'}]
  ])('is none if %s', (_what, headers) => {
    expect(isFromColdCache(headers)).toBe(false)
  })
})
