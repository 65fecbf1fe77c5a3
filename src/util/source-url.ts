import {isIP} from 'node:net'
import {isPublicAddress} from './addresses'
import {booleanEnv} from './env'
import {NamedError} from './errors'

const maxLength = 8_192

const parse = (text: unknown): URL => {
  if (typeof text !== 'string' || text.trim() === '') {
    throw new NamedError('InvalidUrlError', 'Expected `url` to be the address of a media file or page, as a string.')
  }
  if (text.length > maxLength) {
    throw new NamedError('InvalidUrlError', `Expected a URL of at most ${maxLength} characters; got ${text.length}.`)
  }
  const url = URL.parse(text)
  if (url === null) {
    throw new NamedError('InvalidUrlError', `Expected an absolute URL such as https://example.com/video.mp4; got '${text.slice(0, 100)}'.`)
  }
  return url
}

// WHATWG URLs leave characters bare that RFC 3986, and so the events' `format: uri`, does not know.
const strict = (url: URL): URL => {
  const escape = (part: string): string => part.replace(/%(?![\dA-Fa-f]{2})|[^\w\-.~:/?#@!$&'()*+,;=%]/g, encodeURIComponent)
  url.pathname = escape(url.pathname)
  url.search = escape(url.search)
  url.hash = escape(url.hash)
  return url
}

const isPrivateHost = (hostname: string): boolean => {
  const host = hostname.replace(/^\[|\]$|\.$/g, '')
  return isIP(host) === 0 ? /(?:^|\.)localhost$/.test(host) : !isPublicAddress(host)
}

/**
 * The URL that a user asked for, checked by its text alone; what its name resolves to is checked when it is fetched.
 * Throws InvalidUrlError, UnsupportedSchemeError, PrivateAddressError (unless ALLOW_PRIVATE_SOURCES).
 */
export const parseSourceUrl = (text: unknown): URL => {
  const url = parse(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new NamedError('UnsupportedSchemeError', `Expected an http or https URL; got the scheme '${url.protocol.slice(0, 32)}'.`)
  }
  if (url.username !== '' || url.password !== '') {
    throw new NamedError('InvalidUrlError', 'Expected a URL without user name and password: they would be stored and logged.')
  }
  if (!booleanEnv('ALLOW_PRIVATE_SOURCES') && isPrivateHost(url.hostname)) {
    throw new NamedError('PrivateAddressError', `Expected a public address; ${url.hostname} is private, local or reserved.`)
  }
  if (strict(url).href.length > maxLength) {
    throw new NamedError('InvalidUrlError', `Expected a URL of at most ${maxLength} characters once it is percent-encoded; got ${url.href.length}.`)
  }
  return url
}
