import {randomBytes} from 'node:crypto'
import {ServiceError} from '../../runtime/core/errors'
import type {S3Answer} from './answer'
import {type Algorithm, type ChecksumType, isAlgorithm} from './checksums'
import {noSuchUpload, type S3Context} from './context'
import {isCombinable} from './crc-combine'
import {objectHeaders} from './headers'
import {header, type S3Request} from './request'
import type {Upload} from './uploads'

const chooseType = (algorithm: Algorithm, asked: string | undefined): ChecksumType => {
  const type = asked?.toUpperCase() ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE')
  if ((type === 'COMPOSITE' && algorithm !== 'CRC64NVME') || (type === 'FULL_OBJECT' && isCombinable(algorithm))) {
    return type
  }
  throw new ServiceError('InvalidRequest', `The ${type} checksum type cannot be used with the ${algorithm} checksum algorithm.`)
}

const askedChecksum = (s3: S3Request): Pick<Upload, 'algorithm' | 'checksumType'> => {
  const algorithm = header(s3, 'x-amz-checksum-algorithm')?.toUpperCase()
  if (algorithm === undefined) {
    return {}
  }
  if (!isAlgorithm(algorithm)) {
    throw new ServiceError('InvalidRequest', 'Checksum algorithm provided is unsupported.')
  }
  return {algorithm, checksumType: chooseType(algorithm, header(s3, 'x-amz-checksum-type'))}
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export const createUpload = (context: S3Context, s3: S3Request): S3Answer => {
  const {bucket, key} = s3
  const upload: Upload = {id: randomBytes(24).toString('base64url'), bucket, key, initiated: context.clock.now(), headers: objectHeaders(s3), ...askedChecksum(s3)}
  context.uploads.create(upload)
  const {id, algorithm, checksumType} = upload
  return {
    headers: algorithm === undefined ? {} : {'x-amz-checksum-algorithm': algorithm, 'x-amz-checksum-type': String(checksumType)},
    root: 'InitiateMultipartUploadResult',
    members: {Bucket: bucket, Key: key, UploadId: id}
  }
}

/** The upload that a request names, completed or not. Throws NoSuchUpload. */
export const namedUpload = (context: S3Context, {bucket, key, query}: S3Request): Upload => {
  const upload = context.uploads.find(query.get('uploadId') ?? '')
  if (upload === undefined || upload.bucket !== bucket || upload.key !== key) {
    throw noSuchUpload()
  }
  return upload
}

/** The open upload that a request names. Throws NoSuchUpload. */
export const openUpload = (context: S3Context, s3: S3Request): Upload => {
  const upload = namedUpload(context, s3)
  if (upload.completed !== undefined) {
    throw noSuchUpload()
  }
  return upload
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html */
export const abortUpload = async (context: S3Context, s3: S3Request): Promise<S3Answer> => {
  const {id} = openUpload(context, s3)
  await discardUpload(context, id)
  return {statusCode: 204}
}

/** Forgets an upload and its parts. A part that is still arriving finds its upload gone. */
export const discardUpload = async (context: S3Context, id: string): Promise<void> => {
  context.uploads.remove(id)
  context.slots.forget(id)
  await context.files.removeUpload(id)
}
