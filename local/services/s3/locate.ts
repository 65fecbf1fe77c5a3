import type {S3Context} from './context'
import {invalidArgument, isDeleteMarker, noSuchKey, noSuchVersion, S3Error} from './errors'
import type {StoredObject} from './objects'
import type {S3Request} from './request'
import {isVersionId, type Version, versionId} from './versions'

const isCurrent = (object: StoredObject | undefined, version: string): object is StoredObject => object !== undefined && versionId(object) === version

/** What a bucket holds under a key and a version; undefined if there is nothing. The current object has the highest sequence. */
export const findVersion = ({objects, versions}: S3Context, bucket: string, key: string, version: string): Version | undefined => {
  const current = objects.find(bucket, key)
  return isCurrent(current, version)
    ? {object: current, isMarker: false, sequence: Number.MAX_SAFE_INTEGER, noncurrentSince: 0}
    : versions.find(bucket, key, version)
}

/** Throws InvalidArgument. */
export const checkVersionId = ({buckets}: S3Context, bucket: string, version: string): void => {
  if (!isVersionId(version) || (version !== 'null' && buckets.versioning(bucket) === undefined)) {
    throw invalidArgument('Invalid version id specified', 'versionId', version)
  }
}

/** The version that `?versionId=` names; undefined if the query has none. Throws InvalidArgument. */
export const askedVersion = (context: S3Context, {bucket, query}: Pick<S3Request, 'bucket' | 'query'>): string | undefined => {
  const version = query.get('versionId')
  if (version === null) {
    return undefined
  }
  if (version === '') {
    throw new S3Error('InvalidArgument', 'Version id cannot be the empty string', 400, {ArgumentName: 'versionId', ArgumentValue: ''})
  }
  checkVersionId(context, bucket, version)
  return version
}

const markerHeaders = (version: Version | undefined): Record<string, string> => version?.isMarker === true
  ? {'x-amz-delete-marker': 'true', 'x-amz-version-id': versionId(version.object)}
  : {}

/**
 * The object that a request is about, or that version of it. Throws NoSuchKey, NoSuchVersion, and MethodNotAllowed for a delete
 * marker; with `strict` for one that hides the object too.
 */
export const findObject = (context: S3Context, s3: S3Request, strict = false): Version => {
  const {bucket, key, method} = s3
  const asked = askedVersion(context, s3)
  if (asked !== undefined) {
    const found = findVersion(context, bucket, key, asked)
    if (found === undefined) {
      throw noSuchVersion(key, asked)
    }
    if (found.isMarker) {
      throw isDeleteMarker(method, asked, found.object.modified)
    }
    return found
  }
  const current = context.objects.find(bucket, key)
  if (current !== undefined) {
    return {object: current, isMarker: false, sequence: Number.MAX_SAFE_INTEGER, noncurrentSince: 0}
  }
  const newest = context.buckets.versioning(bucket) === undefined ? undefined : context.versions.newest(bucket, key)
  if (strict && newest?.isMarker === true) {
    throw isDeleteMarker(method, versionId(newest.object), newest.object.modified)
  }
  throw noSuchKey(key, markerHeaders(newest))
}

/** Told of a read as soon as the bucket has ever had versioning. */
export const versionHeaders = ({buckets}: S3Context, object: StoredObject): Record<string, string> =>
  object.version === undefined && buckets.versioning(object.bucket) === undefined ? {} : {'x-amz-version-id': versionId(object)}

/** Told of a write only if it made a version of its own. */
export const newVersionHeaders = ({version}: StoredObject): Record<string, string> => version === undefined ? {} : {'x-amz-version-id': version}
