import {isIP} from 'node:net'
import {isPublicAddress} from './addresses'
import {booleanEnv} from '../env'
import {NamedError} from '../errors'

const maxLength = 8_192

const parse = (text: unknown): URL => {
  if (typeof text !== 'string' || text.trim() === '') {
    throw new NamedError(
      'InvalidUrlError', 'There is no link in this request. Send `url`, the address of a media file or of a page with media.'
    )
  }
  if (text.length > maxLength) {
    throw new NamedError(
      'InvalidUrlError', `This link is too long: it has ${text.length} characters; at most ${maxLength} are possible. Use a shorter link.`
    )
  }
  const url = URL.parse(text)
  if (url === null) {
    throw new NamedError(
      'InvalidUrlError', `'${text.slice(0, 100)}' is not a complete link. Use one such as https://example.com/video.mp4.`
    )
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
    throw new NamedError('UnsupportedSchemeError',
      `Links that begin with '${url.protocol.slice(0, 32)}' cannot be downloaded. Use one that begins with http:// or https://.`)
  }
  if (url.username !== '' || url.password !== '') {
    throw new NamedError(
      'InvalidUrlError', 'This link has a user name or password in it, which would be stored and logged. Remove it from the link.'
    )
  }
  if (!booleanEnv('ALLOW_PRIVATE_SOURCES') && isPrivateHost(url.hostname)) {
    throw new NamedError('PrivateAddressError',
      `${url.hostname} is a private, local or reserved address, which this service does not download from.`
        + ' Use a link that works from anywhere.')
  }
  if (strict(url).href.length > maxLength) {
    throw new NamedError('InvalidUrlError',
      `This link is too long: it has ${url.href.length} characters once it is percent-encoded; at most ${maxLength} are possible.`
        + ' Use a shorter link.')
  }
  return url
}
