import {ServiceError} from '../../runtime/core/errors'
import type {S3Answer} from './answer'
import {completeUpload} from './complete-upload'
import type {S3Context} from './context'
import {abortUpload, createUpload} from './create-upload'
import {deleteObject, deleteObjects} from './delete-objects'
import {listObjects} from './list-objects'
import {listParts, listUploads} from './list-uploads'
import {copyObject, putObject} from './put-object'
import {header, type S3Request} from './request'
import {uploadPart} from './upload-part'

type Operation = (context: S3Context, s3: S3Request) => S3Answer | Promise<S3Answer>

const listBuckets: Operation = ({buckets, place}) => ({
  root: 'ListAllMyBucketsResult',
  members: {Owner: {ID: place.account}, Buckets: {Bucket: buckets.map((Name) => ({Name, CreationDate: '2026-01-01T00:00:00.000Z'}))}}
})

const bucketLocation: Operation = ({place}) => ({root: 'LocationConstraint', members: {LocationConstraint: place.region}})

const headBucket: Operation = ({place}) => ({headers: {'x-amz-bucket-region': place.region}})

const put = (s3: S3Request): Operation | undefined => {
  const isCopy = header(s3, 'x-amz-copy-source') !== undefined
  if (s3.query.has('uploadId')) {
    return isCopy ? undefined : uploadPart
  }
  return isCopy ? copyObject : putObject
}

/** What a sub-resource in the query asks for that we do not have: acl, tagging, versions … */
const isUnknown = ({query}: S3Request): boolean =>
  ['acl', 'tagging', 'versioning', 'versions', 'policy', 'lifecycle', 'cors', 'retention', 'legal-hold', 'torrent', 'attributes', 'select']
    .some((name) => query.has(name))

const ofBucket = ({method, query}: S3Request): Operation | undefined => {
  const byMethod: Readonly<Record<string, Operation>> = {
    GET: query.has('uploads') ? listUploads : query.has('location') ? bucketLocation : listObjects,
    HEAD: headBucket,
    ...(query.has('delete') && {POST: deleteObjects})
  }
  return byMethod[method]
}

const ofObject = (s3: S3Request): Operation | undefined => {
  const {method, query} = s3
  const byMethod: Readonly<Record<string, Operation | undefined>> = {
    GET: query.has('uploadId') ? listParts : undefined,
    PUT: put(s3),
    POST: query.has('uploads') ? createUpload : query.has('uploadId') ? completeUpload : undefined,
    DELETE: query.has('uploadId') ? abortUpload : deleteObject
  }
  return byMethod[method]
}

/** The operation that a request means; GetObject and HeadObject stream and are not among them. Throws NotImplemented. */
export const findOperation = (s3: S3Request): Operation => {
  const operation = s3.bucket === '' ? listBuckets : s3.key === '' ? ofBucket(s3) : ofObject(s3)
  if (operation === undefined || isUnknown(s3)) {
    throw new ServiceError('NotImplemented', 'A header or query you provided implies functionality that is not implemented.', 501)
  }
  return operation
}

export const isRead = ({method, bucket, key, query}: S3Request): boolean =>
  bucket !== '' && key !== '' && (method === 'HEAD' || (method === 'GET' && !query.has('uploadId')))
