import {stopExecution} from '../../../lib/vendor/AWS/StepFunctionsExecutions'
import type {FileError, FileRecord, FileStatus} from '../../../types/domain'
import {NamedError} from '../../../util/errors'
import {getFile} from '../../../util/files/file-records'
import {lifecycle} from '../../../util/files/lifecycle'
import {logger} from '../../../util/logger'
import {dropUpload, toUpload} from '../../../util/transfer/uploads'

const error: FileError = {code: 'CancelledError', message: 'You cancelled this download. Request it again to start over.', retryable: true}

const endExecution = async ({claimedBy}: FileRecord): Promise<void> => {
  if (claimedBy !== undefined) {
    await stopExecution({executionArn: claimedBy, error: error.code, cause: error.message})
  }
}

const dropUploads = async ({uploadId, s3Key, looked, ranged}: FileRecord): Promise<void> => {
  if (uploadId !== undefined && s3Key !== undefined) {
    await dropUpload(toUpload(s3Key, uploadId))
  }
  if (looked !== undefined) {
    await dropUpload(toUpload(looked.s3Key, looked.uploadId))
  }
  if (ranged !== undefined) {
    await dropUpload(toUpload(ranged.s3Key, ranged.uploadId))
  }
}

/** The file is cancelled already: what follows only makes it quicker. A worker that lost its claim ends by itself, and drops its upload. */
const hasten = async (what: string, work: Promise<void>): Promise<void> => {
  try {
    await work
  } catch (reason) {
    logger.warn(`A cancelled transfer ends by itself: ${what} failed.`, {error: reason})
  }
}

/** Ends the current attempt of a file and returns its status then. Throws AlreadyDownloadedError if it is there. */
export const stopTransfer = async (file: FileRecord): Promise<FileStatus> => {
  const before = await lifecycle.cancelled(file, {error, claimedBy: 'nobody'})
  if (before === undefined) {
    const {status = 'Failed'} = await getFile(file.fileId) ?? {}
    if (status === 'Downloaded') {
      throw new NamedError('AlreadyDownloadedError',
        'This file has been downloaded already, so there is nothing to cancel. Open it from the list of your files.')
    }
    return status
  }
  await hasten('to stop its execution', endExecution(before))
  await hasten('to abort its uploads', dropUploads(before))
  logger.info('A file was cancelled.', {status: before.status})
  return 'Failed'
}
