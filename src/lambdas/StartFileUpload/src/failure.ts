import type {FileError, FileRecord} from '../../../types/domain'
import {isNamedError} from '../../../util/errors'
import {changeFile} from '../../../util/files/file-records'
import {logger} from '../../../util/logger'
import {titleOf} from '../../../util/sources/source-name'
import {lookAgainAt, waitingFor} from '../../../util/sources/waiting'
import {recordScheduled} from './metadata'

/** Lambda invokes again twice after an error. */
const maxAttempts = 3

const isFinal = (error: unknown): boolean => isNamedError(error) && error.category !== 'system' && !error.retryable

const fileErrorOf = (error: unknown): FileError => {
  if (isNamedError(error)) {
    return {code: error.name, message: error.message, retryable: error.retryable}
  }
  const code = error instanceof Error ? error.name : 'Error'
  return {code, message: `The file could not be identified: ${code}. Try again later.`, retryable: true}
}

const recordFailed = ({fileId, correlationId}: FileRecord, error: unknown): Promise<FileRecord | undefined> =>
  changeFile(fileId, {
    update: 'SET #status = :failed, #error = :error, updatedAt = :now',
    where: 'correlationId = :correlationId AND #status = :requested',
    values: {':failed': 'Failed', ':error': fileErrorOf(error), ':now': new Date().toISOString(), ':correlationId': correlationId, ':requested': 'Requested'}
  })

const countAttempt = async ({fileId, correlationId}: FileRecord): Promise<number | undefined> => {
  const counted = await changeFile(fileId, {
    update: 'SET updatedAt = :now ADD metadataAttempts :one',
    where: 'correlationId = :correlationId AND #status = :requested',
    values: {':now': new Date().toISOString(), ':one': 1, ':correlationId': correlationId, ':requested': 'Requested'}
  })
  return counted?.metadataAttempts
}

/**
 * What becomes of an attempt whose source could not be identified: Scheduled where the source says "later" (waiting is the workflow's, and
 * costs nothing), Failed where asking again does not help or the last invocation failed too; else the error is thrown for Lambda to retry.
 */
export const afterFailure = async (file: FileRecord, error: unknown): Promise<FileRecord | undefined> => {
  logger.warn('The source was not identified.', {error})
  const availableAt = isNamedError(error) ? lookAgainAt(error, 0) : undefined
  if (isNamedError(error) && availableAt !== undefined) {
    return recordScheduled(file, {title: titleOf(undefined, new URL(file.sourceUrl)), ...waitingFor(error)}, availableAt)
  }
  if (isFinal(error)) {
    return recordFailed(file, error)
  }
  const attempts = await countAttempt(file)
  if (attempts !== undefined && attempts < maxAttempts) {
    throw error
  }
  return attempts === undefined ? undefined : recordFailed(file, error)
}
