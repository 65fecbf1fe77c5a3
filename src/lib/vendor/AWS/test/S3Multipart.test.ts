import {createServer, type IncomingHttpHeaders, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterAll, beforeAll, beforeEach, expect, test} from '@jest/globals'

interface Asked {
  readonly method?: string
  readonly path?: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

const asked: Asked[] = []
let answers: Array<readonly [status: number, body: string]> = []
let server: Server
let uploadPart: typeof import('../S3Multipart').uploadPart
let createMultipartUpload: typeof import('../S3Multipart').createMultipartUpload

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      asked.push({method: request.method, path: request.url, headers: request.headers, body: Buffer.concat(chunks).toString()})
      const [status, body] = answers.shift() ?? [200, '']
      response.writeHead(status, {etag: '"part"'}).end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  Object.assign(process.env, {
    AWS_REGION: 'us-west-2', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  });
  ({uploadPart, createMultipartUpload} = await import('../S3Multipart'))
})
afterAll(async () => {
  const {s3} = await import('../S3Client')
  s3.destroy()
  await new Promise((resolve) => server.close(resolve))
})
beforeEach(() => {
  asked.length = 0
  answers = []
})

const part = {Bucket: 'media', Key: 'media/a.mp4', UploadId: 'upload', PartNumber: 3, Body: Buffer.from('bytes'), ContentLength: 5, ChecksumCRC32: 'pwoBmA=='}

test('a part goes out as it is, under its checksum, its request signed and its bytes not', async () => {
  expect(await uploadPart(part)).toMatchObject({ETag: '"part"'})
  expect(asked).toEqual([{
    method: 'PUT', path: '/media/media/a.mp4?partNumber=3&uploadId=upload&x-id=UploadPart', body: 'bytes',
    headers: expect.objectContaining({
      'content-length': '5', 'x-amz-checksum-crc32': 'pwoBmA==', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
      authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 .*SignedHeaders=[^,]*x-amz-checksum-crc32;x-amz-content-sha256/)
    })
  }])
})

test('a part is sent again, the same bytes, where S3 wants it later', async () => {
  answers = [[503, '<Error><Code>SlowDown</Code><Message>later</Message></Error>'], [200, '']]
  await uploadPart(part)
  expect(asked.map(({body}) => body)).toEqual(['bytes', 'bytes'])
})

test('a refusal of S3 keeps its name', async () => {
  answers = [[404, '<Error><Code>NoSuchUpload</Code><Message>gone</Message></Error>']]
  await expect(uploadPart(part)).rejects.toMatchObject({name: 'NoSuchUpload', $metadata: {httpStatusCode: 404}})
})

test('every other request is signed whole', async () => {
  answers = [[200, '<InitiateMultipartUploadResult><UploadId>upload</UploadId></InitiateMultipartUploadResult>']]
  expect(await createMultipartUpload({Bucket: 'media', Key: 'media/a.mp4'})).toMatchObject({UploadId: 'upload'})
  expect(asked[0]?.headers['x-amz-content-sha256']).toMatch(/^[0-9a-f]{64}$/)
})
