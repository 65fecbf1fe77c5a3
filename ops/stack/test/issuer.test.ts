import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterEach, describe, expect, it} from '@jest/globals'
import {changesAuthorizer} from '../guard'
import {judgeIssuer} from '../issuer'

const discovery = '/.well-known/openid-configuration'
const keys = {keys: [{kid: '1', kty: 'RSA'}]}

let server: Server | undefined
let requested: string[] = []

/** An issuer on loopback; a reply is JSON, a text as it is, a number a status, or it redirects to a path. */
const startIssuer = async (replies: (address: string) => Readonly<Record<string, unknown>>): Promise<string> => {
  server = createServer(({url = ''}, response) => {
    requested.push(url)
    const reply = replies(address)[url] ?? 404
    if (typeof reply === 'number') {
      response.writeHead(reply).end()
    } else if (typeof reply === 'string' && reply.startsWith('/')) {
      response.writeHead(302, {location: reply}).end()
    } else {
      response.end(typeof reply === 'string' ? reply : JSON.stringify(reply))
    }
  })
  await new Promise<void>((resolve) => void server!.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return address
}

afterEach(() => {
  requested = []
  server?.close()
  server?.closeAllConnections()
  server = undefined
})

describe('an issuer', () => {
  it('is right if its document names it and there are keys', async () => {
    const issuer = await startIssuer((address) => ({[discovery]: {issuer: address, jwks_uri: `${address}/keys`}, '/keys': keys}))
    expect([await judgeIssuer(issuer), requested]).toEqual([{kind: 'right', sentence: `${issuer}, one key at ${issuer}/keys`}, [discovery, '/keys']])
  })

  it('has its document below its path, with one slash', async () => {
    const issuer = await startIssuer((address) => ({
      [`/pool${discovery}`]: {issuer: `${address}/pool/`, jwks_uri: `${address}/keys`}, '/keys': {keys: [{kid: '1'}, {kid: '2'}]}
    }))
    expect(await judgeIssuer(`${issuer}/pool/`)).toEqual({kind: 'right', sentence: `${issuer}/pool/, 2 keys at ${issuer}/keys`})
  })

  it.each<[string, (address: string) => Readonly<Record<string, unknown>>, RegExp]>([
    ['has no document', () => ({}), /^There is no discovery document at http:\S+ \(HTTP 404\): API Gateway would refuse the authorizer\. Check jwt_issuer\.$/],
    ['fails', () => ({[discovery]: 503}), /^There is no discovery document .* \(HTTP 503\)/],
    ['answers with a page', () => ({[discovery]: '<html>'}), /^There is no discovery document .* \(HTTP 200\)/],
    ['answers with null', () => ({[discovery]: 'null'}), /^There is no discovery document .* \(HTTP 200\)/],
    ['redirects, which API Gateway does not follow', () => ({[discovery]: '/elsewhere', '/elsewhere': {}}), /^There is no discovery document .* \(HTTP 302\)/],
    ['calls itself something else', (address) => ({[discovery]: {issuer: `${address}/`, jwks_uri: `${address}/keys`}, '/keys': keys}), /says that its issuer is http:\S+\/: jwt_issuer has to be that, to the last slash, and is http:\S+\d\.$/],
    ['names no keys', (address) => ({[discovery]: {issuer: address}}), /^The discovery document of http:\S+ names no jwks_uri/],
    ['has an empty set of keys', (address) => ({[discovery]: {issuer: address, jwks_uri: `${address}/keys`}, '/keys': {keys: []}}), /^The issuer http:\S+ has no keys at http:\S+\/keys \(HTTP 200\)/],
    ['has lost its keys', (address) => ({[discovery]: {issuer: address, jwks_uri: `${address}/keys`}}), /^The issuer .* has no keys at .* \(HTTP 404\)/]
  ])('is wrong if it %s', async (_, replies, sentence) => {
    expect(await judgeIssuer(await startIssuer(replies))).toEqual({kind: 'wrong', sentence: expect.stringMatching(sentence)})
  })

  it('is silent if no one answers, with the reason', async () => {
    const issuer = await startIssuer(() => ({}))
    await new Promise((resolve) => server!.close(resolve))
    expect(await judgeIssuer(issuer)).toEqual({kind: 'silent', sentence: expect.stringMatching(/^The issuer http:\S+ does not answer this machine: .*ECONNREFUSED/)})
  })
})

describe('a plan', () => {
  const planOf = (type: string, ...actions: string[]) => ({resource_changes: [{address: `${type}.Jwt[0]`, type, change: {actions}}]})

  it.each([['create'], ['update'], ['create', 'delete']])('that says %s of the authorizer makes API Gateway ask the issuer', (...actions) => {
    expect(changesAuthorizer(planOf('aws_apigatewayv2_authorizer', ...actions))).toBe(true)
  })

  it('that leaves the authorizer as it is, takes it away or has none does not', () => {
    expect([planOf('aws_apigatewayv2_authorizer', 'no-op'), planOf('aws_apigatewayv2_authorizer', 'delete'), planOf('aws_apigatewayv2_route', 'update'), {}]
      .map(changesAuthorizer)).toEqual([false, false, false, false])
  })
})
