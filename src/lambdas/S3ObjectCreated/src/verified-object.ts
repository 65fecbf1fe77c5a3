import {headObject} from '../../../lib/vendor/AWS/S3'
import type {FileRecord} from '../../../types/domain'
import {combineCrcs} from '../../../util/transfer/crc-combine'
import {isErrorNamed} from '../../../util/aws-errors'
import {env} from '../../../util/env'
import {NamedError} from '../../../util/errors'
import {rangeName} from '../../../util/files/file-progress'
import type {Head} from '../../../util/files/head-file'
import {countParts, listRanges} from '../../../util/transfer/transfer-plan'

/** What S3 says about an object that belongs to the file's current attempt and is whole. */
export interface VerifiedObject {
  readonly s3Key: string
  readonly size: number
  readonly etag: string
  readonly contentType: string
}

const head = (key: string): Promise<Head> =>
  headObject({Bucket: env('BUCKET_NAME'), Key: key, ChecksumMode: 'ENABLED'}).catch((cause: unknown) => {
    throw isErrorNamed(cause, 'NotFound')
      ? new NamedError('ObjectVerificationError', `Expected the object ${key} that S3 announced; it is gone.`, {cause})
      : cause
  })

/**
 * Of a transfer by ranges no one read the whole: S3's checksum of the object is compared with those of the bytes that each worker read,
 * and its parts are counted. Nothing to compare is left once the file was marked Downloaded.
 */
const requireAllRanges = (key: string, {ETag = '', ChecksumCRC32}: Head, {ranged, progress}: FileRecord): void => {
  if (ranged === undefined || progress === undefined) {
    return
  }
  const pieces = listRanges(ranged).map((_, index) => progress[rangeName(index)])
    .map((range) => ({bytes: range?.bytes ?? 0, crc32: range?.crc32 ?? 'AAAAAA=='}))
  const [expected, parts] = [combineCrcs(pieces), countParts(ranged)]
  if (ChecksumCRC32 !== expected || !ETag.replaceAll('"', '').endsWith(`-${parts}`)) {
    throw new NamedError('ObjectVerificationError',
      `Expected the object ${key} to have the CRC32 ${expected} in ${parts} parts; it has ${ChecksumCRC32}, and the ETag ${ETag}.`)
  }
}

/**
 * Compares an object with its file's record; undefined if it is of another attempt, which is nothing to announce.
 * Throws ObjectVerificationError if the object is gone, or its size or checksum is another than the transfer counted.
 */
export const verifiedObject = async (key: string, file: FileRecord): Promise<VerifiedObject | undefined> => {
  const object = await head(key)
  const {ContentLength, ContentType, ETag, Metadata} = object
  if (Metadata?.['correlation-id'] !== (file.begunBy ?? file.correlationId)) {
    return undefined
  }
  if (ContentLength === undefined || ContentLength !== file.expectedSize) {
    throw new NamedError(
      'ObjectVerificationError', `Expected the object ${key} to have ${file.expectedSize} bytes; it has ${ContentLength}.`
    )
  }
  requireAllRanges(key, object, file)
  return {
    s3Key: key,
    size: ContentLength,
    etag: (ETag ?? '').replaceAll('"', ''),
    contentType: ContentType ?? file.contentType ?? 'application/octet-stream'
  }
}
