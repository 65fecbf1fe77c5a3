import {DeleteObjectCommand, GetObjectAclCommand, HeadObjectCommand, PutObjectAclCommand, PutObjectCommand, type AccessControlPolicy} from '@aws-sdk/client-s3'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {refusal} from '../../../runtime/engines/test/serve'
import {Bucket, openBucket, type TestBucket} from './bucket'

let bucket: TestBucket
beforeAll(async () => {
  bucket = await openBucket()
  await bucket.client.send(new PutObjectCommand({Bucket, Key: 'own', Body: 'x'}))
})
afterAll(() => bucket.close())

const put = (policy: AccessControlPolicy, Key = 'own') => bucket.client.send(new PutObjectAclCommand({Bucket, Key, AccessControlPolicy: policy}))

describe('The rights to an object', () => {
  it('are the owner\'s alone, and may be said again as they were told', async () => {
    const {Grants = [], Owner} = await bucket.client.send(new GetObjectAclCommand({Bucket, Key: 'own'}))
    expect(Grants).toEqual([{Grantee: {ID: Owner!.ID, DisplayName: Owner!.DisplayName, Type: 'CanonicalUser'}, Permission: 'FULL_CONTROL'}])
    expect((await put({Grants, ...(Owner && {Owner})})).$metadata.httpStatusCode).toBe(200)
  })

  it.each([
    ['somebody else', [{Grantee: {ID: 'somebody', Type: 'CanonicalUser' as const}, Permission: 'FULL_CONTROL' as const}]],
    ['everybody', [{Grantee: {URI: 'http://acs.amazonaws.com/groups/global/AllUsers', Type: 'Group' as const}, Permission: 'READ' as const}]]
  ])('are refused to %s', async (_who, Grants) => {
    const {Owner} = await bucket.client.send(new GetObjectAclCommand({Bucket, Key: 'own'}))
    expect(await refusal(put({Grants, ...(Owner && {Owner})}))).toEqual({name: 'AccessControlListNotSupported', message: 'The bucket does not allow ACLs', status: 400})
  })

  it('want an object', async () => {
    expect((await refusal(put({Grants: []}, 'none'))).name).toBe('NoSuchKey')
  })

  it('cannot be given to all with the object itself, which stays as it was', async () => {
    const sent = bucket.client.send(new PutObjectCommand({Bucket, Key: 'own', Body: 'other', ACL: 'public-read'}))
    expect((await refusal(sent)).name).toBe('AccessControlListNotSupported')
    await bucket.client.send(new PutObjectCommand({Bucket, Key: 'private', Body: 'x', ACL: 'private'}))
    expect((await bucket.client.send(new HeadObjectCommand({Bucket, Key: 'own'}))).ContentLength).toBe(1)
  })

  it('are not those of another account', async () => {
    const removed = bucket.client.send(new DeleteObjectCommand({Bucket, Key: 'own', ExpectedBucketOwner: '111111111111'}))
    expect(await refusal(removed)).toEqual({name: 'AccessDenied', message: 'Access Denied', status: 403})
    expect((await bucket.client.send(new HeadObjectCommand({Bucket, Key: 'own', ExpectedBucketOwner: '123456789012'}))).ContentLength).toBe(1)
  })
})
