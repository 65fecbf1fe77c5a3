import {beforeEach, describe, expect, jest, test} from '@jest/globals'
import type {GetParameterCommandInput, GetParameterCommandOutput} from '@aws-sdk/client-ssm'
import type {InvokeCommandInput, InvokeCommandOutput} from '@aws-sdk/client-lambda'
import {apiEvent} from '../../../../test/helpers/api-event'
import {context} from '../../../../test/helpers/context'
import {freezeDate} from '../../../../test/helpers/frozen-date'

const invoke = jest.fn<(input: InvokeCommandInput) => Promise<Partial<InvokeCommandOutput>>>()
const getParameter = jest.fn<(input: GetParameterCommandInput) => Promise<Partial<GetParameterCommandOutput>>>()
jest.unstable_mockModule('../../../lib/vendor/AWS/Lambda', () => ({invoke}))
jest.unstable_mockModule('../../../lib/vendor/AWS/SSM', () => ({getParameter}))

Object.assign(process.env, {REQUEST_FILE_FUNCTION_NAME: 'RequestFile', FEEDLY_TOKEN_PARAMETER: '/MediaDownloader/FeedlyToken', FEEDLY_USER_ID: 'feedly'})

const watch = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'
const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/)

const load = async (): Promise<typeof import('../src')> => {
  jest.resetModules()
  return import('../src')
}
let {handler} = await load()

const correct = {authorization: 'Bearer secret'}

const deliver = async (body: unknown, headers: Record<string, string> = correct): Promise<{statusCode?: number, body: unknown}> => {
  const answer = await handler(apiEvent({routeKey: 'POST /feedly', user: null, headers, body}), context)
  return {statusCode: answer.statusCode, body: JSON.parse(answer.body ?? '')}
}

const answerOf = (statusCode: number, body: unknown): Partial<InvokeCommandOutput> =>
  ({StatusCode: 200, Payload: Buffer.from(JSON.stringify({statusCode, headers: {}, body: JSON.stringify(body)})) as never})

const asked = (): unknown[] => invoke.mock.calls.map(([{Payload, ...rest}]) =>
  ({...rest, input: JSON.parse(new TextDecoder().decode(Payload as Uint8Array))}))

beforeEach(async () => {
  invoke.mockReset().mockResolvedValue(answerOf(202, {fileId: 'youtube-dQw4w9WgXcQ', status: 'Requested'}))
  getParameter.mockReset().mockResolvedValue({Parameter: {Value: 'secret'}})
  ;({handler} = await load())
})

describe('a delivery', () => {
  // https://developers.feedly.com/reference/newentrysaved-events
  const saved = {type: 'NewEntrySaved', entryId: 'e', title: 'Video', entryUrl: watch, feedlyUrl: 'https://feedly.com/i/entry/e', visualUrl: 'https://e.com/i.png'}

  test.each([
    ['of Feedly', saved],
    ['of a Feedly applet', {articleFirstImageURL: 'https://e.com/i.png', articlePublishedAt: '2025-11-23', articleTitle: 'Video', articleURL: watch}],
    ['with entries', {entries: [{canonicalUrl: watch}, {alternate: [{href: watch, type: 'text/html'}]}, {title: 'nothing'}]}],
    ['by hand', {url: watch}]
  ])('%s asks for the article\'s media once', async (_, body) => {
    expect(await deliver(body)).toEqual({statusCode: 202, body: {files: [{fileId: 'youtube-dQw4w9WgXcQ', status: 'Requested'}]}})
    expect(asked()).toEqual([{FunctionName: 'RequestFile', InvocationType: 'RequestResponse', input: {userId: 'feedly', url: watch, correlationId: uuid}}])
  })

  test('of several articles answers with each file', async () => {
    invoke.mockResolvedValueOnce(answerOf(200, {fileId: 'url-1', status: 'Downloaded'}))
    expect(await deliver({entries: [{canonicalUrl: 'https://e.com/1.mp4'}, {canonicalUrl: watch}]})).toEqual({
      statusCode: 202,
      body: {files: [{fileId: 'url-1', status: 'Downloaded'}, {fileId: 'youtube-dQw4w9WgXcQ', status: 'Requested'}]}
    })
  })

  test('of files that are all there is answered with 200', async () => {
    invoke.mockResolvedValue(answerOf(200, {fileId: 'url-1', status: 'Downloaded'}))
    expect(await deliver({url: watch})).toEqual({statusCode: 200, body: {files: [{fileId: 'url-1', status: 'Downloaded'}]}})
  })

  test('of an address that RequestFile refuses has its refusal as answer', async () => {
    const refusal = {error: {code: 'UnsupportedSchemeError', message: 'Expected http.', retryable: false}}
    invoke.mockResolvedValueOnce(answerOf(400, refusal))
    expect(await deliver({entries: [{canonicalUrl: 'ftp://e.com/a'}, {canonicalUrl: watch}]})).toEqual({statusCode: 400, body: refusal})
  })

  test.each([{}, {entries: []}, {entries: 'x'}, {articleURL: 7}, {entries: Array.from({length: 26}, (_, index) => ({canonicalUrl: `https://e.com/${index}`}))}])('%j is refused with 400', async (body) => {
    expect(await deliver(body)).toEqual({statusCode: 400, body: {error: {code: 'InvalidRequestError', message: expect.any(String), retryable: false}}})
    expect(asked()).toEqual([])
  })

  test('is thrown on where RequestFile threw', async () => {
    invoke.mockResolvedValueOnce({StatusCode: 200, FunctionError: 'Unhandled', Payload: Buffer.from('{"errorType":"EnvironmentError"}') as never})
    await expect(deliver({url: watch})).rejects.toThrow('it failed (Unhandled): {"errorType":"EnvironmentError"}')
  })
})

describe('the token', () => {
  test.each([
    [{authorization: 'Bearer secret'}], [{authorization: 'bearer  secret'}], [{authorization: 'secret'}], [{'x-feedly-token': 'secret'}]
  ])('is taken from %j', async (headers) => {
    expect((await deliver({url: watch}, headers)).statusCode).toBe(202)
    expect(getParameter.mock.calls).toEqual([[{Name: '/MediaDownloader/FeedlyToken', WithDecryption: true}]])
  })

  test.each([[{}], [{authorization: ''}], [{authorization: 'Bearer wrong'}], [{authorization: 'Bearer secret2'}], [{'x-feedly-token': 'secre'}]])('that is wrong or absent in %j is refused with 401', async (headers: Record<string, string>) => {
    expect(await deliver({url: watch}, headers))
      .toEqual({statusCode: 401, body: {error: {code: 'UnauthorizedError', message: expect.any(String), retryable: false}}})
    expect(asked()).toEqual([])
  })

  test('is read again after five minutes, so that a new one counts', async () => {
    freezeDate('2025-11-23T10:00:00Z')
    await deliver({url: watch})
    jest.setSystemTime(new Date('2025-11-23T10:04:59Z'))
    await deliver({url: watch})
    getParameter.mockResolvedValue({Parameter: {Value: 'changed'}})
    jest.setSystemTime(new Date('2025-11-23T10:05:00Z'))
    const answer = await deliver({url: watch})
    jest.useRealTimers()
    expect({statusCode: answer.statusCode, reads: getParameter.mock.calls.length}).toEqual({statusCode: 401, reads: 2})
  })

  test('that is empty in SSM lets no one in', async () => {
    getParameter.mockResolvedValue({Parameter: {Value: ''}})
    await expect(deliver({url: watch}, {authorization: ''})).rejects.toThrow(expect.objectContaining({name: 'EnvironmentError'}))
  })
})
