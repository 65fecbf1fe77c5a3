import type {S3Answer} from './answer'
import {checksumElement} from './checksums'
import type {S3Context} from './context'
import {openUpload} from './create-upload'
import {maximumKeys} from './list-objects'
import type {S3Request} from './request'
import type {Upload} from './uploads'

const uploadMembers = ({key, id, initiated, algorithm, checksumType}: Upload): Record<string, string> => ({
  Key: key,
  UploadId: id,
  StorageClass: 'STANDARD',
  Initiated: new Date(initiated).toISOString(),
  ...(algorithm !== undefined && {ChecksumAlgorithm: algorithm, ChecksumType: String(checksumType)})
})

const isAfter = ({key, id}: Upload, keyMarker: string, uploads: readonly Upload[], idMarker: string | null): boolean => {
  if (key !== keyMarker || idMarker === null) {
    return key > keyMarker
  }
  const same = uploads.filter((upload) => upload.key === key).map((upload) => upload.id)
  return same.indexOf(id) > same.indexOf(idMarker)
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html */
export const listUploads = (context: S3Context, {bucket, query}: S3Request): S3Answer => {
  const prefix = query.get('prefix') ?? ''
  const maximum = maximumKeys(query, 'max-uploads')
  const all = context.uploads.list(bucket, prefix)
  const rest = all.filter((upload) => isAfter(upload, query.get('key-marker') ?? '', all, query.get('upload-id-marker')))
  const page = rest.slice(0, maximum)
  const last = rest.length > page.length ? page.at(-1) : undefined
  return {
    root: 'ListMultipartUploadsResult',
    members: {
      Bucket: bucket,
      Prefix: prefix,
      MaxUploads: maximum,
      IsTruncated: last !== undefined,
      ...(last !== undefined && {NextKeyMarker: last.key, NextUploadIdMarker: last.id}),
      Upload: page.map(uploadMembers)
    }
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
export const listParts = (context: S3Context, s3: S3Request): S3Answer => {
  const {query, bucket, key} = s3
  const upload = openUpload(context, s3)
  const maximum = maximumKeys(query, 'max-parts')
  const rest = context.uploads.parts(upload.id).filter(({number}) => number > Number(query.get('part-number-marker') ?? 0))
  const page = rest.slice(0, maximum)
  const last = rest.length > page.length ? page.at(-1) : undefined
  return {
    root: 'ListPartsResult',
    members: {
      Bucket: bucket,
      Key: key,
      UploadId: upload.id,
      MaxParts: maximum,
      IsTruncated: last !== undefined,
      ...(last !== undefined && {NextPartNumberMarker: last.number}),
      ...(upload.algorithm !== undefined && {ChecksumAlgorithm: upload.algorithm, ChecksumType: upload.checksumType}),
      Part: page.map(({number, modified, etag, size, checksum}) => ({
        PartNumber: number, LastModified: new Date(modified).toISOString(), ETag: `"${etag}"`, Size: size,
        ...(upload.algorithm !== undefined && {[checksumElement(upload.algorithm)]: checksum})
      }))
    }
  }
}
