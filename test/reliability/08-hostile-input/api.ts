import assert from 'node:assert/strict'
import {request} from 'node:http'
import fc from 'fast-check'
import type {ApiEvent, ApiResult} from '../../../src/util/http-api'
import {operations} from '../../api/openapi-document'
import {apiEvent} from '../../helpers/api-event'
import {context} from '../../helpers/context'
import type {System} from '../system'
import {hostileBody, hostileText, hostileUrl, hostileValue} from './arbitraries'
import type {Fuzz} from './fuzz'

type Handler = (event: ApiEvent, context: unknown) => Promise<ApiResult>

const bodies = [
  {url: 'https://example.com/a.mp4'}, {platform: 'APNS', token: 'token'}, {entryUrl: 'https://example.com/a.mp4'},
  {entries: [{alternate: [{href: 'https://example.com/a.mp4'}]}]}
]

const authorizer = fc.oneof(
  {weight: 4, arbitrary: fc.constant({jwt: {claims: {sub: 'ann'}}})},
  fc.record({jwt: fc.record({claims: fc.record({sub: hostileValue})})}),
  fc.record({iam: fc.record({userArn: hostileValue, userId: hostileValue}, {requiredKeys: []})}),
  fc.constantFrom({}, {jwt: {}}, {iam: {}})
) as fc.Arbitrary<ApiEvent['requestContext']['authorizer']>

const texts = (...names: readonly string[]): fc.Arbitrary<Record<string, string>> =>
  fc.record(Object.fromEntries(names.map((name) => [name, hostileText])), {requiredKeys: []}) as fc.Arbitrary<Record<string, string>>

/** Any name, or one that a handler takes and continues with. */
const namesIn = (routeKey: string): fc.Arbitrary<Record<string, string>> => {
  const names = [...routeKey.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
  return fc.oneof(texts(...names), fc.constant(Object.fromEntries(names.map((name) => [name, 'phone']))))
}

const feedly = {'x-feedly-token': 'local-feedly-token'}

/** A request as API Gateway hands it over, of which nothing is certain but its route. */
const hostileEvent = (routeKey: string): fc.Arbitrary<ApiEvent> => fc.record({
  path: namesIn(routeKey),
  query: fc.oneof(texts('limit', 'nextToken'), texts('limit', 'nextToken').map((query) => ({...query, nextToken: Buffer.from('["a","b"]').toString('base64url')}))),
  headers: fc.oneof(texts('authorization', 'x-feedly-token', 'content-type'), fc.constant(feedly)),
  body: hostileBody(bodies), authorizer, isBase64Encoded: fc.boolean()
}).map(({isBase64Encoded, ...call}) => ({...apiEvent({routeKey, ...call}), isBase64Encoded}))

/** Every route's own handler, in this process: what it throws is a 500. */
const fuzzRoute = async (routeKey: string, name: string, fuzz: Fuzz): Promise<void> => {
  const {handler} = await import(`../../../src/lambdas/${name}/src/index`) as {handler: Handler}
  await fuzz(routeKey, hostileEvent(routeKey), async (event) => {
    const {statusCode = 500, body} = await handler(event, context)
    assert.ok(statusCode < 500, `Expected no server error; got ${statusCode}: ${body}`)
  })
}

const statusOf = (address: string, method: string, path: string, headers: Record<string, string>, body: string | undefined): Promise<number> =>
  new Promise((resolve, reject) => {
    const length = {'content-length': String(Buffer.byteLength(body ?? ''))}
    const sent = request(address, {method, path, headers: {...headers, ...length}}, (response) => response.resume().on('end', () => resolve(response.statusCode ?? 0)))
    sent.once('error', reject)
    sent.end(body)
  })

const printable = (text: string): string => text.replace(/[^\x21-\x7e]/g, '~').slice(0, 2_000)

const paths = ['files', 'files/', 'devices/', 'feedly', 'files?limit=', 'files?nextToken=']

/** The same over HTTP, as far as a client can send it: what stands before the handlers is put to the proof as well. */
const fuzzHttp = (system: System, fuzz: Fuzz): Promise<void> => fuzz('HTTP', fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'),
  path: fc.oneof(hostileText, fc.tuple(fc.constantFrom(...paths), hostileText).map((parts) => parts.join(''))),
  authorization: fc.oneof(fc.constant('Bearer ann'), hostileText, hostileText.map((text) => `Bearer ${text}`)),
  type: fc.oneof(fc.constant('application/json'), hostileText), body: hostileBody([{url: 'ftp://example.com'}])
}), async ({method, path, authorization, type, body}) => {
  const headers = {authorization: printable(authorization), 'content-type': printable(type)}
  const status = await statusOf(system.address, method, `/${printable(path)}`, headers, method === 'GET' ? undefined : body)
  assert.ok(status < 500, `Expected no server error; got ${status}`)
})

/** Whatever URL is asked for: it is taken, or refused with a reason. */
const fuzzUrls = async (fuzz: Fuzz): Promise<void> => {
  const {handler} = await import('../../../src/lambdas/RequestFile/src/index')
  await fuzz('URLs', hostileUrl, async (url) => {
    const {statusCode = 500} = await handler(apiEvent({routeKey: 'POST /files', body: {url}}), context)
    assert.ok([200, 202, 400].includes(statusCode), `Expected the URL to be taken or refused; got ${statusCode}`)
  })
}

/** Each route of the API's document, whatever its function. */
export const fuzzApi = async (system: System, fuzz: Fuzz): Promise<void> => {
  for (const [routeKey, operation] of Object.entries(operations)) {
    await fuzzRoute(routeKey, operation['x-function'], fuzz)
  }
  await fuzzUrls(fuzz)
  await fuzzHttp(system, fuzz)
}
