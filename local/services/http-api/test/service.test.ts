import {afterAll, beforeAll, beforeEach, describe, expect, it, jest} from '@jest/globals'
import {ServiceError} from '../../../runtime/core/errors'
import type {InvocationResult} from '../../../runtime/core/types'
import {serve, type Served} from '../../../runtime/engines/test/serve'
import {manualClock} from '../../events/test/manual-clock'
import {parseWiring, type WiredResource} from '../../../../shared/wiring/wiring'
import {createHttpApi} from '../service'

const place = {partition: 'aws', region: 'us-west-2', account: '123456789012'}
const functionArn = 'arn:aws:lambda:us-west-2:123456789012:function:Files'
const resource = (type: string, values: Record<string, unknown>): WiredResource => ({address: '', type, name: '', values})

const route = (route_key: string, authorization_type = 'AWS_IAM'): WiredResource =>
  resource('aws_apigatewayv2_route', {api_id: 'api1', route_key, target: 'integrations/i1', authorization_type})

const wiring = parseWiring({values: {root_module: {resources: [
  resource('aws_apigatewayv2_integration', {id: 'i1', integration_uri: functionArn}),
  route('GET /files'), route('GET /files/{fileId}'), route('PUT /devices/{deviceId}'), route('POST /feedly', 'NONE'), route('GET /files/latest'),
  route('ANY /proxy/{rest+}'), route('GET /forbidden'),
  resource('aws_lambda_permission', {function_name: 'Files', principal: 'apigateway.amazonaws.com', source_arn: 'arn:aws:execute-api:us-west-2:123456789012:api1/*/*/files*'}),
  resource('aws_lambda_permission', {function_name: 'Files', principal: 'apigateway.amazonaws.com', source_arn: 'arn:aws:execute-api:us-west-2:123456789012:api1/*/PUT/devices/*'}),
  resource('aws_lambda_permission', {function_name: 'Files', principal: 'apigateway.amazonaws.com', source_arn: 'arn:aws:execute-api:us-west-2:123456789012:api1/*/POST/feedly'}),
  resource('aws_lambda_permission', {function_name: 'Files', principal: 'apigateway.amazonaws.com', source_arn: 'arn:aws:execute-api:us-west-2:123456789012:api1/*/*/proxy/*'})
]}}})

interface Event {
  readonly routeKey: string
  readonly pathParameters?: object
  readonly body?: string
  readonly isBase64Encoded: boolean
  readonly requestContext: {readonly authorizer?: {readonly jwt: {readonly claims: {readonly sub: string}}}}
}

let served: Served
let events: Event[]
let result: InvocationResult
let refusal: Error | undefined
beforeAll(async () => {
  served = await serve([], createHttpApi({wiring, place, clock: manualClock(), invoke: async (name, payload) => {
    events.push(JSON.parse(payload) as Event)
    expect(name).toBe(functionArn)
    if (refusal !== undefined) {
      throw refusal
    }
    return result
  }}))
})
beforeEach(() => {
  events = []
  refusal = undefined
  result = {payload: '{"statusCode":200}'}
})
afterAll(() => served.close())

const call = (path: string, init: RequestInit = {}): Promise<Response> => fetch(served.address + path, init)

