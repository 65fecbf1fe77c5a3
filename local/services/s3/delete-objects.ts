import {readBody} from '../../runtime/core/body'
import {ServiceError} from '../../runtime/core/errors'
import type {XmlValue} from '../../runtime/core/xml'
import type {S3Answer} from './answer'
import type {S3Context} from './context'
import {malformedXml, notImplemented, S3Error} from './errors'
import {askedVersion} from './locate'
import {removeObject, removeVersion, type Removal} from './remove'
import {header, type S3Request} from './request'
import {isVersionId} from './versions'
import {type NamedObject, objectEntries} from './xml-input'

const limit = 1000

const checkBypass = (s3: S3Request): void => {
  const name = 'x-amz-bypass-governance-retention'
  if (header(s3, name) !== undefined) {
    throw new S3Error('InvalidArgument', `${name} is only applicable to Object Lock enabled buckets.`, 400, {ArgumentName: name})
  }
}

const removalHeaders = ({version, isMarker}: Removal): Record<string, string> =>
  ({...(version !== undefined && {'x-amz-version-id': version}), ...(isMarker && {'x-amz-delete-marker': 'true'})})

/** An object that is not there is no error. https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export const deleteObject = (context: S3Context, s3: S3Request): S3Answer => {
  const {bucket, key} = s3
  checkBypass(s3)
  const [version, etag] = [askedVersion(context, s3), header(s3, 'if-match')]
  const removal = version === undefined
    ? removeObject(context, bucket, key, {etag})
    : removeVersion(context, bucket, key, version, {etag}) ?? {version, isMarker: false}
  return {statusCode: 204, headers: removalHeaders(removal)}
}

type Outcome = {readonly Deleted: {readonly [name: string]: XmlValue}} | {readonly Error: {readonly [name: string]: XmlValue}}

const deleted = (key: string, asked: string | undefined, {version, isMarker}: Removal): Outcome => ({Deleted: {
  Key: key,
  ...(asked !== undefined && {VersionId: asked}),
  ...(isMarker && {DeleteMarker: true, DeleteMarkerVersionId: version})
}})

const refused = (key: string, version: string | undefined, code: string, message: string): Outcome =>
  ({Error: {Key: key, ...(version !== undefined && {VersionId: version}), Code: code, Message: message}})

const deleteOne = (context: S3Context, bucket: string, {key, version, etag}: NamedObject): Outcome => {
  try {
    if (version === undefined) {
      return deleted(key, undefined, removeObject(context, bucket, key, {etag}))
    }
    const removal = isVersionId(version) ? removeVersion(context, bucket, key, version, {etag}) : undefined
    return removal === undefined
      ? refused(key, version, 'NoSuchVersion', 'The specified version does not exist.')
      : deleted(key, version, removal)
  } catch (error) {
    if (error instanceof ServiceError) {
      return refused(key, version, error.code, error.message)
    }
    throw error
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export const deleteObjects = async (context: S3Context, s3: S3Request): Promise<S3Answer> => {
  checkBypass(s3)
  const {objects, quiet, unknown} = objectEntries((await readBody(s3.request)).toString('utf8'))
  if (objects.length === 0 || objects.length > limit) {
    throw malformedXml()
  }
  if (unknown.length > 0) {
    throw notImplemented(`${unknown[0]} of an object to delete`)
  }
  const outcomes = objects.map((object) => deleteOne(context, s3.bucket, object))
  return {root: 'DeleteResult', members: {
    Deleted: quiet ? [] : outcomes.flatMap((outcome) => 'Deleted' in outcome ? [outcome.Deleted] : []),
    Error: outcomes.flatMap((outcome) => 'Error' in outcome ? [outcome.Error] : [])
  }}
}
