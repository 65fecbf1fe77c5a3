import {request} from 'node:http'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {ServiceError} from '../errors'
import {serve, type Served} from '../../engines/test/serve'
import {createLocalApi, type LocalRoute} from '../router'

const routes: LocalRoute[] = [
  {method: 'GET', path: '/things/{name}', answer: ({path, query}) => ({...path, q: query.get('q')})},
  {method: 'POST', path: '/things/{name}', answer: async ({body}) => body()},
  {method: 'DELETE', path: '/things/{name}', answer: () => undefined},
  {method: 'GET', path: '/refusal', answer: () => { throw new ServiceError('OddException', 'Expected less.', 409) }}
]

let served: Served
beforeAll(async () => {
  served = await serve([], {signingName: 'execute-api', handle: (_request, response) => { response.end('api') }}, [createLocalApi(routes)])
})
afterAll(() => served.close())

interface Asked {
  readonly method?: string
  readonly body?: string
  readonly headers?: Record<string, string>
}

const ask = (path: string, {method = 'GET', body = '', headers = {}}: Asked = {}): Promise<{status: number | undefined, body: string}> => new Promise((resolve, reject) => {
  const {port} = new URL(served.address)
  request({port, host: '127.0.0.1', path, method, headers}, (response) => {
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve({status: response.statusCode, body: Buffer.concat(chunks).toString()}))
  }).on('error', reject).end(body)
})

const own = (): string => new URL(served.address).host

describe('The local API', () => {
  it('answers JSON with the names of the path, the query and the body', async () => {
    expect(await ask('/_local/things/a%2Fb?q=1')).toEqual({status: 200, body: '{"name":"a/b","q":"1"}'})
    expect(await ask('/_local/things/a', {method: 'POST', body: '{"x":[1]}'})).toEqual({status: 200, body: '{"x":[1]}'})
    expect(await ask('/_local/things/a', {method: 'DELETE'})).toEqual({status: 204, body: ''})
  })

  it('says what is wrong', async () => {
    expect(await ask('/_local/refusal')).toEqual({status: 409, body: '{"error":{"code":"OddException","message":"Expected less."}}'})
    expect((await ask('/_local/nowhere')).status).toBe(404)
    expect((await ask('/_local/things/a', {method: 'PUT'})).status).toBe(405)
    expect((await ask('/_local/things/a', {method: 'POST', body: '{'})).status).toBe(400)
  })

  it('leaves every other path to the HTTP API', async () => {
    expect(await ask('/_locals')).toEqual({status: 200, body: 'api'})
  })

  it('answers the console itself', async () => {
    expect((await ask('/_local/things/a', {headers: {origin: served.address, 'sec-fetch-site': 'same-origin'}})).status).toBe(200)
  })

  it.each([
    ['a site that resolves to this machine', {host: 'evil.example'}],
    ['a page of another site', {origin: 'https://evil.example', 'sec-fetch-site': 'cross-site'}],
    ['a picture on another site, which says no origin', {'sec-fetch-site': 'cross-site'}],
    ['a page that another program serves here', {origin: 'http://127.0.0.1:3000'}],
    ['a page of another port, without an origin', {'sec-fetch-site': 'same-site'}],
    ['a sandboxed frame', {origin: 'null'}]
  ])('refuses %s', async (_what, headers) => {
    expect((await ask('/_local/things/a', {headers: {host: own(), ...headers}})).status).toBe(403)
    expect((await ask('/_local/things/a', {method: 'POST', body: '{}', headers: {host: own(), ...headers}})).status).toBe(403)
  })
})
