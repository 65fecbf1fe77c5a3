import {describe, expect, test} from '@jest/globals'
import {apiEvent} from '../../../test/helpers/api-event'
import {NamedError, type ErrorName} from '../errors'
import {answering, json, parseJsonBody, route, readUserId, type ApiEvent} from '../http-api'

const errorOf = (work: () => unknown): ErrorName | undefined => {
  try {
    work()
    return undefined
  } catch (error) {
    return (error as NamedError).name
  }
}

const post = (body: string, more: Partial<ApiEvent> = {}): ApiEvent => ({...apiEvent({routeKey: 'POST /files', body}), ...more})

describe('answering', () => {
  test('answers what the work answers', async () => {
    expect(await answering(async () => json(202, {fileId: 'a'}))).toEqual({
      statusCode: 202, headers: {'content-type': 'application/json', 'cache-control': 'no-store'}, body: '{"fileId":"a"}'
    })
  })

  test.each([
    ['InvalidUrlError', 400, false, 'A sentence.'],
    ['FileNotFoundError', 404, false, 'A sentence.'],
    ['EventPublishError', 502, true, expect.stringMatching(/^Something went wrong on our side/)]
  ] as const)('answers %s with %i', async (name, statusCode, retryable, message) => {
    const answer = await answering(async () => {
      throw new NamedError(name, 'A sentence.')
    })
    expect({statusCode: answer.statusCode, body: JSON.parse(answer.body ?? '')})
      .toEqual({statusCode, body: {error: {code: name, message, retryable}}})
  })

  test('says of a trouble on our side what the caller can do, and keeps the rest for the log', async () => {
    const answer = await answering(async () => {
      throw new NamedError('EventPublishError', 'Expected the bus to take FileRequested; it answered ThrottlingException.')
    })
    expect(JSON.parse(answer.body ?? '')).toEqual({error: {code: 'EventPublishError', retryable: true, message: expect.stringMatching(/^Something went wrong on our side/)}})
  })

  test('tells developers of a wrong parameter in their words', async () => {
    const answer = await answering(async () => {
      throw new NamedError('InvalidRequestError', 'Expected `limit` to be a whole number; got "x".')
    })
    expect(JSON.parse(answer.body ?? '')).toMatchObject({error: {message: 'Expected `limit` to be a whole number; got "x".'}})
  })

  test.each([new Error('a defect'), new NamedError('EnvironmentError', 'TABLE_NAME'), new NamedError('InvalidEventError', 'ours')])('throws %s on', async (error) => {
    await expect(answering(() => Promise.reject(error))).rejects.toBe(error)
  })
})

describe('route', () => {
  test('gives the request to its route', async () => {
    expect(await route(post('{}'), {'POST /files': async () => json(200, {})})).toEqual(json(200, {}))
  })

  test('refuses an unknown route', () => {
    expect(errorOf(() => route(post('{}'), {'GET /files': async () => json(200, {})}))).toBe('InvalidRequestError')
  })
})

describe('readUserId', () => {
  test('is the subject of the token', () => {
    expect(readUserId(apiEvent({routeKey: 'GET /files', user: 'alice'}))).toBe('alice')
  })

  test('is the IAM identity where there is no token', () => {
    const iam = {userArn: 'arn:aws:iam::123456789012:user/alice', userId: 'AIDA'}
    expect(readUserId(apiEvent({routeKey: 'GET /files', authorizer: {iam}}))).toBe(iam.userArn)
  })

  test('is the IAM user id where the ARN is longer than an event takes', () => {
    expect(readUserId(apiEvent({routeKey: 'GET /files', authorizer: {iam: {userArn: 'a'.repeat(257), userId: 'AIDA'}}}))).toBe('AIDA')
  })

  test.each([undefined, {jwt: {claims: {}}}, {jwt: {claims: {sub: ''}}}, {jwt: {claims: {sub: 7}}}])('refuses the authorizer %j', (authorizer) => {
    expect(errorOf(() => readUserId(apiEvent({routeKey: 'GET /files', user: null, authorizer})))).toBe('UnauthorizedError')
  })
})

describe('parseJsonBody', () => {
  test('reads a JSON object', () => {
    expect(parseJsonBody(post('{"url":"https://e.com/é"}'))).toEqual({url: 'https://e.com/é'})
  })

  test('reads a base64 body', () => {
    expect(parseJsonBody(post(Buffer.from('{"url":"é"}').toString('base64'), {isBase64Encoded: true}))).toEqual({url: 'é'})
  })

  test.each(['', 'no json', '[]', 'null', '"text"', '7'])('refuses %j', (body) => {
    expect(errorOf(() => parseJsonBody(post(body)))).toBe('InvalidRequestError')
  })

  test('refuses an absent body', () => {
    expect(errorOf(() => parseJsonBody(apiEvent({routeKey: 'POST /files'})))).toBe('InvalidRequestError')
  })

  test('takes 64 KiB and refuses a byte more', () => {
    const body = JSON.stringify({a: 'x'.repeat(65_536 - 8)})
    expect([errorOf(() => parseJsonBody(post(body))), errorOf(() => parseJsonBody(post(`${body} `)))]).toEqual([undefined, 'RequestTooLargeError'])
  })
})
