import type {EventEnvelope} from '../runtime/core/types'
import type {ArchivedFile, Attempt} from './attempts'

const smallBytes = 1024

/**
 * A shadow moves no bytes to speak of: a larger size stands for itself by a small one, in what was and in what is alike. Two sizes that
 * differ stay different, but for one in a thousand.
 */
export const scaledSize = (size: number): number => size <= smallBytes ? size : smallBytes + size % (smallBytes - 3)

const ofOnePart = (etag: unknown): unknown => typeof etag === 'string' ? etag.replace(/-\d+$/, '-1') : etag

/** What is small has one part, and S3 says so in the ETag. */
const scaled = (event: EventEnvelope): EventEnvelope => {
  const {size, etag} = event.detail
  return typeof size === 'number' ? {...event, detail: {...event.detail, size: scaledSize(size), ...(etag !== undefined && {etag: ofOnePart(etag)})}} : event
}

/** Whether an object came to be in parts, and is large enough for ranges. */
const isRanged = ({events}: Attempt, rangedFromBytes: number): boolean => events.some(({detail: {size, etag}}) =>
  typeof size === 'number' && size >= rangedFromBytes && typeof etag === 'string' && /-\d+$/.test(etag))

/** A file with its sizes scaled; it keeps in mind which attempts were large enough to be transferred by ranges. */
export const scaledFile = ({fileId, attempts}: ArchivedFile, rangedFromBytes: number): ArchivedFile => ({
  fileId, attempts: attempts.map((attempt) => ({...attempt, isRanged: isRanged(attempt, rangedFromBytes), events: attempt.events.map(scaled)}))
})
