import {owner, type S3Context} from './context'
import type {S3Answer} from './answer'
import {S3Error} from './errors'
import {findObject, versionHeaders} from './locate'
import {header, headerNames, type S3Request} from './request'

const schema = 'http://www.w3.org/2001/XMLSchema-instance'

const disabled = (): S3Error => new S3Error('AccessControlListNotSupported', 'The bucket does not allow ACLs', 400)

/** Of buckets that the owner's rights are enforced in, as AWS makes them: the account alone may do anything. */
const ownersAlone = (context: S3Context): S3Answer => ({
  root: 'AccessControlPolicy',
  members: {
    Owner: owner(context),
    AccessControlList: {Grant: {[`Grantee xmlns:xsi="${schema}" xsi:type="CanonicalUser"`]: owner(context), Permission: 'FULL_CONTROL'}}
  }
})

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html */
export const getBucketAcl = (context: S3Context): S3Answer => ownersAlone(context)

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAcl.html */
export const getObjectAcl = (context: S3Context, s3: S3Request): S3Answer =>
  ({...ownersAlone(context), headers: versionHeaders(context, findObject(context, s3, true).object)})

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html */
export const putAcl = (): S3Answer => {
  throw disabled()
}

/** What the owner has anyway may be asked for. Throws AccessControlListNotSupported. */
export const checkAclHeaders = (s3: S3Request): void => {
  const acl = header(s3, 'x-amz-acl')
  if ((acl !== undefined && !['private', 'bucket-owner-full-control'].includes(acl)) || headerNames(s3).some((name) => name.startsWith('x-amz-grant-'))) {
    throw disabled()
  }
}
