import type {FileRecord} from '../../../types/domain'
import {publishFileDownloadFailed, publishFileMetadataReady} from '../../../util/eventbridge-helpers'

/** Publishes a record that is ready or scheduled: the workflow takes it from here. */
export const announceReady = (file: FileRecord): Promise<void> => {
  const {fileId, correlationId, sourceUrl, title = fileId, description, authorName, authorUser} = file
  const {publishDate, contentType, size, availableAt} = file
  return publishFileMetadataReady({
    fileId, correlationId, sourceUrl, title, description, authorName, authorUser, publishDate, contentType, size, availableAt
  })
}

/** Publishes a failure that ended the attempt before its workflow. */
export const announceFailed = ({fileId, correlationId, sourceUrl, error, updatedAt}: FileRecord): Promise<void> => {
  const {code = 'TransientSourceError', message = 'The file could not be looked at.', retryable = true} = error ?? {}
  return publishFileDownloadFailed(
    {fileId, correlationId, sourceUrl, errorCode: code, errorMessage: message, retryable, failedAt: updatedAt}
  )
}
