import {readFile} from 'node:fs/promises'
import type {IncomingMessage, ServerResponse} from 'node:http'
import {extname, join} from 'node:path'
import {send} from '../../runtime/core/answer'
import {requestUrl} from '../../runtime/core/credential-scope'
import type {Site} from '../../runtime/core/types'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json',
  '.svg': 'image/svg+xml', '.woff2': 'font/woff2'
}

/** Everything comes from this address; no script and no style is in the page itself, and no other page may frame it. */
const policy = [
  'default-src \'none\'', 'script-src \'self\'', 'style-src \'self\'', 'img-src \'self\' data:', 'font-src \'self\'', 'media-src \'self\'', 'connect-src \'self\'',
  'manifest-src \'self\'', 'base-uri \'none\'', 'form-action \'none\'', 'frame-ancestors \'none\''
].join('; ')

const securityHeaders = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin'
}

const prefix = '/_console/'
/** Names hold a digest of what is in them; the page itself does not. */
const forever = 'public, max-age=31536000, immutable'

const serves = (path: string): boolean => path === '/' || path.startsWith(prefix)

/** A name in the flat folder of the build; undefined for anything that could leave it. */
const fileName = (path: string): string | undefined => path === '/' ? 'index.html' : /^[\w-]+(\.[\w-]+)*$/.exec(path.slice(prefix.length))?.[0]

const takesGzip = ({headers}: IncomingMessage): boolean => /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''))

const readContent = async (folder: string, name: string, gzip: boolean): Promise<{body: Buffer, encoding: Record<string, string>} | undefined> => {
  const read = (file: string): Promise<Buffer | undefined> => readFile(join(folder, file)).catch(() => undefined)
  const zipped = gzip ? await read(`${name}.gz`) : undefined
  const body = zipped ?? await read(name)
  return body && {body, encoding: zipped === undefined ? {} : {'content-encoding': 'gzip'}}
}

const missing = (path: string): string => path === '/'
  ? 'The console is not built; "npm run build" builds it, and "npm start" does so by itself.\n'
  : 'Not found\n'

/** Serves the built console. By any other name of this machine it sends to `address`, for the links to objects begin with that. */
export const createConsoleSite = (folder: string, address: () => string): Site => {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = requestUrl(request).pathname
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return send(response, 405, {...securityHeaders, allow: 'GET, HEAD', 'content-type': 'text/plain'}, 'This path takes GET or HEAD.\n')
    }
    if (`http://${request.headers.host}` !== address()) {
      return send(response, 302, {...securityHeaders, location: address() + path}, '')
    }
    const name = fileName(path)
    const content = name === undefined ? undefined : await readContent(folder, name, takesGzip(request))
    if (name === undefined || content === undefined) {
      return send(response, 404, {...securityHeaders, 'content-type': 'text/plain'}, missing(path))
    }
    const headers = {'content-type': types[extname(name)] ?? 'application/octet-stream', 'cache-control': path === '/' ? 'no-cache' : forever, vary: 'accept-encoding'}
    send(response, 200, {...securityHeaders, ...headers, ...content.encoding}, content.body)
  }
  return {serves, handle: answer}
}
