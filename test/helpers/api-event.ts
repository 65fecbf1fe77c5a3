import type {ApiEvent} from '../../src/util/http-api'

/** What a test says about a request; the rest is what API Gateway adds. */
export interface ApiCall {
  readonly routeKey: string
  readonly path?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Subject of the JWT; null for no one. */
  readonly user?: string | null
  readonly authorizer?: ApiEvent['requestContext']['authorizer']
}

/** An event of the HTTP API, payload format 2.0; a body that is no string becomes JSON. */
export const apiEvent = ({routeKey, path, query, headers = {}, body, user = 'alice', authorizer}: ApiCall): ApiEvent => {
  const [method = '', template = ''] = routeKey.split(' ')
  const rawPath = template.replace(/\{(\w+)\}/g, (_, name: string) => path?.[name] ?? '')
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: {'content-type': 'application/json', ...headers},
    ...(path && {pathParameters: path}),
    ...(query && {queryStringParameters: query}),
    ...(body !== undefined && {body: typeof body === 'string' ? body : JSON.stringify(body)}),
    isBase64Encoded: false,
    requestContext: {
      accountId: '123456789012',
      apiId: 'api',
      domainName: 'api.execute-api.us-west-2.amazonaws.com',
      domainPrefix: 'api',
      http: {method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'test'},
      requestId: 'request-1',
      routeKey,
      stage: '$default',
      time: '23/Nov/2025:10:00:00 +0000',
      timeEpoch: 1_763_892_000_000,
      authorizer: authorizer ?? (user === null ? undefined : {jwt: {claims: {sub: user}}})
    }
  }
}
