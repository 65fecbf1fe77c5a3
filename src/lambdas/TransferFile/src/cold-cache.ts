import type {IncomingHttpHeaders} from 'node:http'

/**
 * Headers by which caches show themselves: nginx, Squid, Varnish, Fastly, Akamai, CloudFront, Cloudflare, and Cache-Status (RFC 9211).
 * `Age` and `Via` show that there may be one.
 */
const names =
  /^(?:age|via|cache-status|cf-cache-status|x-varnish|x-(?:[a-z-]+-)?cache(?:-(?:status|hits?|lookup|remote|result))?|x-cacheable)$/

const hits = /(?:^|[^a-z])(?:refresh)?hit(?![a-z])|stale|updating|revalidated/i

/** Headers that are no words: a positive age, a number of hits, and of Varnish the id of the request that filled the cache. */
const numbers: Readonly<Record<string, RegExp>> = {age: /^\s*0*[1-9]/, 'x-cache-hits': /(?:^|,)\s*0*[1-9]/, 'x-varnish': /^\s*\d+\s+\d+/}

/** Cloudflare passes on what it never keeps, range by range. */
const isPassedOn = (name: string, text: string): boolean => name === 'cf-cache-status' && /^dynamic$/i.test(text.trim())

const isWarm = ([name, text]: readonly [string, string]): boolean => (numbers[name] ?? hits).test(text) || isPassedOn(name, text)

/**
 * Whether a cache answered that did not have the file. Such a cache may fetch the whole file again for each range, nginx even to the end,
 * so that one answer has to do for all. A cache that shows none of the headers is not recognised.
 */
export const isFromColdCache = (headers: IncomingHttpHeaders): boolean => {
  const shown = Object.entries(headers).flatMap(([name, value]) => names.test(name) ? [[name, String(value)] as const] : [])
  return shown.length > 0 && !shown.some(isWarm)
}
