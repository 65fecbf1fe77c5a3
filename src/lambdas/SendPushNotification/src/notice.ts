import type {FileRecord} from '../../../types/domain'
import type {FileDownloadCompletedDetail, FileDownloadFailedDetail} from '../../../types/eventbridge'
import type {ParsedEvent} from '../../../util/eventbridge-helpers'
import {getFile, unlessForgotten} from '../../../util/files/file-records'
import type {FileEnd} from '../../../util/files/file-users'
import {formatBytes} from './format-bytes'
import {mediaNoun} from './media-types'
import {missingTrackNote} from '../../../util/files/missing-track'
import {userSentence} from '../../../util/user-sentence'

/** What a push says, whatever the platform. */
export interface Notice {
  readonly title: string
  readonly body: string
  /** Title of the media. */
  readonly mediaTitle?: string
  /** For the app; strings alone, as FCM demands. */
  readonly data: Readonly<Record<string, string>>
}

/** What became of a file, and the name under which each device is notified of it once. */
export interface Outcome {
  readonly fileId: string
  readonly name: string
  readonly notice: Notice
  /** Something of this file may have been pushed before it had shards, this outcome perhaps. */
  readonly hasOldPushes?: true
}

export type SettledEvent = ParsedEvent<'FileDownloadCompleted' | 'FileDownloadFailed'>

const completed = (
  {fileId, s3Key, size, contentType, missing}: Pick<FileDownloadCompletedDetail, 'fileId' | 's3Key' | 'size' | 'contentType' | 'missing'>
): Notice => {
  const ready = `Your ${mediaNoun(contentType)} is ready (${formatBytes(size)})`
  const note = missingTrackNote(missing)
  return {title: 'Download Complete', body: note === undefined ? ready : `${ready}. ${note}`, data: {fileId, s3Key}}
}

const failed = ({fileId, sourceUrl, errorCode, errorMessage, retryable}: FileDownloadFailedDetail): Notice => ({
  title: 'Download Failed',
  body: userSentence(errorCode, errorMessage, sourceUrl),
  data: {fileId, errorCode, retryable: String(retryable)}
})

const findTitle = async ({detailType, detail}: SettledEvent, seen: FileRecord | undefined): Promise<string | undefined> =>
  (detailType === 'FileDownloadCompleted' ? detail.title : undefined)
    ?? (seen ? unlessForgotten(seen) : await getFile(detail.fileId))?.title

/** The outcome that an event reports; a new object or a new attempt is a new outcome. */
export const readOutcome = async (event: SettledEvent, {file, hasOldPushes}: FileEnd): Promise<Outcome> => {
  const {detailType, detail} = event
  const mediaTitle = await findTitle(event, file)
  const {notice, version} = detailType === 'FileDownloadCompleted'
    ? {notice: completed(detail), version: detail.etag || detail.correlationId}
    : {notice: failed(detail), version: detail.correlationId}
  return {fileId: detail.fileId,
    name: `${detailType}#${version}`, notice: {...notice, ...(mediaTitle && {mediaTitle})}, ...(hasOldPushes && {hasOldPushes})}
}

/** The same outcome as its event told, for a user who asked after it: the same name, so that no one hears of it twice. */
export const outcomeOfRecord = (file: FileRecord): Outcome | undefined => {
  const {fileId, correlationId, s3Key, size, contentType, missing, etag, title, status} = file
  if (status !== 'Downloaded' || s3Key === undefined || size === undefined || contentType === undefined) {
    return undefined
  }
  return {
    fileId,
    name: `FileDownloadCompleted#${etag || correlationId}`,
    notice: {...completed({fileId, s3Key, size, contentType, missing}), ...(title && {mediaTitle: title})},
    // One more read for each device costs less than to ask whether there are any.
    hasOldPushes: true
  }
}
