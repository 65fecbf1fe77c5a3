import {isNamedError, NamedError} from '../errors'
import {lookAgainAt, waitingFor} from '../sources/waiting'
import type {ClaimedFile} from '../files/claimed-file'
import {sumBytesDone} from '../files/file-progress'
import {whileClaimed} from '../files/lifecycle'

interface ServiceError {
  readonly name: string
  readonly message: string
  readonly $metadata?: {readonly httpStatusCode?: number}
}

/** Refusals of S3 that pass: bytes that were damaged on the way, a connection that was too slow, an upload that someone else aborted. */
const passing = new Set(
  ['BadDigest', 'InvalidPart', 'NoSuchUpload', 'RequestTimeout', 'RequestTimeTooSkewed', 'IncompleteBody', 'XAmzContentSHA256Mismatch']
)

const isServiceError = (error: unknown): error is ServiceError => typeof error === 'object' && error !== null && '$metadata' in error

const isPassing = ({name, $metadata}: ServiceError): boolean => {
  const status = $metadata?.httpStatusCode
  return passing.has(name) || status === undefined || status === 429 || status >= 500
}

/**
 * The error to hand to the workflow: a store of ours in trouble as StorageError; else as it is, so that a mistake of ours (no permission,
 * no bucket) is not tried again.
 */
const namedFailure = (error: unknown): unknown => {
  if (isServiceError(error) && isPassing(error)) {
    return new NamedError('StorageError', `The file could not be stored just now (${error.name}). Try again later.`, {cause: error})
  }
  return error
}

/** Whether trying again is all that a failure asks for: what was brought so far is of use then. */
export const isTransient = (error: unknown): boolean => {
  const failure = namedFailure(error)
  return isNamedError(failure) && failure.category === 'transient'
}

/** Waits only grow without progress: bytes that came since the last wait begin the count again. Throws ClaimLostError. */
const countedAgain = async (file: ClaimedFile): Promise<ClaimedFile> => {
  const bytes = sumBytesDone(file)
  return bytes > (file.bytesAtWait ?? 0) ? whileClaimed.advanced(file, {reschedules: 0, bytesAtWait: bytes}) : file
}

/** Names a failure for the workflow; if that may look again later, the record says when. */
export const recordFailure = async (error: unknown, before: ClaimedFile): Promise<unknown> => {
  const failure = namedFailure(error)
  if (isNamedError(failure) && lookAgainAt(failure, 0) !== undefined) {
    const file = await countedAgain(before)
    await whileClaimed.waiting(file, {availableAt: lookAgainAt(failure, file.reschedules ?? 0)!, ...waitingFor(failure)})
  }
  return failure
}
