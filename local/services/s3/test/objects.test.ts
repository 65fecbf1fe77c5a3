import {readFile} from 'node:fs/promises'
import {Readable} from 'node:stream'
import {
  CopyObjectCommand, DeleteObjectCommand, DeleteObjectsCommand, GetObjectTorrentCommand, GetObjectCommand, HeadBucketCommand, HeadObjectCommand,
  ListBucketsCommand, ListObjectsCommand, ListObjectsV2Command, PutObjectCommand, type PutObjectCommandInput
} from '@aws-sdk/client-s3'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {refusal} from '../../../runtime/engines/test/serve'
import {Bucket, openBucket, type TestBucket} from './bucket'

let bucket: TestBucket
beforeAll(async () => { bucket = await openBucket() })
afterAll(() => bucket.close())

const put = (Key: string, Body: PutObjectCommandInput['Body'], more: Partial<PutObjectCommandInput> = {}) =>
  bucket.client.send(new PutObjectCommand({Bucket, Key, Body, ...more}))

const get = async (Key: string, more: object = {}): Promise<string> =>
  (await bucket.client.send(new GetObjectCommand({Bucket, Key, ...more}))).Body!.transformToString()

describe('An object', () => {
  it('comes back with its headers and metadata', async () => {
    await put('docs/hello.txt', 'hello', {
      ContentType: 'text/plain', ContentEncoding: 'identity', CacheControl: 'no-cache', ContentDisposition: 'inline', ContentLanguage: 'en',
      Metadata: {'file-id': 'url-1', note: 'ä'}
    })
    const {Body, $metadata: _, LastModified, ...answer} = await bucket.client.send(new GetObjectCommand({Bucket, Key: 'docs/hello.txt'}))
    expect(await Body!.transformToString()).toBe('hello')
    expect(LastModified).toBeInstanceOf(Date)
    expect(answer).toMatchObject({
      AcceptRanges: 'bytes', ContentLength: 5, ContentType: 'text/plain', ContentEncoding: 'identity', CacheControl: 'no-cache', ContentDisposition: 'inline',
      ContentLanguage: 'en', ETag: '"5d41402abc4b2a76b9719d911017c592"', Metadata: {'file-id': 'url-1'}, ChecksumCRC32: 'NhCmhg==', ChecksumType: 'FULL_OBJECT'
    })
  })

  it('is one plain file', async () => {
    await put('plain.txt', 'plain')
    expect(await readFile(bucket.service.objectPath(Bucket, 'plain.txt')!, 'utf8')).toBe('plain')
  })

  it('keeps any key that S3 allows', async () => {
    const keys = ['a b/ü+~(1)!\'*.txt', '../../etc/passwd', 'x/./y/../z', 'trailing/', 'quote".txt', '%25', 'AbC', 'aBc', '日本/語']
    await Promise.all(keys.map((key) => put(`odd/${key}`, key)))
    expect(await Promise.all(keys.map((key) => get(`odd/${key}`)))).toEqual(keys)
    const {Contents} = await bucket.client.send(new ListObjectsV2Command({Bucket, Prefix: 'odd/'}))
    expect(Contents!.map(({Key}) => Key)).toEqual(keys.map((key) => `odd/${key}`).sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))))
    expect(keys.map((key) => bucket.service.objectPath(Bucket, `odd/${key}`)!.startsWith(bucket.folder))).toEqual(keys.map(() => true))
  })

  it('may be empty', async () => {
    await put('empty', new Uint8Array(0))
    const {ContentLength, ETag} = await bucket.client.send(new HeadObjectCommand({Bucket, Key: 'empty'}))
    expect([ContentLength, ETag, await get('empty')]).toEqual([0, '"d41d8cd98f00b204e9800998ecf8427e"', ''])
  })

  it('comes from a stream of unknown chunks', async () => {
    await put('streamed', Readable.from([Buffer.alloc(70_000, 'a'), Buffer.alloc(1, 'b'), Buffer.alloc(30_000, 'c')]), {ContentLength: 100_001})
    const text = await get('streamed')
    expect([text.length, text.slice(69_999, 70_002)]).toEqual([100_001, 'abc'])
  })

  it('is replaced as a whole', async () => {
    await put('replaced', 'first and long')
    const before = bucket.service.objectPath(Bucket, 'replaced')
    await put('replaced', 'second')
    expect(await get('replaced')).toBe('second')
    expect(bucket.service.objectPath(Bucket, 'replaced')).not.toBe(before)
  })

  it('is gone once deleted, twice if need be', async () => {
    await put('gone', 'x')
    for (const _ of [1, 2]) {
      expect((await bucket.client.send(new DeleteObjectCommand({Bucket, Key: 'gone'}))).$metadata.httpStatusCode).toBe(204)
    }
    expect(await refusal(get('gone'))).toEqual({name: 'NoSuchKey', message: 'The specified key does not exist.', status: 404})
    expect((await refusal(bucket.client.send(new HeadObjectCommand({Bucket, Key: 'gone'})))).status).toBe(404)
    expect(bucket.service.objectPath(Bucket, 'gone')).toBeUndefined()
  })

  it('is copied with its metadata', async () => {
    await put('source ä', 'copy me', {Metadata: {a: '1'}, ContentType: 'text/x'})
    await bucket.client.send(new CopyObjectCommand({Bucket, Key: 'target', CopySource: encodeURIComponent(`${Bucket}/source ä`)}))
    const {Metadata, ContentType} = await bucket.client.send(new HeadObjectCommand({Bucket, Key: 'target'}))
    expect([await get('target'), Metadata, ContentType]).toEqual(['copy me', {a: '1'}, 'text/x'])
  })
})

