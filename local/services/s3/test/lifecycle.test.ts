import {CreateMultipartUploadCommand, ListMultipartUploadsCommand, ListObjectsV2Command, PutObjectCommand} from '@aws-sdk/client-s3'
import {describe, expect, it} from '@jest/globals'
import {manualClock} from '../../events/test/manual-clock'
import {Bucket, openBucket, type TestBucket} from './bucket'

const openUploads = async ({client}: TestBucket): Promise<unknown> =>
  ((await client.send(new ListMultipartUploadsCommand({Bucket}))).Uploads ?? []).map(({UploadId}) => UploadId)

describe('The lifecycle of the bucket', () => {
  it('aborts an upload that no one finished for a day', async () => {
    const clock = manualClock(Date.now())
    const aged = await openBucket({clock})
    const {UploadId} = await aged.client.send(new CreateMultipartUploadCommand({Bucket, Key: 'forgotten'}))
    await clock.advance(23 * 3_600_000)
    expect(await openUploads(aged)).toEqual([UploadId])
    await clock.advance(3 * 3_600_000)
    expect(await openUploads(aged)).toEqual([])
    await aged.close()
  })

  it('removes objects under its prefix at the midnight after their days, and leaves all others', async () => {
    const noon = Date.parse('2026-03-01T12:00:00Z')
    const clock = manualClock(noon)
    const aged = await openBucket({clock})
    const keys = async (): Promise<unknown> => (await aged.client.send(new ListObjectsV2Command({Bucket}))).Contents?.map(({Key}) => Key)
    for (const Key of ['media/passing/a', 'media/staying']) {
      await aged.client.send(new PutObjectCommand({Bucket, Key, Body: 'clip'}))
    }
    await clock.advance(59 * 3_600_000)
    expect(await keys()).toEqual(['media/passing/a', 'media/staying'])
    await clock.advance(3_600_000)
    expect(await keys()).toEqual(['media/staying'])
    await aged.close()
  })
})
