import {
  DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, ListObjectVersionsCommand, PutObjectCommand
} from '@aws-sdk/client-s3'
import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import {refusal} from '../../../runtime/engines/test/serve'
import {parseWiring} from '../../../../shared/wiring/wiring'
import {manualClock} from '../../events/test/manual-clock'
import {Bucket, openBucket, type TestBucket} from './bucket'

const wiring = parseWiring({values: {root_module: {resources: [
  {address: '', type: 'aws_s3_bucket', name: 'Media', values: {bucket: Bucket, arn: `arn:aws:s3:::${Bucket}`}},
  {address: '', type: 'aws_s3_bucket_versioning', name: 'Media', values: {bucket: Bucket, versioning_configuration: [{status: 'Enabled'}]}},
  {address: '', type: 'aws_s3_bucket_lifecycle_configuration', name: 'Media', values: {bucket: Bucket, rule: [
    {status: 'Enabled', noncurrent_version_expiration: [{noncurrent_days: 7}], expiration: [{expired_object_delete_marker: true, days: 0}]}
  ]}}
]}}})

const day = 24 * 3_600_000
let clock: ReturnType<typeof manualClock>
let bucket: TestBucket
beforeEach(async () => {
  clock = manualClock(Date.parse('2026-03-01T12:00:00Z'))
  bucket = await openBucket({wiring, clock})
})
afterEach(() => bucket.close())

const put = async (Key: string, Body: string) => (await bucket.client.send(new PutObjectCommand({Bucket, Key, Body}))).VersionId
const read = async (Key: string, VersionId?: string) =>
  (await bucket.client.send(new GetObjectCommand({Bucket, Key, VersionId}))).Body!.transformToString()
const remove = (Key: string, VersionId?: string) => bucket.client.send(new DeleteObjectCommand({Bucket, Key, VersionId}))
const versions = async () => {
  const {Versions = [], DeleteMarkers = []} = await bucket.client.send(new ListObjectVersionsCommand({Bucket}))
  return [Versions.map(({VersionId, IsLatest}) => [VersionId, IsLatest]), DeleteMarkers.map(({VersionId, IsLatest}) => [VersionId, IsLatest])]
}

describe('With versioning', () => {
  it('a replaced object stays under its version', async () => {
    const first = await put('clip', 'one')
    const second = await put('clip', 'two')
    expect([await read('clip'), await read('clip', first), await read('clip', second)]).toEqual(['two', 'one', 'two'])
    expect(await versions()).toEqual([[[second, true], [first, false]], []])
  })

  it('a delete hides it, and deleting the marker brings it back', async () => {
    const version = await put('clip', 'one')
    const {DeleteMarker, VersionId: marker} = await remove('clip')
    expect(DeleteMarker).toBe(true)
    expect(await refusal(read('clip'))).toMatchObject({name: 'NoSuchKey', status: 404})
    expect((await bucket.client.send(new ListObjectsV2Command({Bucket}))).KeyCount).toBe(0)
    expect(await versions()).toEqual([[[version, false]], [[marker, true]]])
    expect((await refusal(bucket.client.send(new HeadObjectCommand({Bucket, Key: 'clip', VersionId: marker})))).status).toBe(405)
    await remove('clip', marker)
    expect(await read('clip')).toBe('one')
  })

  it('a version that is deleted is gone, and the one before is the object again', async () => {
    const first = await put('clip', 'one')
    const second = await put('clip', 'two')
    await remove('clip', second)
    expect(await read('clip')).toBe('one')
    expect(await refusal(read('clip', second))).toMatchObject({name: 'NoSuchVersion', status: 404})
    expect(await versions()).toEqual([[[first, true]], []])
  })

  it('old versions go by the rules of the bucket, and then the marker that hides nothing', async () => {
    await put('clip', 'one')
    const second = await put('clip', 'two')
    await put('gone', 'one')
    await remove('gone')
    await clock.advance(6 * day)
    expect((await versions())[0]).toHaveLength(3)
    await clock.advance(3 * day)
    expect(await versions()).toEqual([[[second, true]], []])
    expect(await read('clip')).toBe('two')
  })
})
