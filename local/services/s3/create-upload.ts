import {randomBytes} from 'node:crypto'
import type {S3Answer} from './answer'
import {type Algorithm, type ChecksumType, isAlgorithm} from './checksums'
import type {S3Context} from './context'
import {isCombinable} from './crc-combine'
import {invalidRequest, noSuchUpload} from './errors'
import {encryptionHeaders, objectHeaders} from './headers'
import {header, type S3Request} from './request'
import {headerTags, withTags} from './tags'
import type {Upload} from './uploads'

const chooseType = (algorithm: Algorithm, asked: string | undefined): ChecksumType => {
  const type = asked?.toUpperCase() ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE')
  if ((type === 'COMPOSITE' && algorithm !== 'CRC64NVME') || (type === 'FULL_OBJECT' && isCombinable(algorithm))) {
    return type
  }
  throw invalidRequest(`The ${type} checksum type cannot be used with the ${algorithm} checksum algorithm.`)
}

const askedChecksum = (s3: S3Request): Pick<Upload, 'algorithm' | 'checksumType'> => {
  const algorithm = header(s3, 'x-amz-checksum-algorithm')?.toUpperCase()
  const type = header(s3, 'x-amz-checksum-type')
  if (algorithm === undefined) {
    if (type !== undefined) {
      throw invalidRequest('The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.')
    }
    return {}
  }
  if (!isAlgorithm(algorithm)) {
    throw invalidRequest('Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]')
  }
  return {algorithm, checksumType: chooseType(algorithm, type)}
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export const createUpload = (context: S3Context, s3: S3Request): S3Answer => {
  const {bucket, key} = s3
  const id = randomBytes(24).toString('base64url')
  const upload: Upload = {id, bucket, key, initiated: context.clock.now(), headers: objectHeaders(s3), ...askedChecksum(s3)}
  context.uploads.create(withTags(upload, headerTags(s3)))
  const {algorithm, checksumType} = upload
  return {
    headers: {
      ...encryptionHeaders,
      ...(algorithm !== undefined && {'x-amz-checksum-algorithm': algorithm, 'x-amz-checksum-type': String(checksumType)})
    },
    root: 'InitiateMultipartUploadResult',
    members: {Bucket: bucket, Key: key, UploadId: id}
  }
}

/** The upload that a request names, completed or not. Throws NoSuchUpload. */
export const namedUpload = (context: S3Context, {bucket, key, query}: S3Request): Upload => {
  const id = query.get('uploadId') ?? ''
  const upload = context.uploads.find(id)
  if (upload === undefined || upload.bucket !== bucket || upload.key !== key) {
    throw noSuchUpload(id)
  }
  return upload
}

/** The open upload that a request names. Throws NoSuchUpload. */
export const openUpload = (context: S3Context, s3: S3Request): Upload => {
  const upload = namedUpload(context, s3)
  if (upload.completed !== undefined) {
    throw noSuchUpload(upload.id)
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