describe('A request', () => {
  it('reaches the function in payload format 2.0', async () => {
    await call('/devices/a%20b?x=1&x=2&y=%2F', {
      method: 'PUT', body: '{"token":"ü"}', headers: {
        'content-type': 'application/json', authorization: 'Bearer ann', cookie: 'a=1; b=2', 'X-Custom': 'Yes', 'user-agent': 'test', connection: 'close'
      }
    })
    const host = new URL(served.address).host
    expect(events).toEqual([{
      version: '2.0', routeKey: 'PUT /devices/{deviceId}', rawPath: '/devices/a%20b', rawQueryString: 'x=1&x=2&y=%2F', cookies: ['a=1', 'b=2'],
      headers: expect.objectContaining({'content-type': 'application/json', authorization: 'Bearer ann', 'x-custom': 'Yes', host}),
      queryStringParameters: {x: '1,2', y: '/'},
      pathParameters: {deviceId: 'a b'},
      requestContext: {
        accountId: '123456789012', apiId: 'api1', authorizer: {jwt: {claims: {sub: 'ann'}, scopes: null}}, domainName: host, domainPrefix: 'api1',
        http: {method: 'PUT', path: '/devices/a%20b', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test'},
        requestId: expect.any(String), routeKey: 'PUT /devices/{deviceId}', stage: '$default', time: '24/Nov/2026:12:00:00 +0000', timeEpoch: 1795521600000
      },
      body: '{"token":"ü"}', isBase64Encoded: false
    }])
  })

  it.each([
    ['application/json; charset=utf-8', false], ['text/plain', false], ['application/problem+json', false],
    ['application/octet-stream', true], ['application/x-www-form-urlencoded', true]
  ])('has a body of %s in Base64: %s', async (type, isBase64Encoded) => {
    await call('/feedly', {method: 'POST', body: 'hi', headers: {'content-type': type}})
    expect(events).toEqual([expect.objectContaining({isBase64Encoded, body: isBase64Encoded ? 'aGk=' : 'hi'})])
  })

  it.each([
    ['GET', '/files', 'GET /files', undefined], ['GET', '/files/x', 'GET /files/{fileId}', {fileId: 'x'}], ['GET', '/files/latest', 'GET /files/latest', undefined],
    ['DELETE', '/proxy/a/b', 'ANY /proxy/{rest+}', {rest: 'a/b'}]
  ])('finds its route: %s %s', async (method, path, routeKey, pathParameters) => {
    await call(path, {method})
    expect(events.map((event) => [event.routeKey, event.pathParameters])).toEqual([[routeKey, pathParameters]])
  })

  it.each([['GET', '/'], ['POST', '/files'], ['GET', '/files/'], ['GET', '/files/a/b'], ['GET', '/filesx'], ['GET', '//files']])('without a route is a 404: %s %s', async (method, path) => {
    const response = await call(path, {method})
    expect([response.status, await response.text(), events]).toEqual([404, '{"message":"Not Found"}', []])
  })

  it.each([[undefined, 'local'], ['Bearer ann', 'ann'], ['bearer Bob', 'Bob']])('with the authorization %s is of %s', async (authorization, user) => {
    await call('/files', authorization === undefined ? {} : {headers: {authorization}})
    expect(events.map(({requestContext}) => requestContext.authorizer?.jwt.claims.sub)).toEqual([user])
  })

  it.each(['Basic abc', 'Bearer ', 'ann'])('with the authorization %s is refused', async (authorization) => {
    const response = await call('/files', {headers: {authorization}})
    expect([response.status, await response.json()]).toEqual([401, {message: 'Unauthorized'}])
  })

  it('of a route without authorization keeps its secret for the function', async () => {
    await call('/feedly', {method: 'POST', headers: {authorization: 'whatever it is'}})
    expect(events.map(({requestContext}) => requestContext.authorizer)).toEqual([undefined])
  })

  it('above 10 MB is a 413', async () => {
    const response = await call('/feedly', {method: 'POST', body: 'x'.repeat(10 * 1024 * 1024 + 1)})
    expect([response.status, await response.json(), events]).toEqual([413, {message: 'Request Entity Too Large'}, []])
  })

  it('for a function that is throttled is a 503: it is not the API that is too busy', async () => {
    refusal = new ServiceError('TooManyRequestsException', 'Rate Exceeded.', 429)
    const response = await call('/files')
    expect([response.status, await response.text()]).toEqual([503, '{"message":"Service Unavailable"}'])
  })

  it('that nothing permits is a 500, as on AWS, and the user is warned', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    const response = await call('/forbidden')
    expect([response.status, events, warn.mock.calls.map(([text]) => text)]).toEqual([500, [], [expect.stringContaining('no aws_lambda_permission')]])
    warn.mockRestore()
  })
})

describe('An answer', () => {
  const answer = async (payload: unknown, functionError?: string) => {
    result = {payload: JSON.stringify(payload), ...(functionError && {functionError})}
    const response = await call('/files')
    return {status: response.status, type: response.headers.get('content-type'), text: await response.text(), headers: response.headers}
  }

  it('is what the function says', async () => {
    const {headers, ...rest} = await answer({statusCode: 201, headers: {'Content-Type': 'text/x', 'x-one': 1}, cookies: ['a=1', 'b=2'], body: 'made'})
    expect(rest).toEqual({status: 201, type: 'text/x', text: 'made'})
    expect([headers.get('x-one'), headers.getSetCookie()]).toEqual(['1', ['a=1', 'b=2']])
  })

  it('may be bytes', async () => {
    expect(await answer({statusCode: 200, body: 'aGk=', isBase64Encoded: true})).toMatchObject({text: 'hi', type: 'text/plain;charset=utf-8'})
  })

  it.each([[{a: 1}, '{"a":1}'], ['text', 'text'], [[1], '[1]'], [null, 'null']])('without a status is the result itself: %j', async (value, text) => {
    expect(await answer(value)).toMatchObject({status: 200, type: 'application/json', text})
  })

  it.each([[{errorType: 'Error', errorMessage: 'secret'}, 'Unhandled'], [{statusCode: 'many'}, undefined], [{statusCode: 9000}, undefined]])(
    'of a broken function says nothing of it: %j', async (value, functionError) => {
      expect(await answer(value, functionError)).toMatchObject({status: 500, text: '{"message":"Internal Server Error"}'})
    })

  it('may have no body at all', async () => {
    expect(await answer({statusCode: 204})).toMatchObject({status: 204, text: ''})
  })
})
