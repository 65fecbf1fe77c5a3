import {asObject, objectsIn} from '../../../shared/json'
import {readBody} from '../../runtime/core/body'
import {owner, type S3Context} from './context'
import type {S3Answer} from './answer'
import {S3Error} from './errors'
import {findObject, versionHeaders} from './locate'
import {header, headerNames, type S3Request} from './request'
import {parseRoot} from './xml-input'

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

/** Whether a list of rights says in its own words what the owner has anyway; no one else may have any. */
const isOwnersAlone = (context: S3Context, document: string): boolean => {
  const list = asObject(parseRoot(document, 'AccessControlPolicy')['AccessControlList'])['Grant']
  const grants = Array.isArray(list) ? objectsIn(list) : [asObject(list)]
  return grants.every((grant) => asObject(grant['Grantee'])['ID'] === owner(context).ID && grant['Permission'] === 'FULL_CONTROL')
}

/**
 * Changes nothing: what gives the owner all rights is taken, as s3cmd sends it after a copy, and anything else refused.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 */
export const putAcl = async (context: S3Context, s3: S3Request): Promise<S3Answer> => {
  const found = s3.key === '' ? undefined : findObject(context, s3, true)
  const body = (await readBody(s3.request)).toString('utf8')
  if (header(s3, 'x-amz-acl') === undefined && !isOwnersAlone(context, body)) {
    throw disabled()
  }
  return {headers: found === undefined ? {} : versionHeaders(context, found.object)}
}

/** What the owner has anyway may be asked for. Throws AccessControlListNotSupported. */
export const checkAclHeaders = (s3: S3Request): void => {
  const acl = header(s3, 'x-amz-acl')
  if ((acl !== undefined && !['private', 'bucket-owner-full-control'].includes(acl)) || headerNames(s3).some((name) => name.startsWith('x-amz-grant-'))) {
    throw disabled()
  }
}
