import {
  CompleteMultipartUploadCommand, CopyObjectCommand, CreateBucketCommand, CreateMultipartUploadCommand, DeleteObjectsCommand,
  GetBucketEncryptionCommand, GetBucketLocationCommand, GetBucketVersioningCommand, GetObjectAttributesCommand, GetObjectCommand,
  GetObjectTaggingCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, PutObjectTaggingCommand, UploadPartCommand,
  UploadPartCopyCommand
} from '@aws-sdk/client-s3'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {refusal} from '../../../runtime/engines/test/serve'
import {parseWiring} from '../../../../shared/wiring/wiring'
import {Bucket, openBucket, type TestBucket} from './bucket'

const wiring = parseWiring({values: {root_module: {resources: [
  {address: '', type: 'aws_s3_bucket', name: 'Media', values: {bucket: Bucket, arn: `arn:aws:s3:::${Bucket}`}},
  {address: '', type: 'aws_s3_bucket_versioning', name: 'Media', values: {bucket: Bucket, versioning_configuration: [{status: 'Enabled'}]}},
  {address: '', type: 'aws_s3_bucket_server_side_encryption_configuration', name: 'Media', values: {
    bucket: Bucket, rule: [{apply_server_side_encryption_by_default: [{sse_algorithm: 'AES256', kms_master_key_id: ''}], bucket_key_enabled: true}]
  }}
]}}})

let bucket: TestBucket
beforeAll(async () => { bucket = await openBucket({wiring}) })
afterAll(() => bucket.close())

const put = (Key: string, Body: string, more = {}) => bucket.client.send(new PutObjectCommand({Bucket, Key, Body, ...more}))
const read = async (Key: string, more = {}) => (await bucket.client.send(new GetObjectCommand({Bucket, Key, ...more}))).Body!.transformToString()
const raw = async (method: string, path: string, body?: string) => {
  const response = await fetch(`${bucket.served.address}/${path}`, {method, ...(body !== undefined && {body}), headers: {
    authorization: 'AWS4-HMAC-SHA256 Credential=key/20260101/us-west-2/s3/aws4_request, SignedHeaders=host, Signature=0'
  }})
  return {status: response.status, body: await response.text()}
}

describe('Whatever is not known is refused before it acts', () => {
  it.each([
    ['PUT', 'encryption'], ['PUT', 'torrent'], ['PUT', 'legal-hold'], ['PUT', 'retention'], ['PUT', 'nonsense'], ['DELETE', 'retention'], ['DELETE', 'nonsense'],
    ['GET', 'torrent'], ['GET', 'nonsense'], ['POST', 'restore'], ['POST', 'select&select-type=2'], ['HEAD', 'nonsense']
  ])('%s key?%s', async (method, query) => {
    await put('kept', 'as it was')
    const {status, body} = await raw(method, `${Bucket}/kept?${query}`, method === 'PUT' || method === 'POST' ? 'other' : undefined)
    expect(status).toBe(501)
    expect(method === 'HEAD' || body.includes('<Code>NotImplemented</Code>')).toBe(true)
    expect(await read('kept')).toBe('as it was')
  })

  it.each(['versioning', 'encryption', 'nonsense', 'policy', 'lifecycle'])('PUT bucket?%s', async (query) => {
    expect(await raw('PUT', `${Bucket}?${query}`, '<X/>')).toMatchObject({status: 501, body: expect.stringContaining('NotImplemented')})
  })

  it('DELETE of a version that is none', async () => {
    await put('kept', 'as it was')
    expect(await raw('DELETE', `${Bucket}/kept?versionId=nosuch`)).toMatchObject({status: 400, body: expect.stringContaining('Invalid version id specified')})
    expect(await read('kept')).toBe('as it was')
  })
})

