import type {FileError, FileRecord} from '../../../types/domain'
import {isNamedError} from '../../../util/errors'
import {lifecycle} from '../../../util/files/lifecycle'
import {logger} from '../../../util/logger'
import {titleOf} from '../../../util/sources/source-name'
import {lookAgainAt, waitingFor} from '../../../util/sources/waiting'
import {recordScheduled} from './metadata'

/** Lambda invokes again twice after an error. */
const maxAttempts = 3

const isFinal = (error: unknown): boolean => isNamedError(error) && error.category !== 'system' && !error.retryable

const toFileError = (error: unknown): FileError => {
  if (isNamedError(error)) {
    return {code: error.name, message: error.message, retryable: error.retryable}
  }
  const code = error instanceof Error ? error.name : 'Error'
  return {code, message: `The file could not be identified: ${code}. Try again later.`, retryable: true}
}

const recordFailed = (file: FileRecord, error: unknown): Promise<FileRecord | undefined> =>
  lifecycle.notIdentified(file, {error: toFileError(error)})

/**
 * What becomes of an attempt whose source could not be identified: Scheduled if the source says "later" (waiting is the workflow's, and
 * costs nothing), Failed if asking again does not help or the last invocation failed too; else the error is thrown for Lambda to retry.
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
  const attempts = (await lifecycle.triedToIdentify(file))?.metadataAttempts
  if (attempts !== undefined && attempts < maxAttempts) {
    throw error
  }
  return attempts === undefined ? undefined : recordFailed(file, error)
}
