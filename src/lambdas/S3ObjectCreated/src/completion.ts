import type {FileRecord} from '../../../types/domain'
import {setCorrelation} from '../../../util/correlation'
import {env, numberEnv} from '../../../util/env'
import {NamedError} from '../../../util/errors'
import {publishFileDownloadCompleted} from '../../../util/eventbridge-helpers'
import {getFile} from '../../../util/files/file-records'
import {lifecycle} from '../../../util/files/lifecycle'
import {logger} from '../../../util/logger'
import {countCompleted} from '../../../util/metrics'
import {verifiedObject, type VerifiedObject} from './verified-object'

const secondsOfDay = 86_400

/** When the record ends, in epoch seconds: no later than the bucket's lifecycle takes the object. Undefined if media are kept. */
const expiry = (): number | undefined => {
  const days = numberEnv('MEDIA_RETENTION_DAYS')
  return days === 0 ? undefined : Math.floor(Date.now() / 1000) + days * secondsOfDay
}

const markDownloaded = (file: FileRecord, object: VerifiedObject): Promise<FileRecord | undefined> =>
  lifecycle.completed(file, {...object, expiresAt: expiry()})

const announce = async (
  {fileId, correlationId, title, missing, completedAt}: FileRecord, {s3Key, ...object}: VerifiedObject
): Promise<void> => {
  await publishFileDownloadCompleted(
    {fileId, correlationId, s3Key, s3Url: `s3://${env('BUCKET_NAME')}/${s3Key}`, ...object, title, missing, completedAt}
  )
}

/** Cancelling removed what it is compared with: the object came just then, and the next attempt replaces it. */
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
