import {readBody} from '../../runtime/core/body'
import type {S3Answer} from './answer'
import {checkAclHeaders} from './acl'
import {owner, type S3Context} from './context'
import {malformedXml, notImplemented, S3Error} from './errors'
import {maximumKeys} from './list-objects'
import {header, type S3Request} from './request'
import {parseRoot} from './xml-input'

const token = (name: string): string => Buffer.from(name).toString('base64url')

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
export const listBuckets = (context: S3Context, {query}: S3Request): S3Answer => {
  const [prefix, region, after] = [query.get('prefix') ?? '', query.get('bucket-region'), Buffer.from(query.get('continuation-token') ?? '', 'base64url').toString()]
  const isPaged = query.has('max-buckets') || query.has('continuation-token')
  const wanted = region === null || region === context.place.region
    ? context.buckets.all().filter(({name}) => name.startsWith(prefix) && name > after)
    : []
  const page = wanted.slice(0, Math.max(1, maximumKeys(query, 'max-buckets')))
  return {root: 'ListAllMyBucketsResult', members: {
    Owner: owner(context),
    Buckets: {Bucket: page.map(({name, created}) => ({
      Name: name, CreationDate: new Date(created).toISOString(), ...((isPaged || region !== null) && {BucketRegion: context.place.region})
    }))},
    ...(wanted.length > page.length && {ContinuationToken: token(page.at(-1)!.name)}),
    ...(query.has('prefix') && {Prefix: prefix})
  }}
}

const classicRegion = 'us-east-1'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html */
export const bucketLocation = ({place}: S3Context): S3Answer => ({root: 'LocationConstraint', text: place.region === classicRegion ? '' : place.region})

export const headBucket = ({place}: S3Context): S3Answer => ({headers: {'x-amz-bucket-region': place.region, 'x-amz-access-point-alias': 'false', 'content-type': 'application/xml'}})

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const isBucketName = (name: string): boolean => /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)
  && !/\.\.|^\d+\.\d+\.\d+\.\d+$|^xn--|^sthree-|^amzn-s3-demo-|-s3alias$|--ol-s3$|\.mrap$|--x-s3$|--table-s3$/.test(name)

const checkLocation = ({place}: S3Context, body: string): void => {
  const asked = body.trim() === '' ? {} : parseRoot(body, 'CreateBucketConfiguration')
  const unknown = Object.keys(asked).find((name) => name !== 'LocationConstraint')
  if (unknown !== undefined) {
    throw notImplemented(`${unknown} of CreateBucketConfiguration`)
  }
  const location = asked['LocationConstraint']
  if (location !== undefined && typeof location !== 'string') {
    throw malformedXml()
  }
  if ((location || classicRegion) !== place.region) {
    throw new S3Error('IllegalLocationConstraintException', location
      ? `The ${location} location constraint is incompatible for the region specific endpoint this request was sent to.`
      : 'The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.', 400)
  }
}

const checkOwnership = (s3: S3Request): void => {
  const ownership = header(s3, 'x-amz-object-ownership')
  if (ownership !== undefined && ownership !== 'BucketOwnerEnforced') {
    throw ['BucketOwnerPreferred', 'ObjectWriter'].includes(ownership)
      ? notImplemented(`x-amz-object-ownership: ${ownership}`)
      : new S3Error('InvalidArgument', `Invalid x-amz-object-ownership header: ${ownership}`, 400, {ArgumentName: 'x-amz-object-ownership'})
  }
}

/** A bucket for a while, beside those of the wiring. https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
export const createBucket = async (context: S3Context, s3: S3Request): Promise<S3Answer> => {
  const {bucket} = s3
  const body = (await readBody(s3.request)).toString('utf8')
  if (!isBucketName(bucket)) {
    throw new S3Error('InvalidBucketName', 'The specified bucket is not valid.', 400, {BucketName: bucket})
  }
  checkAclHeaders(s3)
  checkOwnership(s3)
  const exists = context.buckets.find(bucket) !== undefined
  if (exists && context.place.region !== classicRegion) {
    throw new S3Error('BucketAlreadyOwnedByYou', 'Your previous request to create the named bucket succeeded and you already own it.', 409, {BucketName: bucket})
  }
  checkLocation(context, body)
  if (!exists) {
    context.buckets.create(bucket)
  }
  return {headers: {location: context.place.region === classicRegion ? `/${bucket}` : `http://${s3.request.headers.host}/${bucket}`}}
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html */
export const deleteBucket = (context: S3Context, {bucket}: S3Request): S3Answer => {
  const {buckets, objects, versions, uploads} = context
  if (buckets.find(bucket)?.isWired === true) {
    throw notImplemented(`deleting ${bucket}, which comes with the wiring`)
  }
  const isEmpty = objects.list(bucket, '', '').next().done === true
  if (!isEmpty || !versions.isEmpty(bucket)) {
    throw new S3Error('BucketNotEmpty', buckets.versioning(bucket) === undefined
      ? 'The bucket you tried to delete is not empty'
      : 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.', 409, {BucketName: bucket})
  }
  uploads.list(bucket, '').forEach(({id}) => uploads.remove(id))
  buckets.remove(bucket)
  return {statusCode: 204}
}
