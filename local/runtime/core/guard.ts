import type {IncomingMessage} from 'node:http'

/**
 * Whether a request comes from the console itself, or from no web page at all (curl). Loopback alone is not enough here: a page that
 * another program serves on this machine is a stranger too. https://developer.mozilla.org/docs/Web/HTTP/Headers/Sec-Fetch-Site
 */
export const isOwn = ({headers}: IncomingMessage): boolean => {
  const site = headers['sec-fetch-site']
  const isOwnOrigin = headers.origin === undefined || headers.origin === `http://${headers.host}`
  return isOwnOrigin && (site === undefined || site === 'same-origin' || site === 'none')
}
