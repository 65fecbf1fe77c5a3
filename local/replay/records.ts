import type {EventEnvelope} from '../runtime/core/types'
import {type Attempt, findRequest, findSourceUrl} from './attempts'

type Item = Readonly<Record<string, unknown>>

/** How a file's record stood when an event of its attempt was published. */
const statuses: Readonly<Record<string, string>> = {
  FileRequested: 'Requested', FileMetadataReady: 'MetadataReady', FileDownloadStarted: 'Downloading', FileDownloadCompleted: 'Downloaded',
  FileDownloadFailed: 'Failed'
}

const isOfKind = (kinds: readonly string[]) => (event: EventEnvelope): boolean => kinds.includes(event['detail-type'])

const within = ({detail}: EventEnvelope, names: readonly string[]): Item =>
  Object.fromEntries(names.flatMap((name) => detail[name] === undefined ? [] : [[name, detail[name]]]))

const described = ['title', 'description', 'authorName', 'authorUser', 'publishDate', 'contentType', 'size', 'availableAt']
const stored = ['s3Key', 'size', 'contentType', 'etag', 'title', 'completedAt']

/** The record of an attempt's file as it stood when the event was published, as far as the archive has it. */
export const recordAt = (attempt: Attempt, event: EventEnvelope): Item => {
  const until = attempt.events.slice(0, attempt.events.indexOf(event) + 1)
  const metadata = until.find(isOfKind(['FileMetadataReady']))
  const completed = until.find(isOfKind(['FileDownloadCompleted']))
  const {errorCode: code, errorMessage: message, retryable} = event.detail
  return {
    fileId: attempt.fileId, correlationId: attempt.correlationId, sourceUrl: findSourceUrl(attempt) ?? 'https://unknown.invalid/',
    status: statuses[event['detail-type']] ?? 'Requested', requestedAt: findRequest(attempt)?.detail['requestedAt'] ?? event.time,
    announcedAt: event.time, availableAt: event.time, updatedAt: event.time,
    ...(metadata !== undefined && within(metadata, described)),
    ...(completed !== undefined && within(completed, stored)),
    ...(code !== undefined && {error: {code, message, retryable}})
  }
}

/** The users who had asked for the file when the event was published. */
export const usersAt = (attempt: Attempt, event: EventEnvelope): string[] => [...new Set(attempt.events.slice(0, attempt.events.indexOf(event) + 1)
  .filter(isOfKind(['FileRequested'])).map(({detail}) => String(detail['userId'])))]