describe('A range', () => {
  beforeAll(async () => { await put('digits', '0123456789') })

  it.each([
    ['bytes=0-0', '0', 'bytes 0-0/10'],
    ['bytes=2-5', '2345', 'bytes 2-5/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-99', '0123456789', 'bytes 0-9/10'],
    ['bytes=5-999', '56789', 'bytes 5-9/10']
  ])('is served: %s', async (Range, text, ContentRange) => {
    const answer = await bucket.client.send(new GetObjectCommand({Bucket, Key: 'digits', Range}))
    expect([answer.$metadata.httpStatusCode, answer.ContentRange, answer.ContentLength, await answer.Body!.transformToString()])
      .toEqual([206, ContentRange, text.length, text])
  })

  it.each(['bytes=10-', 'bytes=99-100', 'bytes=-0'])('beyond the end is refused: %s', async (Range) => {
    expect(await refusal(get('digits', {Range}))).toEqual({name: 'InvalidRange', message: 'The requested range is not satisfiable', status: 416})
  })

  it.each(['bytes=5-2', 'lines=1-2', 'bytes=0-1,4-5'])('that is none brings the whole: %s', async (Range) => {
    expect(await get('digits', {Range})).toBe('0123456789')
  })
})

describe('A condition', () => {
  const etag = '"5d41402abc4b2a76b9719d911017c592"'
  beforeAll(async () => { await put('conditional', 'hello') })

  it.each([
    [{IfMatch: etag}, 200],
    [{IfMatch: '"other"'}, 412],
    [{IfNoneMatch: etag}, 304],
    [{IfNoneMatch: '"other"'}, 200],
    [{IfModifiedSince: new Date('2001-01-01')}, 200],
    [{IfModifiedSince: new Date(Date.now() + 60_000)}, 304],
    [{IfUnmodifiedSince: new Date('2001-01-01')}, 412],
    [{IfMatch: etag, IfUnmodifiedSince: new Date('2001-01-01')}, 200]
  ])('decides a read: %j', async (condition, status) => {
    const read: Promise<{$metadata: {httpStatusCode?: number}}> = bucket.client.send(new GetObjectCommand({Bucket, Key: 'conditional', ...condition}))
    const {$metadata} = await read.catch((error: Awaited<typeof read>) => error)
    expect($metadata.httpStatusCode).toBe(status)
  })

  it('keeps a write from replacing what is there', async () => {
    expect((await refusal(put('conditional', 'x', {IfNoneMatch: '*'}))).name).toBe('PreconditionFailed')
    expect((await refusal(put('conditional', 'x', {IfMatch: '"other"'}))).name).toBe('PreconditionFailed')
    await put('conditional', 'hello', {IfMatch: etag})
    await put('only-once', 'x', {IfNoneMatch: '*'})
    expect(await get('conditional')).toBe('hello')
  })
})

