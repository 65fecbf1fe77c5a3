import {createHash} from 'node:crypto'
import {
  CompleteMultipartUploadCommand, CreateMultipartUploadCommand, GetObjectCommand, PutObjectCommand, UploadPartCommand,
  type ChecksumAlgorithm, type ChecksumType
} from '@aws-sdk/client-s3'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import fc from 'fast-check'
import {refusal} from '../../../runtime/engines/test/serve'
import {computeChecksum} from '../checksums'
import {readPayload} from '../chunked'
import {combineCrcs} from '../crc-combine'
import {Bucket, openBucket, type TestBucket} from './bucket'

let bucket: TestBucket
beforeAll(async () => { bucket = await openBucket() })
afterAll(() => bucket.close())

const names = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const
const crcs = ['CRC32', 'CRC32C', 'CRC64NVME'] as const

describe('A checksum', () => {
  // https://datatracker.ietf.org/doc/html/rfc3720#appendix-B.4 and the check values of the CRC catalogue, of "123456789".
  it.each([
    ['CRC32', 'y/Q5Jg=='], ['CRC32C', '4waSgw=='], ['CRC64NVME', 'rosUhgp5mIg='],
    ['SHA1', createHash('sha1').update('123456789').digest('base64')], ['SHA256', createHash('sha256').update('123456789').digest('base64')]
  ] as const)('has its known value: %s', async (name, value) => {
    expect(await computeChecksum(name, Buffer.from('123456789'))).toBe(value)
  })

  it.each(names)('is checked on the way in and told on the way out: %s', async (name) => {
    const body = Buffer.from(`a body for ${name}`)
    const checksum = await computeChecksum(name, body)
    await bucket.client.send(new PutObjectCommand({Bucket, Key: name, Body: body, ChecksumAlgorithm: name, [`Checksum${name}`]: checksum}))
    const answer = await bucket.client.send(new GetObjectCommand({Bucket, Key: name, ChecksumMode: 'ENABLED'}))
    expect([answer[`Checksum${name}`], answer.ChecksumType]).toEqual([checksum, 'FULL_OBJECT'])
  })

  it.each(names)('that does not match refuses the object: %s', async (name) => {
    const wrong = await computeChecksum(name, Buffer.from('something else'))
    const sent = bucket.client.send(new PutObjectCommand({Bucket, Key: 'wrong', Body: 'body', [`Checksum${name}`]: wrong}))
    expect(await refusal(sent)).toEqual({name: 'BadDigest', message: `The ${name} you specified did not match the calculated checksum.`, status: 400})
    expect((await refusal(bucket.client.send(new GetObjectCommand({Bucket, Key: 'wrong'})))).name).toBe('NoSuchKey')
  })

  it('of MD5 that does not match refuses the object', async () => {
    const sent = bucket.client.send(new PutObjectCommand({Bucket, Key: 'wrong', Body: 'body', ContentMD5: createHash('md5').update('other').digest('base64')}))
    expect((await refusal(sent)).name).toBe('BadDigest')
  })

  it.each(crcs)('of the whole follows from those of the parts: %s', async (name) => {
    await fc.assert(fc.asyncProperty(fc.array(fc.uint8Array({minLength: 1, maxLength: 300}), {minLength: 1, maxLength: 5}), async (parts) => {
      const each = await Promise.all(parts.map(async (part) => ({checksum: await computeChecksum(name, Buffer.from(part)), size: part.length})))
      expect(combineCrcs(name, each)).toBe(await computeChecksum(name, Buffer.concat(parts)))
    }), {numRuns: 50})
  })
})

