import {headObject} from '../../../lib/vendor/AWS/S3'
import type {FileRecord} from '../../../types/domain'
import {env} from '../../../util/env'
import {NamedError} from '../../../util/errors'

/** What S3 says about an object that belongs to the file's current attempt and is whole. */
export interface VerifiedObject {
  readonly s3Key: string
  readonly size: number
  readonly etag: string
  readonly contentType: string
}

const head = async (key: string): Promise<Awaited<ReturnType<typeof headObject>>> => {
  try {
    return await headObject({Bucket: env('BUCKET_NAME'), Key: key})
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFound') {
      throw new NamedError('ObjectVerificationError', `Expected the object ${key} that S3 announced; it is gone.`, {cause: error})
    }
    throw error
  }
}

/**
 * Compares an object with its file's record; undefined where it is of another attempt, which is nothing to announce.
 * Throws ObjectVerificationError where the object is gone or has another size than the transfer counted.
 */
export const verifiedObject = async (key: string, file: FileRecord): Promise<VerifiedObject | undefined> => {
  const {ContentLength, ContentType, ETag, Metadata} = await head(key)
  if (Metadata?.['correlation-id'] !== file.correlationId) {
    return undefined
  }
  if (ContentLength === undefined || ContentLength !== file.expectedSize) {
    throw new NamedError('ObjectVerificationError', `Expected the object ${key} to have ${file.expectedSize} bytes; it has ${ContentLength}.`)
  }
  return {
    s3Key: key,
    size: ContentLength,
    etag: (ETag ?? '').replaceAll('"', ''),
    contentType: ContentType ?? file.contentType ?? 'application/octet-stream'
  }
}
