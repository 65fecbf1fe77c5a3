import type {TransferFileOutput} from '../../../types/workflow'
import type {ClaimedFile} from '../../../util/files/claimed-file'
import {headFile} from '../../../util/files/head-file'
import {dropUpload, toUpload} from '../../../util/transfer/uploads'

/** Whether the object is in S3, of this attempt (or of the one whose upload it went on with) and of this size. */
export const isComplete = async ({correlationId, begunBy = correlationId}: ClaimedFile, key: string, size: number): Promise<boolean> => {
  const object = await headFile(key)
  return object?.ContentLength === size && object.Metadata?.['correlation-id'] === begunBy
}

/** The result of an earlier invocation of this attempt whose answer was lost, or undefined. */
export const finishedTransfer = async (file: ClaimedFile): Promise<TransferFileOutput | undefined> => {
  const {fileId,
    s3Key, expectedSize: size, contentType = 'application/octet-stream', uploadId = (file.ranged ?? file.looked)?.uploadId ?? ''} = file
  return s3Key !== undefined && size !== undefined && await isComplete(file, s3Key, size)
    ? {fileId, s3Key, size, contentType, uploadId, ranges: []}
    : undefined
}

/** Aborts the upload as a whole that an earlier invocation of this attempt left open, if it did. */
export const discardEarlierUpload = async ({uploadId, s3Key}: ClaimedFile): Promise<void> => {
  if (uploadId !== undefined && s3Key !== undefined) {
    await dropUpload(toUpload(s3Key, uploadId))
  }
}
