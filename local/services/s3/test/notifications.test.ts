import {DeleteObjectCommand, PutObjectCommand, CreateMultipartUploadCommand, UploadPartCommand, CompleteMultipartUploadCommand} from '@aws-sdk/client-s3'
import {afterAll, beforeEach, describe, expect, it, jest} from '@jest/globals'
import {Bucket, bucketWiring, openBucket, type TestBucket} from './bucket'

let bucket: TestBucket
beforeEach(async () => {
  await bucket?.close()
  bucket = await openBucket()
})
afterAll(() => bucket.close())

const put = (Key: string, on = bucket) => on.client.send(new PutObjectCommand({Bucket, Key, Body: 'hello'}))

const records = (): Array<{eventName: string, s3: {object: {key: string, sequencer: string}}}> =>
  bucket.invocations.flatMap(({payload}) => (JSON.parse(payload) as {Records: never[]}).Records)

describe('A notification', () => {
  it('tells the function of the wiring, as S3 does', async () => {
    await put('media/a b+ü~(1).txt')
    expect(bucket.invocations.map(({functionArn, payload}) => ({functionArn, payload: JSON.parse(payload) as unknown}))).toEqual([{
      functionArn: 'arn:aws:lambda:us-west-2:123456789012:function:S3ObjectCreated',
      payload: {Records: [{
        eventVersion: '2.6', eventSource: 'aws:s3', awsRegion: 'us-west-2', eventTime: expect.stringMatching(/^\d{4}-.*Z$/), eventName: 'ObjectCreated:Put',
        userIdentity: {principalId: 'AWS:123456789012'}, requestParameters: {sourceIPAddress: '127.0.0.1'},
        responseElements: {'x-amz-request-id': expect.any(String), 'x-amz-id-2': expect.any(String)},
        s3: {
          s3SchemaVersion: '1.0', configurationId: 'Media',
          bucket: {name: Bucket, ownerIdentity: {principalId: '123456789012'}, arn: `arn:aws:s3:::${Bucket}`},
          object: {key: 'media/a+b%2B%C3%BC%7E%281%29.txt', size: 5, eTag: '5d41402abc4b2a76b9719d911017c592', sequencer: expect.stringMatching(/^[0-9A-F]{18}$/)}
        }
      }]}
    }])
  })

  it('has the name that fits how the object came', async () => {
    const Key = 'media/parts'
    const {UploadId} = await bucket.client.send(new CreateMultipartUploadCommand({Bucket, Key}))
    const {ETag} = await bucket.client.send(new UploadPartCommand({Bucket, Key, UploadId, PartNumber: 1, Body: 'x'}))
    expect(records()).toEqual([])
    await bucket.client.send(new CompleteMultipartUploadCommand({Bucket, Key, UploadId, MultipartUpload: {Parts: [{PartNumber: 1, ETag}]}}))
    expect(records().map(({eventName}) => eventName)).toEqual(['ObjectCreated:CompleteMultipartUpload'])
    expect(bucket.observed).toEqual([{type: 'object', at: expect.any(String), bucket: Bucket, key: Key, size: 1, eventName: 'ObjectCreated:CompleteMultipartUpload'}])
  })

  it('is in order by its sequencer', async () => {
    for (const _ of [1, 2, 3]) {
      await put('media/same')
    }
    const sequencers = records().map(({s3}) => s3.object.sequencer)
    expect([...sequencers].sort()).toEqual(sequencers)
    expect(new Set(sequencers).size).toBe(3)
  })

  it('is not sent for other prefixes, nor for what is removed', async () => {
    await put('other/a')
    await put('media/a')
    await bucket.client.send(new DeleteObjectCommand({Bucket, Key: 'media/a'}))
    expect(records().map(({eventName, s3}) => [eventName, s3.object.key])).toEqual([['ObjectCreated:Put', 'media/a']])
  })

  it('is not sent without the permission, as on AWS, and the user is warned', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    const other = await openBucket({wiring: bucketWiring('arn:aws:s3:::some-other-bucket')})
    await put('media/a', other)
    await other.close()
    expect([other.invocations, warn.mock.calls.map(([text]) => text)]).toEqual([[], [expect.stringContaining('no aws_lambda_permission')]])
    warn.mockRestore()
  })

  it('and its object are there together or not at all', async () => {
    const failing = await openBucket()
    failing.invocations.push = () => { throw new Error('Expected by the test: the queue is full.') }
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    await expect(put('media/a', failing)).rejects.toMatchObject({name: 'InternalFailure'})
    expect(failing.service.objectPath(Bucket, 'media/a')).toBeUndefined()
    warn.mockRestore()
    await failing.close()
  })
})