describe('A list', () => {
  const list = async (more: object) => {
    const {Contents = [], CommonPrefixes = [], ...rest} = await bucket.client.send(new ListObjectsV2Command({Bucket, Prefix: 'list/', ...more}))
    const [keys, prefixes] = [Contents.map(({Key}) => Key), CommonPrefixes.map(({Prefix}) => Prefix)]
    return {keys, prefixes, next: rest.NextContinuationToken, count: rest.KeyCount}
  }

  beforeAll(async () => {
    for (const key of ['list/a', 'list/b/1', 'list/b/2', 'list/c', 'list/d/1', 'lisu']) {
      await put(key, 'x')
    }
  })

  it('has the keys with a prefix, in order', async () => {
    expect(await list({})).toEqual({keys: ['list/a', 'list/b/1', 'list/b/2', 'list/c', 'list/d/1'], prefixes: [], next: undefined, count: 5})
  })

  it('folds what lies behind the delimiter', async () => {
    expect(await list({Delimiter: '/'})).toEqual({keys: ['list/a', 'list/c'], prefixes: ['list/b/', 'list/d/'], next: undefined, count: 4})
  })

  it('continues where it was cut', async () => {
    const pages = []
    let ContinuationToken: string | undefined
    do {
      const page = await list({Delimiter: '/', MaxKeys: 1, ContinuationToken})
      pages.push([...page.keys, ...page.prefixes])
      ContinuationToken = page.next
    } while (ContinuationToken !== undefined)
    expect(pages).toEqual([['list/a'], ['list/b/'], ['list/c'], ['list/d/']])
  })

  it('starts after a key', async () => {
    expect((await list({StartAfter: 'list/b/2'})).keys).toEqual(['list/c', 'list/d/1'])
  })

  it('is there in its first version too', async () => {
    const {Contents, IsTruncated} = await bucket.client.send(new ListObjectsCommand({Bucket, Prefix: 'list/', Marker: 'list/b/1', MaxKeys: 2}))
    expect([Contents!.map(({Key}) => Key), IsTruncated]).toEqual([['list/b/2', 'list/c'], true])
  })

  it('of keys is deleted at once', async () => {
    const {Deleted} = await bucket.client.send(new DeleteObjectsCommand({Bucket, Delete: {Objects: [{Key: 'list/a'}, {Key: 'list/none & "such"'}]}}))
    expect(Deleted).toEqual([{Key: 'list/a'}, {Key: 'list/none & "such"'}])
    expect((await list({})).keys).toEqual(['list/b/1', 'list/b/2', 'list/c', 'list/d/1'])
  })
})

describe('The service', () => {
  it('knows the buckets of the wiring alone', async () => {
    expect((await bucket.client.send(new ListBucketsCommand({}))).Buckets!.map(({Name}) => Name)).toEqual([Bucket])
    expect((await bucket.client.send(new HeadBucketCommand({Bucket}))).BucketRegion).toBe('us-west-2')
    expect(await refusal(bucket.client.send(new ListObjectsV2Command({Bucket: 'other-bucket'}))))
      .toEqual({name: 'NoSuchBucket', message: 'The specified bucket does not exist', status: 404})
  })

  it('says what it does not have', async () => {
    expect((await refusal(bucket.client.send(new GetObjectTorrentCommand({Bucket, Key: 'any'})))).name).toBe('NotImplemented')
  })

  it('refuses metadata above 2 KB', async () => {
    expect((await refusal(put('fat', 'x', {Metadata: {a: 'x'.repeat(2048)}}))).name).toBe('MetadataTooLarge')
  })

  it('refuses a key above 1,024 bytes', async () => {
    expect((await refusal(put('ü'.repeat(513), 'x'))).name).toBe('KeyTooLongError')
  })
})
