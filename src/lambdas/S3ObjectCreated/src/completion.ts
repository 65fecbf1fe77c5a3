import type {FileRecord} from '../../../types/domain'
import {setCorrelation} from '../../../util/correlation'
import {env, numberEnv} from '../../../util/env'
import {NamedError} from '../../../util/errors'
import {publishFileDownloadCompleted} from '../../../util/eventbridge-helpers'
import {changeFile, getFile} from '../../../util/files/file-records'
import {logger} from '../../../util/logger'
import {countCompleted} from '../../../util/metrics'
import {verifiedObject, type VerifiedObject} from './verified-object'

const secondsOfDay = 86_400

/** When the record ends, in epoch seconds: no later than the bucket's lifecycle takes the object. Undefined where media are kept. */
const expiry = (): number | undefined => {
  const days = numberEnv('MEDIA_RETENTION_DAYS')
  return days === 0 ? undefined : Math.floor(Date.now() / 1000) + days * secondsOfDay
}

/**
 * The object is the truth: it ends an attempt from any status, also one that the workflow gave up while S3 was still completing it.
 * A duplicate changes nothing but `updatedAt`. Who cancels takes the expected size with him.
 */
const markDownloaded = ({fileId, correlationId}: FileRecord, {s3Key, size, etag, contentType}: VerifiedObject): Promise<FileRecord | undefined> => {
  const expiresAt = expiry()
  return changeFile(fileId, {
    update: 'SET #status = :downloaded, s3Key = :s3Key, #size = :size, etag = :etag, contentType = :contentType, '
      + `completedAt = if_not_exists(completedAt, :now), updatedAt = :now${expiresAt === undefined ? '' : ', expiresAt = if_not_exists(expiresAt, :expiresAt)'}`
      + ' REMOVE uploadId, looked, ranged, progress, #error',
    where: 'correlationId = :correlationId AND expectedSize = :size',
    values: {
      ':downloaded': 'Downloaded', ':s3Key': s3Key, ':size': size, ':etag': etag, ':contentType': contentType,
      ':now': new Date().toISOString(), ':correlationId': correlationId, ...(expiresAt !== undefined && {':expiresAt': expiresAt})
    }
  })
}

const announce = async ({fileId, correlationId, title, missing, completedAt}: FileRecord, {s3Key, ...object}: VerifiedObject): Promise<void> => {
  await publishFileDownloadCompleted({fileId, correlationId, s3Key, s3Url: `s3://${env('BUCKET_NAME')}/${s3Key}`, ...object, title, missing, completedAt})
}

/** What it is compared with went with the attempt: the object came just as it was cancelled, and the next attempt replaces it. */
const isCancelled = ({status, error}: FileRecord): boolean => status === 'Failed' && error?.code === 'CancelledError'

/** Verifies a file's object, marks the file Downloaded and says so, each time alike. Throws ObjectVerificationError. */
export const completeFile = async (fileId: string, key: string): Promise<void> => {
  const file = await getFile(fileId)
  if (file === undefined) {
    throw new NamedError('ObjectVerificationError', `Expected a record of file ${fileId} for the object ${key}; there is none.`)
  }
  setCorrelation(file)
  const object = isCancelled(file) ? undefined : await verifiedObject(key, file)
  const completed = object && await markDownloaded(file, object)
  if (object === undefined || completed === undefined) {
    logger.warn('An object of another attempt, or of a cancelled one, was left alone.', {key})
    return
  }
  // Before the event: should it fail, the next try finds the file Downloaded and does not count it again.
  if (file.status !== 'Downloaded') {
    countCompleted({size: object.size, requestedAt: completed.requestedAt, completedAt: completed.completedAt ?? completed.updatedAt})
  }
  await announce(completed, object)
  logger.info('The file is in S3.', {key, size: object.size})
}
