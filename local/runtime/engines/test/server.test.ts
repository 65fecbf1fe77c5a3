import {request} from 'node:http'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import type {Service} from '../../core/types'
import {serve, type Served} from './serve'

const named = (signingName: string): Service => ({signingName, handle: (_request, response) => { response.end(signingName) }})

let served: Served
beforeAll(async () => { served = await serve([named('s3'), named('events')], named('execute-api')) })
afterAll(() => served.close())

const get = (path: string, headers: Record<string, string> = {}): Promise<[number | undefined, string]> => new Promise((resolve, reject) => {
  const {port} = new URL(served.address)
  request({port, host: '127.0.0.1', path, headers}, (response) => {
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve([response.statusCode, Buffer.concat(chunks).toString()]))
  }).on('error', reject).end()
})

const authorization = (service: string): string => `AWS4-HMAC-SHA256 Credential=AKID/20260101/us-west-2/${service}/aws4_request, SignedHeaders=host, Signature=abc`

describe('The one address', () => {
  it.each([
    ['a signed request', '/', {authorization: authorization('events')}, 'events'],
    ['a presigned one', '/bucket/key?X-Amz-Credential=AKID%2F20260101%2Fus-west-2%2Fs3%2Faws4_request', {}, 's3'],
    ['one signed for the API', '/files', {authorization: authorization('execute-api')}, 'execute-api'],
    ['an unsigned one', '/files', {}, 'execute-api'],
    ['one whose target looks like a host', '//', {}, 'execute-api'],
    ['one whose target looks like a host with a port that is none', '//a:b', {}, 'execute-api'],
    ['one with another authorization', '/files', {authorization: 'Bearer Credential=a/b/c/s3/d'}, 'execute-api']
  ])('routes %s', async (_what, path, headers, service) => {
    expect(await get(path, headers)).toEqual([200, service])
  })

  it('says what service it lacks', async () => {
    expect(await get('/', {authorization: authorization('athena')})).toEqual([501, '{"message":"The embedded AWS has no service \'athena\'."}'])
  })

  it.each(['127.0.0.1', '127.0.0.1:4510', 'localhost:1', 'LOCALHOST', '[::1]:4510', 'bucket.localhost:4510'])('is known as %s', async (host) => {
    expect((await get('/', {host}))[0]).toBe(200)
  })

  it.each<Record<string, string>>([
    {host: 'evil.example'}, {host: '127.0.0.1.evil.example'}, {host: 'localhost.evil.example:4510'}, {host: '127.0.0.2'},
    {origin: 'https://evil.example'}, {origin: 'null'}, {origin: 'http://localhost.evil.example'}, {host: 'evil.example', authorization: authorization('events')}
  ])('answers no web page of others: %j', async (headers) => {
    expect((await get('/', headers))[0]).toBe(403)
  })

  it('listens on loopback alone', () => {
    expect(served.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })
})
