import {randomUUID} from 'node:crypto'
import type {IncomingMessage} from 'node:http'
import type {Json} from '../../../shared/json'
import {requestUrl} from '../../runtime/core/credential-scope'
import type {MatchedRoute} from './route'

export interface ApiRequest {
  readonly request: IncomingMessage
  readonly body: Buffer
  readonly match: MatchedRoute
  readonly accountId: string
  readonly at: number
  /** Of the caller; undefined on a route without authorization. */
  readonly userId?: string
}

const textTypes = /^(text\/|application\/(json|xml|javascript)\b|application\/[\w.-]+\+(json|xml)\b)/

const collectHeaders = ({headers}: IncomingMessage): Record<string, string> => Object.fromEntries(
  Object.entries(headers).filter(([name]) => name !== 'cookie').map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : String(value)]))

const collectQuery = (search: URLSearchParams): Record<string, string> =>
  Object.fromEntries([...new Set(search.keys())].map((name) => [name, search.getAll(name).join(',')]))

const encodeBody = (body: Buffer, {headers}: IncomingMessage): Json => {
  if (body.length === 0) {
    return {isBase64Encoded: false}
  }
  const isText = headers['content-encoding'] === undefined && textTypes.test(headers['content-type'] ?? 'text/plain')
  return {body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText}
}

/** `12/Mar/2020:19:03:58 +0000` */
const commonLogTime = (at: number): string => {
  const [, day, month, year, time] = new Date(at).toUTCString().replace(',', '').split(' ')
  return `${day}/${month}/${year}:${time} +0000`
}

const requestContext = ({request, match, accountId, at, userId}: ApiRequest, path: string): Json => ({
  accountId,
  apiId: match.route.apiId,
  ...(userId !== undefined && {authorizer: {jwt: {claims: {sub: userId}, scopes: null}}}),
  domainName: request.headers.host ?? '',
  domainPrefix: match.route.apiId,
  http: {
    method: request.method, path, protocol: `HTTP/${request.httpVersion}`,
    sourceIp: request.socket.remoteAddress ?? '', userAgent: request.headers['user-agent'] ?? ''
  },
  requestId: randomUUID(),
  routeKey: match.route.routeKey,
  stage: '$default',
  time: commonLogTime(at),
  timeEpoch: at
})

/** Payload format 2.0: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export const apiEvent = (api: ApiRequest): string => {
  const url = requestUrl(api.request)
  const query = collectQuery(url.searchParams)
  const {pathParameters, route} = api.match
  const {cookie} = api.request.headers
  return JSON.stringify({
    version: '2.0',
    routeKey: route.routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookie !== undefined && {cookies: cookie.split(/;\s*/)}),
    headers: collectHeaders(api.request),
    ...(Object.keys(query).length > 0 && {queryStringParameters: query}),
    ...(Object.keys(pathParameters).length > 0 && {pathParameters}),
    requestContext: requestContext(api, url.pathname),
    ...encodeBody(api.body, api.request)
  })
}
