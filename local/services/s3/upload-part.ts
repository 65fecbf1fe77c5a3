import {ServiceError} from '../../runtime/core/errors'
import type {S3Answer} from './answer'
import {checksumHeader} from './checksums'
import {payloadLength} from './chunked'
import type {S3Context} from './context'
import {openUpload} from './create-upload'
import {openForWriting} from './files'
import {receive, type Received, requestedAlgorithm} from './receive'
import type {S3Request} from './request'
import type {Slot} from './slots'
import type {Upload} from './uploads'

const maximumNumber = 10_000

const partNumber = ({query}: S3Request): number => {
  const number = Number(query.get('partNumber'))
  if (!Number.isInteger(number) || number < 1 || number > maximumNumber) {
    throw new ServiceError('InvalidArgument', `Part number must be an integer between 1 and ${maximumNumber}, inclusive`)
  }
  return number
}

const checkAlgorithm = ({algorithm}: Upload, s3: S3Request): void => {
  const given = requestedAlgorithm(s3)
  if (algorithm !== undefined && given !== undefined && given !== algorithm) {
    throw new ServiceError('InvalidRequest',
      `Checksum Type mismatch occurred, expected checksum Type: ${algorithm.toLowerCase()}, actual checksum Type: ${given.toLowerCase()}`)
  }
}

const write = async (context: S3Context, s3: S3Request, {id, algorithm}: Upload, slot: Slot): Promise<Received> => {
  const file = await openForWriting(context.files.uploadPath(id, slot.file)).catch((error: unknown) => {
    // Its folder is gone with the upload, if that was aborted a moment ago.
    openUpload(context, s3)
    throw error
  })
  try {
    return await receive(s3, file, slot.offset, algorithm)
  } finally {
    await file.close()
    slot.release()
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export const uploadPart = async (context: S3Context, s3: S3Request): Promise<S3Answer> => {
  const upload = openUpload(context, s3)
  const number = partNumber(s3)
  checkAlgorithm(upload, s3)
  const stored = context.uploads.parts(upload.id).map((part) => part.number)
  const slot = context.slots.take(upload.id, number, payloadLength(s3.request.headers), stored)
  const {size, md5, algorithm, checksum} = await write(context, s3, upload, slot)
  // It may have been aborted or completed while the part came in.
  openUpload(context, s3)
  context.uploads.putPart(upload.id, {
    number, etag: md5, size, modified: context.clock.now(), checksum: checksum ?? null, file: slot.file, offset: slot.offset
  })
  return {headers: {etag: `"${md5}"`, ...(algorithm !== undefined && checksum !== undefined && {[checksumHeader(algorithm)]: checksum})}}
}
