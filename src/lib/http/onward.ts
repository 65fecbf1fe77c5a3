import type {IncomingHttpHeaders} from 'node:http'
import {NamedError} from '../../util/errors'

/** What an answer is judged by that may lead on. */
export interface Leading {
  readonly statusCode: number
  readonly headers: IncomingHttpHeaders
  /** The values of each `Location` there is. */
  readonly locations: readonly string[]
}

/** Where an answer leads a browser, and how long that waits before it goes there. */
export interface Onward {
  readonly url: URL
  readonly afterMilliseconds: number
}

/** A page that reloads itself later than that is no redirect: it is there to be read. */
const maxRefreshMilliseconds = 10_000

/** Headers come as Latin-1; what is no ASCII goes as the bytes that it is, which is UTF-8 if a browser would read it so. */
const escaped = (location: string): string =>
  location.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`)

/** As browsers read it: backslashes, blanks, a missing host or scheme and any case are for the URL standard to know. A fragment is kept. */
const resolve = (location: string, from: URL): URL => {
  const target = URL.parse(escaped(location), from.href)
  if (target === null) {
    throw new NamedError('UnsupportedSourceError',
      `${from.host} redirects to '${location.slice(0, 100)}', which is not an address.`
        + ' Open the link in a browser and copy that of the file itself.')
  }
  target.hash ||= from.hash
  return target
}

/** https://html.spec.whatwg.org/multipage/semantics.html#shared-declarative-refresh-steps */
const refreshSyntax = /^\s*(\d+|(?=\.))[\d.]*(?:\s*[;,]\s*|\s+)(?:url\s*=\s*)?(.+)$/is
const quoted = /^(["'])(.*?)(?:\1|$)/s

const isPage = ({'content-type': type = 'text/html', 'content-disposition': disposition = ''}: IncomingHttpHeaders): boolean =>
  /^\s*(?:text\/html|application\/xhtml\+xml)\s*(?:;|$)/i.test(type) && !/^\s*attachment/i.test(disposition)

const readRefresh = ({statusCode, headers}: Leading, from: URL): Onward | undefined => {
  const [, seconds, text = ''] = refreshSyntax.exec(String(headers.refresh ?? '')) ?? []
  const afterMilliseconds = Number(seconds) * 1000
  if (seconds === undefined || afterMilliseconds > maxRefreshMilliseconds || ![200, 206].includes(statusCode) || !isPage(headers)) {
    return undefined
  }
  const url = resolve(quoted.exec(text)?.[2] ?? text, from)
  // A page that shows itself again and again is no way anywhere, unless it has left a cookie.
  return url.href === from.href && headers['set-cookie'] === undefined ? undefined : {url, afterMilliseconds}
}

/**
 * Where an answer leads, or undefined if it is the end of the way. Chromium follows 301, 302, 303, 307 and 308, Firefox 300 too, and curl
 * every 3xx that says where to. The first `Location` with something in it counts. Throws UnsupportedSourceError if it is no URL.
 */
export const findOnward = (answer: Leading, from: URL): Onward | undefined => {
  const location = answer.locations.find((each) => each !== '')
  return location !== undefined && answer.statusCode >= 300 && answer.statusCode < 400
    ? {url: resolve(location, from), afterMilliseconds: 0}
    : readRefresh(answer, from)
}
