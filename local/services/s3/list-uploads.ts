import type {S3Answer} from './answer'
import type {XmlValue} from '../../runtime/core/xml'
import {checksumElement} from './checksums'
import {owner, type S3Context} from './context'
import {openUpload} from './create-upload'
import {invalidArgument} from './errors'
import {storageClassOf} from './headers'
import {encodingOf, maximumKeys} from './list-objects'
import type {S3Request} from './request'
import type {Upload} from './uploads'

const uploadMembers = (context: S3Context, encode: (text: string) => string) => (upload: Upload): {readonly [name: string]: XmlValue} => {
  const {key, id, initiated, algorithm, checksumType} = upload
  return {
    UploadId: id,
    Key: encode(key),
    Initiated: new Date(initiated).toISOString(),
    StorageClass: storageClassOf(upload),
    Owner: owner(context),
    Initiator: owner(context),
    ...(algorithm !== undefined && {ChecksumAlgorithm: algorithm, ChecksumType: checksumType})
  }
}

const isAfter = ({key, id}: Upload, keyMarker: string, uploads: readonly Upload[], idMarker: string | null): boolean => {
  if (key !== keyMarker || idMarker === null) {
    return key > keyMarker
  }
  const same = uploads.filter((upload) => upload.key === key).map((upload) => upload.id)
  return same.indexOf(id) > same.indexOf(idMarker)
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html */
export const listUploads = (context: S3Context, {bucket, query}: S3Request): S3Answer => {
  const [prefix, keyMarker, idMarker] = [query.get('prefix') ?? '', query.get('key-marker') ?? '', query.get('upload-id-marker') || null]
  const encode = encodingOf(query)
  const maximum = maximumKeys(query, 'max-uploads')
  const all = context.uploads.list(bucket, prefix)
  const rest = all.filter((upload) => isAfter(upload, keyMarker, all, idMarker))
  const page = rest.slice(0, maximum)
  return {
    root: 'ListMultipartUploadsResult',
    members: {
      Bucket: bucket,
      Prefix: encode(prefix),
      KeyMarker: encode(keyMarker),
      UploadIdMarker: idMarker ?? '',
      ...(query.get('encoding-type') && {EncodingType: query.get('encoding-type')}),
      MaxUploads: maximum,
      IsTruncated: rest.length > page.length,
      ...(page.length > 0 && {NextKeyMarker: encode(page.at(-1)!.key), NextUploadIdMarker: page.at(-1)!.id}),
      Upload: page.map(uploadMembers(context, encode))
    }
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
export const listParts = (context: S3Context, s3: S3Request): S3Answer => {
  const {query, bucket, key} = s3
  const upload = openUpload(context, s3)
  const maximum = maximumKeys(query, 'max-parts')
  const marker = Number(query.get('part-number-marker') || 0)
  if (!Number.isInteger(marker)) {
    throw invalidArgument('Provided part-number-marker not an integer or within integer range', 'part-number-marker', query.get('part-number-marker')!)
  }
  const rest = context.uploads.parts(upload.id).filter(({number}) => number > marker)
  const page = rest.slice(0, maximum)
  return {
    root: 'ListPartsResult',
    members: {
      Bucket: bucket,
      Key: key,
      UploadId: upload.id,
      Initiator: owner(context),
      Owner: owner(context),
      StorageClass: storageClassOf(upload),
      PartNumberMarker: marker,
      NextPartNumberMarker: page.at(-1)?.number ?? 0,
      MaxParts: maximum,
      IsTruncated: rest.length > page.length,
      ...(upload.algorithm !== undefined && {ChecksumAlgorithm: upload.algorithm, ChecksumType: upload.checksumType}),
      Part: page.map(({number, modified, etag, size, checksum}) => ({
        PartNumber: number, LastModified: new Date(modified).toISOString(), ETag: `"${etag}"`, Size: size,
        ...(upload.algorithm !== undefined && {[checksumElement(upload.algorithm)]: checksum})
      }))
    }
  }
}
