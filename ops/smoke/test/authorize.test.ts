import {createHash, createHmac} from 'node:crypto'
import {expect, test} from '@jest/globals'
import {authorizeBy, signed} from '../authorize'
import {smoke} from '../command'
import {type Options, readOptions} from '../options'

const credentials = {accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', sessionToken: 'session'}
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html, step by step. */
const expectedSignature = (canonicalRequest: string, time: string, region: string): string => {
  const scope = `${time.slice(0, 8)}/${region}/execute-api/aws4_request`
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`)
  return hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonicalRequest)].join('\n')).toString('hex')
}

test('signs host, content, time and session for API Gateway in its Region', async () => {
  const url = new URL('https://a1.execute-api.eu-central-1.amazonaws.com/files?limit=10')
  const body = '{"url":"https://example.com/a.mp4"}'
  const headers = await signed('eu-central-1', credentials)({method: 'POST', url, body})
  const time = headers['x-amz-date']!
  const names = 'content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token'
  const canonical = ['POST', '/files', 'limit=10', 'content-type:application/json', 'host:a1.execute-api.eu-central-1.amazonaws.com',
    `x-amz-content-sha256:${sha256(body)}`, `x-amz-date:${time}`, 'x-amz-security-token:session', '', names, sha256(body)].join('\n')
  expect(headers).toEqual({
    'content-type': 'application/json', 'x-amz-content-sha256': sha256(body), 'x-amz-date': expect.stringMatching(/^\d{8}T\d{6}Z$/), 'x-amz-security-token': 'session',
    authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${time.slice(0, 8)}/eu-central-1/execute-api/aws4_request, `
      + `SignedHeaders=${names}, Signature=${expectedSignature(canonical, time, 'eu-central-1')}`
  })
})

const options = async (...args: string[]): Promise<Options> => readOptions((await smoke.read(args))!, {})
const ask = {method: 'GET', url: new URL('https://example.com/files')}

test('is the user whose token is given', async () => {
  expect(await authorizeBy(await options('--endpoint', 'https://example.com', '--token', 'jwt'))(ask)).toEqual({authorization: 'Bearer jwt'})
})

test('is a name on the embedded AWS', async () => {
  expect(await authorizeBy(await options('--endpoint', 'http://127.0.0.1:4510'))(ask)).toEqual({authorization: 'Bearer smoke'})
})