describe('The wiring decides what a bucket says of itself', () => {
  it('its versioning and encryption', async () => {
    expect((await bucket.client.send(new GetBucketVersioningCommand({Bucket}))).Status).toBe('Enabled')
    expect((await bucket.client.send(new GetBucketEncryptionCommand({Bucket}))).ServerSideEncryptionConfiguration!.Rules).toEqual([
      {ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'AES256'}, BucketKeyEnabled: true}
    ])
  })

  it('its location, once', async () => {
    expect((await bucket.client.send(new GetBucketLocationCommand({Bucket}))).LocationConstraint).toBe('us-west-2')
    expect((await raw('GET', `${Bucket}?location`)).body.match(/<LocationConstraint/g)).toHaveLength(1)
  })

  it('what it lacks, by the name that AWS has for it', async () => {
    expect((await raw('GET', `${Bucket}?website`)).body).toContain('NoSuchWebsiteConfiguration')
    expect((await raw('GET', `${Bucket}?cors`)).body).toContain('NoSuchCORSConfiguration')
  })

  it('that it is there already', async () => {
    expect(await refusal(bucket.client.send(new CreateBucketCommand({Bucket, CreateBucketConfiguration: {LocationConstraint: 'us-west-2'}}))))
      .toMatchObject({name: 'BucketAlreadyOwnedByYou', status: 409})
  })
})

