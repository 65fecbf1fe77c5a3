import {createHash} from 'node:crypto'
import {mkdtempSync, rmSync} from 'node:fs'
import {readdir, readFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {
  AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateMultipartUploadCommand, GetObjectCommand, HeadObjectCommand,
  ListMultipartUploadsCommand, ListPartsCommand, UploadPartCommand, type CompletedPart, type CreateMultipartUploadCommandInput
} from '@aws-sdk/client-s3'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {openStore} from '../../../runtime/core/store'
import {refusal} from '../../../runtime/engines/test/serve'
import {Bucket, openBucket, type TestBucket} from './bucket'

const mebibyte = 1024 * 1024
const five = 5 * mebibyte
const md5 = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex')
const filled = (size: number, byte: number): Buffer => Buffer.alloc(size, byte)

let bucket: TestBucket
beforeAll(async () => { bucket = await openBucket() })
afterAll(() => bucket.close())

const create = async (Key: string, more: Partial<CreateMultipartUploadCommandInput> = {}, on = bucket): Promise<string> =>
  (await on.client.send(new CreateMultipartUploadCommand({Bucket, Key, ...more}))).UploadId!

const upload = async (Key: string, UploadId: string, PartNumber: number, Body: Buffer, on = bucket): Promise<CompletedPart> => {
  const {ETag} = await on.client.send(new UploadPartCommand({Bucket, Key, UploadId, PartNumber, Body}))
  return {PartNumber, ETag}
}

const complete = (Key: string, UploadId: string, Parts: CompletedPart[], on = bucket) =>
  on.client.send(new CompleteMultipartUploadCommand({Bucket, Key, UploadId, MultipartUpload: {Parts}}))

const bytesOf = async (Key: string, on = bucket): Promise<Buffer> =>
  Buffer.from(await (await on.client.send(new GetObjectCommand({Bucket, Key}))).Body!.transformToByteArray())

const openUploads = async (): Promise<Array<string | undefined>> =>
  ((await bucket.client.send(new ListMultipartUploadsCommand({Bucket}))).Uploads ?? []).map(({UploadId}) => UploadId)

describe('A multipart upload', () => {
  it('becomes one object with a composite ETag', async () => {
    const bodies = [filled(five, 1), filled(five, 2), filled(1000, 3)]
    const id = await create('whole', {ContentType: 'video/mp4', Metadata: {'file-id': 'f'}})
    const parts = await Promise.all(bodies.map((body, index) => upload('whole', id, index + 1, body)))
    const {ETag} = await complete('whole', id, parts)
    const etags = Buffer.concat(bodies.map((body) => Buffer.from(md5(body), 'hex')))
    expect(ETag).toBe(`"${md5(etags)}-3"`)
    const {ContentLength, ContentType, Metadata} = await bucket.client.send(new HeadObjectCommand({Bucket, Key: 'whole'}))
    expect([ContentLength, ContentType, Metadata]).toEqual([2 * five + 1000, 'video/mp4', {'file-id': 'f'}])
    const digests = [await bytesOf('whole'), await readFile(bucket.service.objectPath(Bucket, 'whole')!)].map(md5)
    expect(digests).toEqual([md5(Buffer.concat(bodies)), md5(Buffer.concat(bodies))])
  })

  it.each([
    ['in order', [1, 2, 3]],
    ['the last first', [3, 1, 2]],
    ['backwards', [3, 2, 1]],
    ['one of them again', [1, 2, 2, 3]],
    ['all at once and again', [1, 2, 3, 1, 2, 3]]
  ])('does not mind how its parts arrive: %s', async (_how, order) => {
    const bodies = [filled(five, 4), filled(five + 7, 5), filled(99, 6)]
    const id = await create('order')
    const parts = new Map<number, CompletedPart>()
    await Promise.all(order.map(async (number) => parts.set(number, await upload('order', id, number, bodies[number - 1]!))))
    await complete('order', id, [1, 2, 3].map((number) => parts.get(number)!))
    expect(md5(await bytesOf('order'))).toBe(md5(Buffer.concat(bodies)))
  })

  it('may leave numbers and parts out', async () => {
    const bodies = [filled(five, 1), filled(five, 9), filled(10, 3)]
    const id = await create('gaps')
    const [one, , three] = [await upload('gaps', id, 2, bodies[0]!), await upload('gaps', id, 5, bodies[1]!), await upload('gaps', id, 9, bodies[2]!)]
    await complete('gaps', id, [one, three])
    expect(md5(await bytesOf('gaps'))).toBe(md5(Buffer.concat([bodies[0]!, bodies[2]!])))
  })

  it('takes the last upload of a part', async () => {
    const id = await create('again')
    const old = await upload('again', id, 1, filled(100, 1))
    const fresh = await upload('again', id, 1, filled(50, 2))
    expect((await refusal(complete('again', id, [old]))).name).toBe('InvalidPart')
    await complete('again', id, [fresh])
    expect(await bytesOf('again')).toEqual(filled(50, 2))
  })

  it('lists its parts, a page at a time', async () => {
    const id = await create('listed')
    for (const number of [1, 2, 3]) {
      await upload('listed', id, number, filled(number, number))
    }
    const first = await bucket.client.send(new ListPartsCommand({Bucket, Key: 'listed', UploadId: id, MaxParts: 2}))
    const second = await bucket.client.send(new ListPartsCommand({Bucket, Key: 'listed', UploadId: id, PartNumberMarker: first.NextPartNumberMarker}))
    const pages = [first, second].map(({IsTruncated, Parts = []}) => ({IsTruncated, Parts: Parts.map(({LastModified: _, ...part}) => part)}))
    expect(pages).toEqual([
      {IsTruncated: true, Parts: [{PartNumber: 1, Size: 1, ETag: `"${md5(filled(1, 1))}"`}, {PartNumber: 2, Size: 2, ETag: `"${md5(filled(2, 2))}"`}]},
      {IsTruncated: false, Parts: [{PartNumber: 3, Size: 3, ETag: `"${md5(filled(3, 3))}"`}]}
    ])
    await bucket.client.send(new AbortMultipartUploadCommand({Bucket, Key: 'listed', UploadId: id}))
  })

  it('leaves nothing once aborted', async () => {
    const id = await create('aborted')
    await upload('aborted', id, 1, filled(1000, 1))
    expect(await openUploads()).toEqual([id])
    await bucket.client.send(new AbortMultipartUploadCommand({Bucket, Key: 'aborted', UploadId: id}))
    expect([await openUploads(), await readdir(join(bucket.folder, 'uploads'))]).toEqual([[], []])
    const refused = {name: 'NoSuchUpload', message: expect.stringContaining('upload does not exist'), status: 404}
    expect(await refusal(upload('aborted', id, 2, filled(1, 1)))).toEqual(refused)
    expect(await refusal(complete('aborted', id, [{PartNumber: 1, ETag: '"x"'}]))).toEqual(refused)
  })

  it('answers the same when it is completed again', async () => {
    const id = await create('media/twice')
    const parts = [await upload('media/twice', id, 1, filled(10, 1))]
    const before = bucket.invocations.length
    const answers = [await complete('media/twice', id, parts), await complete('media/twice', id, parts)].map(({$metadata: _, ...answer}) => answer)
    expect(answers[1]).toEqual(answers[0])
    expect(bucket.invocations).toHaveLength(before + 1)
  })

  it('is completed once by two requests at a time', async () => {
    const id = await create('media/race')
    const parts = [await upload('media/race', id, 1, filled(five, 1)), await upload('media/race', id, 2, filled(10, 1))]
    const before = bucket.invocations.length
    const outcomes = await Promise.allSettled([complete('media/race', id, parts), complete('media/race', id, parts)])
    expect(outcomes.filter(({status}) => status === 'fulfilled').length).toBeGreaterThan(0)
    expect(bucket.invocations).toHaveLength(before + 1)
    expect((await bytesOf('media/race')).length).toBe(five + 10)
  })
})

describe('Completing an upload', () => {
  it('wants parts of 5 MiB but for the last', async () => {
    const id = await create('small')
    const parts = [await upload('small', id, 1, filled(five - 1, 1)), await upload('small', id, 2, filled(1, 1))]
    expect(await refusal(complete('small', id, parts))).toEqual({name: 'EntityTooSmall', message: expect.any(String), status: 400})
    await complete('small', id, parts.slice(0, 1))
    expect((await bytesOf('small')).length).toBe(five - 1)
  })

  it.each([
    ['InvalidPartOrder', [{PartNumber: 2, ETag: 'b'}, {PartNumber: 1, ETag: 'a'}]],
    ['InvalidPart', [{PartNumber: 1, ETag: '"d41d8cd98f00b204e9800998ecf8427e"'}]],
    ['InvalidPart', [{PartNumber: 7, ETag: '"d41d8cd98f00b204e9800998ecf8427e"'}]],
    ['MalformedXML', []]
  ])('refuses %s', async (name, parts) => {
    const id = await create('refused')
    await upload('refused', id, 1, filled(10, 1))
    expect((await refusal(complete('refused', id, parts))).name).toBe(name)
  })

  it('refuses a part number out of range', async () => {
    const id = await create('range')
    expect((await refusal(upload('range', id, 10_001, filled(1, 1)))).name).toBe('InvalidArgument')
  })
})

describe('After a restart', () => {
  let folder: string
  beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 's3-restart-')) })
  afterAll(() => rmSync(folder, {recursive: true, force: true}))

  it('an upload continues where it was, and what no record knows is gone', async () => {
    const path = join(folder, 'store.sqlite')
    const first = await openBucket({folder, db: openStore(path)})
    const id = await create('resumed', {}, first)
    const bodies = [filled(five, 1), filled(five, 2), filled(10, 3)]
    const parts = [await upload('resumed', id, 1, bodies[0]!, first), await upload('resumed', id, 2, bodies[1]!, first)]
    await first.close()
    first.db.close()

    const second = await openBucket({folder, db: openStore(path)})
    parts.push(await upload('resumed', id, 3, bodies[2]!, second))
    await complete('resumed', id, parts, second)
    expect(md5(await bytesOf('resumed', second))).toBe(md5(Buffer.concat(bodies)))
    await second.close()
    second.db.exec('DELETE FROM s3_objects')
    second.db.close()

    const third = await openBucket({folder, db: openStore(path)})
    await third.close()
    third.db.close()
    expect([await readdir(join(folder, 'objects')), await readdir(join(folder, 'uploads'))]).toEqual([[], []])
  })
})
