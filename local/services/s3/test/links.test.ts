import {GetObjectCommand, PutObjectCommand, S3Client} from '@aws-sdk/client-s3'
import {getSignedUrl} from '@aws-sdk/s3-request-presigner'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {clientFor} from '../../../runtime/engines/test/serve'
import {manualClock} from '../../events/test/manual-clock'
import {Bucket, credentials, openBucket, type TestBucket} from './bucket'

const clock = manualClock(Math.floor(Date.now() / 1000) * 1000)
let bucket: TestBucket
let signer: S3Client
beforeAll(async () => {
  bucket = await openBucket({clock})
  signer = new S3Client({...clientFor(bucket.served.address), credentials, forcePathStyle: true, responseChecksumValidation: 'WHEN_REQUIRED'})
  await bucket.client.send(new PutObjectCommand({Bucket, Key: 'media/a b+ü.txt', Body: '0123456789', ContentType: 'text/plain'}))
})
afterAll(() => bucket.close())

const link = (more: object = {}, expiresIn = 60): Promise<string> =>
  getSignedUrl(signer, new GetObjectCommand({Bucket, Key: 'media/a b+ü.txt', ...more}), {expiresIn, signingDate: new Date(clock.now())})

const codeOf = async (response: Response): Promise<[number, string | undefined, string | undefined]> => {
  const text = await response.text()
  return [response.status, /<Code>(.*)<\/Code>/.exec(text)?.[1], /<Message>(.*)<\/Message>/.exec(text)?.[1]]
}

describe('A presigned link', () => {
  it('brings the object without credentials, whole or in part', async () => {
    const url = await link()
    expect(await (await fetch(url)).text()).toBe('0123456789')
    const part = await fetch(url, {headers: {range: 'bytes=2-4'}})
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 2-4/10', '234'])
  })

  it('names and types the download as its signer wants', async () => {
    const response = await fetch(await link({ResponseContentDisposition: 'attachment; filename="clip (1).mp4"', ResponseContentType: 'video/mp4'}))
    expect([response.headers.get('content-disposition'), response.headers.get('content-type')]).toEqual(['attachment; filename="clip (1).mp4"', 'video/mp4'])
  })

  it('stores an object where it was signed for that', async () => {
    const url = await getSignedUrl(signer, new PutObjectCommand({Bucket, Key: 'put'}), {expiresIn: 60, signingDate: new Date(clock.now())})
    expect((await fetch(url, {method: 'PUT', body: 'by link'})).status).toBe(200)
    expect((await fetch(url)).status).toBe(403)
  })

  it('expires', async () => {
    const url = await link({}, 60)
    await clock.advance(60_000)
    expect((await fetch(url)).status).toBe(200)
    await clock.advance(1000)
    expect(await codeOf(await fetch(url))).toEqual([403, 'AccessDenied', 'Request has expired'])
  })

  it.each([
    ['another key', (url: string) => url.replace('media/a', 'media/b'), 'SignatureDoesNotMatch'],
    ['a longer life', (url: string) => url.replace('X-Amz-Expires=60', 'X-Amz-Expires=600'), 'SignatureDoesNotMatch'],
    ['one more parameter', (url: string) => `${url}&response-content-type=text%2Fhtml`, 'SignatureDoesNotMatch'],
    ['another signer', (url: string) => url.replace('Credential=local', 'Credential=other'), 'InvalidAccessKeyId'],
    ['no signature', (url: string) => url.replace(/X-Amz-Signature=\w+/, ''), 'SignatureDoesNotMatch']
  ])('is refused with %s', async (_what, forge, code) => {
    expect((await codeOf(await fetch(forge(await link())))).slice(0, 2)).toEqual([403, code])
  })

  it('is refused without dates', async () => {
    expect((await codeOf(await fetch((await link()).replace(/X-Amz-Date=\w+/, '')))).slice(0, 2)).toEqual([400, 'AuthorizationQueryParametersError'])
  })
})

describe('A link that another program makes', () => {
  it('by the keys of README.md works, but not for a website', async () => {
    const documented = new S3Client({
      ...clientFor(bucket.served.address), credentials: {accessKeyId: 'x', secretAccessKey: 'x'}, forcePathStyle: true, responseChecksumValidation: 'WHEN_REQUIRED'
    })
    const url = await getSignedUrl(documented, new GetObjectCommand({Bucket, Key: 'media/a b+ü.txt'}), {expiresIn: 60, signingDate: new Date(clock.now())})
    expect(await (await fetch(url)).text()).toBe('0123456789')
    expect((await codeOf(await fetch(url, {headers: {'sec-fetch-site': 'cross-site'}})))[1]).toBe('InvalidAccessKeyId')
  })

  it.each([
    ['a link', `${Bucket}/any?AWSAccessKeyId=x&Signature=abc%3D&Expires=4102444800`, {}],
    ['a header', `${Bucket}/any`, {authorization: 'AWS x:abc='}]
  ])('with a signature of version 2 in %s is told which to use', async (_, path, headers) => {
    const [status, code, message] = await codeOf(await fetch(`${bucket.served.address}/${path}`, {headers}))
    expect([status, code]).toEqual([400, 'InvalidRequest'])
    expect(message).toContain('AWS4-HMAC-SHA256')
  })
})
