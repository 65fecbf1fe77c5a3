import type {IncomingMessage, ServerResponse} from 'node:http'
import type {Json} from '../../../shared/json'
import {asServiceError, send} from './answer'
import {readBody} from './body'
import {requestUrl} from './credential-scope'
import {ServiceError} from './errors'
import {parseObject} from './json'
import {isOwn} from './guard'
import {percentDecoded} from '../../../shared/percent'

/** One call of a route. */
export interface Call {
  readonly query: URLSearchParams
  /** Values of the path's `{names}`. */
  readonly path: Readonly<Record<string, string>>
  /** The body, `{}` if there is none. Throws SerializationException. */
  body: () => Promise<Json>
}

/** A route below `/_local`; its answer is sent as JSON, `undefined` as 204. */
export interface LocalRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** `/events/{eventId}` */
  readonly path: string
  readonly answer: (call: Call) => unknown
}

/** A route that answers by itself and may stay open. */
export interface LocalStream {
  readonly method: 'GET'
  readonly path: string
  readonly open: (request: IncomingMessage, response: ServerResponse) => Promise<void> | void
}

const prefix = '/_local'
const headers = {'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin'}

const pathPattern = (path: string): RegExp => new RegExp(`^${prefix}${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)

const decoded = (groups: Readonly<Record<string, string>> | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(groups ?? {}).map(([name, value]) => [name, percentDecoded(value)]))

const readCall = (request: IncomingMessage, pattern: RegExp): Call => {
  const url = requestUrl(request)
  return {
    query: url.searchParams,
    path: decoded(pattern.exec(url.pathname)?.groups),
    body: async () => parseObject((await readBody(request)).toString())
  }
}

const answer = (response: ServerResponse, statusCode: number, value: unknown): void =>
  value === undefined ? send(response, 204, headers, '') : send(response, statusCode, headers, JSON.stringify(value))

const refuse = (response: ServerResponse, error: unknown): void => {
  const {code, message, statusCode} = asServiceError(error)
  answer(response, statusCode, {error: {code, message}})
}

/** Serves `/_local/…`: what AWS has no API for. Only the console itself, and programs that are no web pages, are answered. */
export const createLocalApi = (routes: ReadonlyArray<LocalRoute | LocalStream>) => {
  const table = routes.map((route) => ({...route, pattern: pathPattern(route.path)}))
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isOwn(request)) {
      throw new ServiceError('ForbiddenException', 'The request comes from another website. Only the console and programs may send requests.', 403)
    }
    const {pathname} = requestUrl(request)
    const found = table.filter(({pattern}) => pattern.test(pathname))
    const route = found.find(({method}) => method === request.method)
    if (route === undefined) {
      throw found.length === 0
        ? new ServiceError('NotFoundException', `The local API has no route ${pathname}; docs/local-api.md lists all.`, 404)
        : new ServiceError('MethodNotAllowedException', `This path takes ${found.map(({method}) => method).join(' or ')}, not ${request.method}.`, 405)
    }
    return 'open' in route ? route.open(request, response) : answer(response, 200, await route.answer(readCall(request, route.pattern)))
  }
  return {
    serves: (path: string): boolean => path === prefix || path.startsWith(`${prefix}/`),
    handle: (request: IncomingMessage, response: ServerResponse): Promise<void> =>
      serve(request, response).catch((error: unknown) => refuse(response, error))
  }
}
