import {readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {afterAll, beforeAll, describe, expect, jest, test} from '@jest/globals'
import {Validator} from '@seriousme/openapi-schema-validator'
import {fileKey, fileUserKey} from '../../src/util/files/keys'
import type {ApiEvent, ApiResult} from '../../src/util/http-api'
import {apiEvent, type ApiCall} from '../helpers/api-event'
import {context} from '../helpers/context'
import {startTable} from '../helpers/table'
import {answerProblems, exampleProblems, file, operations} from './openapi-document'

const putEvents = jest.fn(async (_: unknown): Promise<unknown> => ({FailedEntryCount: 0, Entries: [{EventId: 'e'}]}))
const invoke = jest.fn(async ({Payload}: {Payload: Uint8Array}): Promise<unknown> =>
  ({Payload: Buffer.from(JSON.stringify(await requestFile(JSON.parse(Buffer.from(Payload).toString()), context)))}))
jest.unstable_mockModule('../../src/lib/vendor/AWS/EventBridge', () => ({putEvents}))
jest.unstable_mockModule('../../src/lib/vendor/AWS/Lambda', () => ({invoke}))
jest.unstable_mockModule('../../src/lib/vendor/AWS/SSM', () => ({getParameter: async () => ({Parameter: {Value: 'secret'}})}))
jest.unstable_mockModule('../../src/lib/vendor/AWS/SNS', () => ({
  createPlatformEndpoint: async () => ({EndpointArn: 'arn:endpoint'}),
  setEndpointAttributes: async () => ({}),
  getEndpointAttributes: async () => ({}),
  deleteEndpoint: async () => ({})
}))

type Handler = (event: ApiEvent, context: unknown) => Promise<ApiResult>

const table = await startTable()
Object.assign(process.env, {
  EVENT_BUS_NAME: 'bus', BUCKET_NAME: 'media', DOWNLOAD_URL_SECONDS: '3600',
  APNS_PLATFORM_APPLICATION_ARN: 'arn:aws:sns:us-west-2:1:app/APNS/x', FCM_PLATFORM_APPLICATION_ARN: '',
  REQUEST_FILE_FUNCTION_NAME: 'RequestFile', FEEDLY_TOKEN_PARAMETER: '/x', FEEDLY_USER_ID: 'feedly'
})
const {handler: requestFile} = await import('../../src/lambdas/RequestFile/src')
const {handler: listFiles} = await import('../../src/lambdas/ListFiles/src')
const {handler: cancelFile} = await import('../../src/lambdas/CancelFile/src')
const {handler: registerDevice} = await import('../../src/lambdas/RegisterDevice/src')
const {handler: webhookFeedly} = await import('../../src/lambdas/WebhookFeedly/src')
const handlers = {
  RequestFile: requestFile, ListFiles: listFiles, CancelFile: cancelFile, RegisterDevice: registerDevice, WebhookFeedly: webhookFeedly
} as Record<string, Handler>

const url = 'https://media.example.com/new.mp4'
const done = 'youtube-dQw4w9WgXcQ'
const doneUrl = 'https://youtu.be/dQw4w9WgXcQ'
const tooLarge = JSON.stringify({url: 'x'.repeat(65_536)})
const phone = {deviceId: 'phone'}
const feedly = {user: null, headers: {authorization: 'Bearer secret'}}
const refusingBus = (): void => {
  putEvents.mockResolvedValueOnce({FailedEntryCount: 1, Entries: [{ErrorCode: 'AccessDeniedException'}]})
}

interface Scenario extends Omit<ApiCall, 'routeKey'> {
  readonly route: string
  readonly status: number
  readonly when: string
  readonly prepare?: () => void
}

/** Every documented answer that a handler gives; the gateway's own answers are not among them. */
const scenarios: readonly Scenario[] = [
  {route: 'POST /files', status: 202, when: 'the URL is new', body: {url}},
  {route: 'POST /files', status: 200, when: 'the file is there', body: {url: doneUrl}},
  {route: 'POST /files', status: 400, when: 'it is no URL', body: {url: 'no url'}},
  {route: 'POST /files', status: 400, when: 'the scheme is unknown', body: {url: 'ftp://e.com/a'}},
  {route: 'POST /files', status: 400, when: 'the address is private', body: {url: 'http://localhost/a'}},
  {route: 'POST /files', status: 400, when: 'the body is no JSON', body: 'no json'},
  {route: 'POST /files', status: 401, when: 'no one asks', body: {url}, user: null},
  {route: 'POST /files', status: 413, when: 'the body is too large', body: tooLarge},
  {route: 'POST /files', status: 502, when: 'the bus refuses', body: {url: 'https://media.example.com/refused.mp4'}, prepare: refusingBus},
  {route: 'GET /files', status: 200, when: 'there are files'},
  {route: 'GET /files', status: 200, when: 'there are more pages', query: {limit: '1'}},
  {route: 'GET /files', status: 400, when: 'the limit is none', query: {limit: '0'}},
  {route: 'GET /files', status: 401, when: 'no one asks', user: null},
  {route: 'GET /files/{fileId}', status: 200, when: 'the file is Downloaded', path: {fileId: done}},
  {route: 'GET /files/{fileId}', status: 200, when: 'the file Failed', path: {fileId: 'url-failed'}},
  {route: 'GET /files/{fileId}', status: 401, when: 'no one asks', path: {fileId: done}, user: null},
  {route: 'GET /files/{fileId}', status: 404, when: 'the file is not the user\'s', path: {fileId: 'url-unknown'}},
  {route: 'POST /files/{fileId}/retry', status: 502, when: 'the bus refuses', path: {fileId: 'url-failed'}, prepare: refusingBus},
  {route: 'POST /files/{fileId}/retry', status: 202, when: 'the file Failed', path: {fileId: 'url-failed'}},
  {route: 'POST /files/{fileId}/retry', status: 200, when: 'the file is there', path: {fileId: done}},
  {route: 'POST /files/{fileId}/retry', status: 401, when: 'no one asks', path: {fileId: done}, user: null},
  {route: 'POST /files/{fileId}/retry', status: 404, when: 'the file is not the user\'s', path: {fileId: 'url-unknown'}},
  {route: 'POST /files/{fileId}/cancel', status: 202, when: 'the file is on its way', path: {fileId: 'url-failed'}},
  {route: 'POST /files/{fileId}/cancel', status: 200, when: 'it was cancelled before', path: {fileId: 'url-failed'}},
  {route: 'POST /files/{fileId}/cancel', status: 401, when: 'no one asks', path: {fileId: done}, user: null},
  {route: 'POST /files/{fileId}/cancel', status: 404, when: 'the file is not the user\'s', path: {fileId: 'url-unknown'}},
  {route: 'POST /files/{fileId}/cancel', status: 409, when: 'the file is there', path: {fileId: done}},
  {route: 'PUT /devices/{deviceId}', status: 200, when: 'the device is new', path: phone, body: {platform: 'APNS', token: 't'}},
  {route: 'PUT /devices/{deviceId}', status: 400, when: 'the token is absent', path: phone, body: {platform: 'APNS'}},
  {route: 'PUT /devices/{deviceId}', status: 401, when: 'no one asks', path: phone, body: {platform: 'APNS', token: 't'}, user: null},
  {route: 'PUT /devices/{deviceId}', status: 413, when: 'the body is too large', path: phone, body: tooLarge},
  {route: 'PUT /devices/{deviceId}', status: 422, when: 'the platform is not set up', path: phone, body: {platform: 'FCM', token: 't'}},
  {route: 'DELETE /devices/{deviceId}', status: 204, when: 'the device is known', path: phone},
  {route: 'DELETE /devices/{deviceId}', status: 400, when: 'it is no device id', path: {deviceId: 'a b'}},
  {route: 'DELETE /devices/{deviceId}', status: 401, when: 'no one asks', path: phone, user: null},
  {route: 'DELETE /devices/{deviceId}', status: 404, when: 'the device is unknown', path: {deviceId: 'unknown'}},
  {route: 'POST /feedly', status: 202, when: 'the URL is new', ...feedly, body: {articleURL: 'https://media.example.com/article.mp4'}},
  {route: 'POST /feedly', status: 200, when: 'the file is there', ...feedly, body: {entryUrl: doneUrl}},
  {route: 'POST /feedly', status: 400, when: 'there is no address', ...feedly, body: {}},
  {route: 'POST /feedly', status: 400, when: 'it is no URL', ...feedly, body: {articleURL: 'no url'}},
  {route: 'POST /feedly', status: 401, when: 'the token is absent', user: null, body: {articleURL: url}},
  {route: 'POST /feedly', status: 413, when: 'the body is too large', ...feedly, body: tooLarge},
  {route: 'POST /feedly', status: 502, when: 'the bus refuses', ...feedly, body: {articleURL: 'https://media.example.com/refused-too.mp4'}, prepare: refusingBus}
]

const ofGateway = ['403', '429', '500']

beforeAll(async () => {
  const time = '2025-11-23T10:00:00.000Z'
  const more = {correlationId: 'c', requestedAt: time, availableAt: time, updatedAt: time}
  await table.put(
    {...fileKey(done), ...more, fileId: done, sourceUrl: doneUrl, status: 'Downloaded', title: 'Video Title', authorName: 'An Author', contentType: 'video/mp4',
      size: 1_048_576, s3Key: `media/${done}.mp4`, completedAt: time},
    {...fileUserKey(done, 'alice'), fileId: done, userId: 'alice', requestedAt: time},
    {...fileKey('url-failed'), ...more, fileId: 'url-failed', sourceUrl: url, status: 'Failed', error: {code: 'States.Timeout', message: 'Too late.', retryable: true}},
    {...fileUserKey('url-failed', 'alice'), fileId: 'url-failed', userId: 'alice', requestedAt: time}
  )
})

afterAll(() => table.stop())

describe('docs/api/openapi.yaml', () => {
  test('is OpenAPI 3.0', async () => {
    expect(await new Validator().validate(fileURLToPath(file))).toEqual({valid: true})
  })

  test('has examples that fit their schemas', () => {
    const examples = exampleProblems()
    expect(examples.length).toBeGreaterThan(30)
    expect(examples.filter(([, problems]) => problems.length > 0)).toEqual([])
  })

  test('has the routes of terraform/api.tf, each with its function', () => {
    const hcl = readFileSync(new URL('../../terraform/api.tf', import.meta.url), 'utf8')
    const routes = [...hcl.matchAll(/"((?:GET|POST|PUT|PATCH|DELETE) \/[^"]*)"\s*=\s*"(\w+)"/g)].map(([, routeKey, name]) => [routeKey, name])
    expect(Object.entries(operations).map(([routeKey, operation]) => [routeKey, operation['x-function']]).toSorted()).toEqual(routes.toSorted())
  })

  test('documents no answer of a handler that is not shown below', () => {
    const documented = Object.entries(operations).flatMap(([routeKey, {responses}]) =>
      Object.keys(responses).filter((status) => !ofGateway.includes(status)).map((status) => `${routeKey} ${status}`))
    expect([...new Set(scenarios.map(({route, status}) => `${route} ${status}`))].toSorted()).toEqual(documented.toSorted())
  })
})

describe('the handlers answer as documented', () => {
  test.each(scenarios)('$route with $status when $when', async ({route, status, when: _, prepare, ...call}) => {
    prepare?.()
    const handler = handlers[operations[route]?.['x-function'] ?? '']
    const answer = await handler?.(apiEvent({routeKey: route, ...call}), context)
    const body: unknown = answer?.body === undefined ? undefined : JSON.parse(answer.body)
    expect({status: answer?.statusCode, problems: answerProblems(route, status, body)}).toEqual({status, problems: []})
  })
})