describe('The checksum of a multipart upload', () => {
  const bodies = [Buffer.alloc(5 * 1024 * 1024, 'a'), Buffer.from('the end')]

  const upload = async (ChecksumAlgorithm: ChecksumAlgorithm, type?: ChecksumType) => {
    const Key = `${ChecksumAlgorithm}-${type}`
    const {UploadId} = await bucket.client.send(new CreateMultipartUploadCommand({Bucket, Key, ChecksumAlgorithm, ...(type && {ChecksumType: type})}))
    const Parts = await Promise.all(bodies.map(async (Body, index) => {
      const PartNumber = index + 1
      const command = new UploadPartCommand({Bucket, Key, UploadId, PartNumber, Body, ChecksumAlgorithm})
      const {ETag, $metadata: _, ...part} = await bucket.client.send(command)
      return {PartNumber, ETag, [`Checksum${ChecksumAlgorithm}`]: part[`Checksum${ChecksumAlgorithm}` as keyof typeof part]}
    }))
    return bucket.client.send(new CompleteMultipartUploadCommand({Bucket, Key, UploadId, MultipartUpload: {Parts}}))
  }

  it.each([['CRC32', undefined], ['CRC32C', 'COMPOSITE'], ['SHA1', undefined], ['SHA256', undefined]] as const)('is one of checksums: %s %s', async (name, type) => {
    const answer = await upload(name, type)
    const digests = await Promise.all(bodies.map(async (body) => Buffer.from(await computeChecksum(name, body), 'base64')))
    expect([answer[`Checksum${name}`], answer.ChecksumType]).toEqual([`${await computeChecksum(name, Buffer.concat(digests))}-2`, 'COMPOSITE'])
  })

  it.each([['CRC64NVME', undefined], ['CRC32', 'FULL_OBJECT'], ['CRC32C', 'FULL_OBJECT']] as const)('is that of the whole: %s %s', async (name, type) => {
    const answer = await upload(name, type)
    expect([answer[`Checksum${name}`], answer.ChecksumType]).toEqual([await computeChecksum(name, Buffer.concat(bodies)), 'FULL_OBJECT'])
  })

  it.each([['SHA256', 'FULL_OBJECT'], ['CRC64NVME', 'COMPOSITE']] as const)('cannot be: %s %s', async (name, type) => {
    expect((await refusal(upload(name, type))).name).toBe('InvalidRequest')
  })

  it('wants one algorithm for all parts', async () => {
    const {UploadId} = await bucket.client.send(new CreateMultipartUploadCommand({Bucket, Key: 'mixed', ChecksumAlgorithm: 'SHA256'}))
    const sent = bucket.client.send(new UploadPartCommand({Bucket, Key: 'mixed', UploadId, PartNumber: 1, Body: 'x', ChecksumAlgorithm: 'CRC32'}))
    expect(await refusal(sent)).toEqual({
      name: 'InvalidRequest', message: 'Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: crc32', status: 400
    })
  })
})

describe('aws-chunked', () => {
  const headers = {'content-encoding': 'aws-chunked'}
  const cut = async function* (text: string, size: number): AsyncGenerator<Buffer> {
    for (let at = 0; at < text.length; at += size) {
      yield Buffer.from(text.slice(at, at + size))
    }
  }
  const decode = async (text: string, size = 1000) => {
    const payload = readPayload(cut(text, size), headers)
    const chunks: Buffer[] = []
    for await (const chunk of payload.chunks) {
      chunks.push(chunk)
    }
    return {body: Buffer.concat(chunks).toString(), trailers: payload.trailers}
  }

  it.each([1, 2, 3, 7, 1000])('is decoded wherever the network cuts it: every %i bytes', async (size) => {
    const text = '5;chunk-signature=abc\r\nhello\r\n2\r\n\r\n\r\n0;chunk-signature=def\r\nX-Amz-Checksum-Crc32: abc=\r\nx-amz-trailer-signature:xyz\r\n\r\n'
    expect(await decode(text, size)).toEqual({body: 'hello\r\n', trailers: {'x-amz-checksum-crc32': 'abc=', 'x-amz-trailer-signature': 'xyz'}})
  })

  it.each([
    ['a chunk that ends early', '5\r\nhel'], ['a chunk that continues', '5\r\nhelloworld\r\n0\r\n\r\n'], ['no size', 'hello\r\n'],
    ['no end', '5\r\nhello\r\n'], ['a line without end', 'a'.repeat(20_000)]
  ])('is refused with %s', async (_what, text) => {
    await expect(decode(text)).rejects.toMatchObject({code: 'IncompleteBody'})
  })
})
