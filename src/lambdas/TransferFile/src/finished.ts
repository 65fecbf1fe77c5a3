import {headObject} from '../../../lib/vendor/AWS/S3'
import {abortMultipartUpload} from '../../../lib/vendor/AWS/S3Multipart'
import type {TransferFileOutput} from '../../../types/workflow'
import {env} from '../../../util/env'
import type {ClaimedFile} from './claim'

const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name

const head = async (Key: string): Promise<Awaited<ReturnType<typeof headObject>> | undefined> => {
  try {
    return await headObject({Bucket: env('BUCKET_NAME'), Key})
  } catch (error) {
    if (isNamed(error, 'NotFound')) {
      return undefined
    }
    throw error
  }
}

/** Whether the object is in S3, of this attempt and of this size. */
export const isComplete = async ({correlationId}: ClaimedFile, key: string, size: number): Promise<boolean> => {
  const object = await head(key)
  return object?.ContentLength === size && object.Metadata?.['correlation-id'] === correlationId
}

/** The result of an earlier invocation of this attempt whose answer was lost, or undefined. */
export const finishedTransfer = async (file: ClaimedFile): Promise<TransferFileOutput | undefined> => {
  const {fileId, s3Key, expectedSize: size, contentType = 'application/octet-stream'} = file
  return s3Key !== undefined && size !== undefined && await isComplete(file, s3Key, size) ? {fileId, s3Key, size, contentType} : undefined
}

/** Aborts the upload that an earlier invocation of this attempt left open, if it did. */
export const discardEarlierUpload = async ({uploadId, s3Key}: ClaimedFile): Promise<void> => {
  if (uploadId === undefined || s3Key === undefined) {
    return
  }
  try {
    await abortMultipartUpload({Bucket: env('BUCKET_NAME'), Key: s3Key, UploadId: uploadId})
  } catch (error) {
    if (!isNamed(error, 'NoSuchUpload')) {
      throw error
    }
  }
}