describe('XML of other clients', () => {
  it('may have its quotes as numbers in an entity tag', async () => {
    const {UploadId} = await bucket.client.send(new CreateMultipartUploadCommand({Bucket, Key: 'go'}))
    const {ETag = ''} = await bucket.client.send(new UploadPartCommand({Bucket, Key: 'go', UploadId, PartNumber: 1, Body: 'part'}))
    const tag = `&#34;${ETag.replaceAll('"', '')}&#x22;`
    const document = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${tag}</ETag></Part></CompleteMultipartUpload>`
    expect(await raw('POST', `${Bucket}/go?uploadId=${UploadId}`, document)).toMatchObject({status: 200})
    expect(await read('go')).toBe('part')
  })

  it.each([['it\'s', 'it&#39;s'], ['ü', '&#xFC;'], ['a&b', 'a&amp;b'], ['&amp;', '&amp;amp;'], ['&#39;', '&amp;#39;'], ['<x>', '&lt;x&gt;']])('names %s as %s to delete', async (key, written) => {
    await put(key, 'x')
    expect((await raw('POST', `${Bucket}?delete`, `<Delete><Object><Key>${written}</Key></Object></Delete>`)).body).toContain('<Deleted>')
    expect((await refusal(read(key))).name).toBe('NoSuchKey')
  })
})

describe('Parts and attributes', () => {
  it('of an object that came in parts', async () => {
    const source = 'a'.repeat(6 * 1024 * 1024)
    await put('source', source)
    const {UploadId} = await bucket.client.send(new CreateMultipartUploadCommand({Bucket, Key: 'copied'}))
    const ranges = ['bytes=0-5242879', `bytes=5242880-${source.length - 1}`]
    const Parts = await Promise.all(ranges.map(async (CopySourceRange, index) => {
      const {CopyPartResult} = await bucket.client.send(new UploadPartCopyCommand({Bucket, Key: 'copied', UploadId, PartNumber: index + 1, CopySource: `${Bucket}/source`, CopySourceRange}))
      return {PartNumber: index + 1, ETag: CopyPartResult!.ETag}
    }))
    await bucket.client.send(new CompleteMultipartUploadCommand({Bucket, Key: 'copied', UploadId, MultipartUpload: {Parts}}))
    expect(await bucket.client.send(new HeadObjectCommand({Bucket, Key: 'copied', PartNumber: 2}))).toMatchObject({PartsCount: 2, ContentLength: source.length - 5_242_880})
    expect((await read('copied', {PartNumber: 2})).length).toBe(source.length - 5_242_880)
    expect(await bucket.client.send(new GetObjectAttributesCommand({Bucket, Key: 'copied', ObjectAttributes: ['ObjectParts', 'ObjectSize']})))
      .toMatchObject({ObjectSize: source.length, ObjectParts: {TotalPartsCount: 2}})
    expect((await refusal(bucket.client.send(new HeadObjectCommand({Bucket, Key: 'copied', PartNumber: 3})))).status).toBe(416)
  })

  it('tags are kept with the object', async () => {
    await put('tagged', 'x', {Tagging: 'a=1'})
    await bucket.client.send(new PutObjectTaggingCommand({Bucket, Key: 'tagged', Tagging: {TagSet: [{Key: 'b', Value: '2'}]}}))
    expect((await bucket.client.send(new GetObjectTaggingCommand({Bucket, Key: 'tagged'}))).TagSet).toEqual([{Key: 'b', Value: '2'}])
  })
})

describe('Conditions', () => {
  it('of a copy on its source', async () => {
    await put('from', 'x')
    const copy = (more = {}) => bucket.client.send(new CopyObjectCommand({Bucket, Key: 'to', CopySource: `${Bucket}/from`, ...more}))
    expect(await refusal(copy({CopySourceIfMatch: '"00000000000000000000000000000000"'}))).toMatchObject({name: 'PreconditionFailed', status: 412})
    await copy()
    expect(await read('to')).toBe('x')
  })

  it('of a copy onto itself', async () => {
    await put('same', 'x')
    expect(await refusal(bucket.client.send(new CopyObjectCommand({Bucket, Key: 'same', CopySource: `${Bucket}/same`})))).toMatchObject({name: 'InvalidRequest', status: 400})
  })

  it('of a write that no one knows', async () => {
    expect(await refusal(put('odd', 'x', {IfNoneMatch: '"etag"'}))).toMatchObject({name: 'NotImplemented', status: 501})
  })

  it('of completing an upload whose key was written meanwhile', async () => {
    const {ETag} = await put('raced', 'before')
    const {UploadId} = await bucket.client.send(new CreateMultipartUploadCommand({Bucket, Key: 'raced'}))
    const part = await bucket.client.send(new UploadPartCommand({Bucket, Key: 'raced', UploadId, PartNumber: 1, Body: 'after'}))
    await put('raced', 'meanwhile')
    const complete = (more: object) => bucket.client.send(new CompleteMultipartUploadCommand({
      Bucket, Key: 'raced', UploadId, MultipartUpload: {Parts: [{PartNumber: 1, ETag: part.ETag}]}, ...more
    }))
    expect((await refusal(complete({IfMatch: ETag}))).name).toBe('PreconditionFailed')
    expect((await refusal(complete({IfNoneMatch: '*'}))).name).toBe('PreconditionFailed')
  })

  it('of a composite checksum: each part brings its own', async () => {
    const {UploadId} = await bucket.client.send(new CreateMultipartUploadCommand({Bucket, Key: 'composite', ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE'}))
    const {ETag} = await bucket.client.send(new UploadPartCommand({Bucket, Key: 'composite', UploadId, PartNumber: 1, Body: 'part', ChecksumAlgorithm: 'SHA256'}))
    expect(await refusal(bucket.client.send(new CompleteMultipartUploadCommand({Bucket, Key: 'composite', UploadId, MultipartUpload: {Parts: [{PartNumber: 1, ETag}]}}))))
      .toMatchObject({name: 'InvalidRequest', status: 400})
  })
})

describe('A delete of many', () => {
  it('tells each version', async () => {
    const {VersionId} = await put('many', 'x')
    const {Deleted, Errors} = await bucket.client.send(new DeleteObjectsCommand({Bucket, Delete: {Objects: [{Key: 'many', VersionId}, {Key: 'many', VersionId: 'nosuch'}]}}))
    expect([Deleted, Errors?.map(({Code}) => Code)]).toEqual([[{Key: 'many', VersionId}], ['NoSuchVersion']])
    expect((await bucket.client.send(new ListObjectsV2Command({Bucket, Prefix: 'many'}))).KeyCount).toBe(0)
  })
})
