import {createHash} from 'node:crypto'
import {CreateMultipartUploadCommand, GetObjectCommand, ListMultipartUploadsCommand, UploadPartCommand} from '@aws-sdk/client-s3'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {Bucket, openBucket, type TestBucket} from '../../s3/test/bucket'
import {bench, failed, succeeded} from './workflows'

let bucket: TestBucket
beforeAll(async () => { bucket = await openBucket() })
afterAll(() => bucket.close())

const Key = 'media/f1.mp4'
const bytes = Buffer.alloc(1000, 7)

const begin = async (): Promise<{UploadId: string, ETag: string}> => {
  const {UploadId = ''} = await bucket.client.send(new CreateMultipartUploadCommand({Bucket, Key, ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT'}))
  const {ETag = ''} = await bucket.client.send(new UploadPartCommand({Bucket, Key, UploadId, PartNumber: 1, Body: bytes}))
  return {UploadId, ETag}
}

/** Runs one task on the embedded S3; calls take real time. */
const perform = async (action: string, parameters: object) => {
  const task = {Type: 'Task', Resource: `arn:aws:states:::aws-sdk:s3:${action}`, Parameters: {Bucket, Key, ...parameters}, End: true}
  const work = bench({StartAt: 'T', States: {T: task}}, {}, {endpoint: () => bucket.served.address})
  work.start()
  for (let turn = 0; work.look().status === 'RUNNING' && turn < 1000; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return work.look()
}

describe('aws-sdk:s3', () => {
  it('completes an upload of the size that was announced', async () => {
    const {UploadId, ETag} = await begin()
    const parameters = {UploadId, MpuObjectSize: 1000, ChecksumType: 'FULL_OBJECT', MultipartUpload: {Parts: [{PartNumber: 1, ETag}]}}
    const md5 = createHash('md5').update(createHash('md5').update(bytes).digest()).digest('hex')
    expect(await perform('completeMultipartUpload', parameters)).toEqual(succeeded(expect.objectContaining({Bucket, Key, ETag: `"${md5}-1"`})))
    const {Body} = await bucket.client.send(new GetObjectCommand({Bucket, Key}))
    expect(Buffer.from(await Body!.transformToByteArray()).equals(bytes)).toBe(true)
  })

  it('aborts an upload, once', async () => {
    const {UploadId} = await begin()
    expect(await perform('abortMultipartUpload', {UploadId})).toEqual(succeeded({}))
    expect((await bucket.client.send(new ListMultipartUploadsCommand({Bucket}))).Uploads ?? []).toEqual([])
    expect(await perform('abortMultipartUpload', {UploadId})).toEqual(failed('S3.NoSuchUploadException', expect.stringContaining('Error Code: NoSuchUpload')))
  })

  it('calls errors that the model does not have by one name', async () => {
    const {UploadId} = await begin()
    const Parts = [{PartNumber: 1, ETag: '"none"'}]
    expect(await perform('completeMultipartUpload', {UploadId, MultipartUpload: {Parts}})).toEqual(failed('S3.S3Exception', expect.stringContaining('Error Code: InvalidPart')))
    await perform('abortMultipartUpload', {UploadId})
  })
})
