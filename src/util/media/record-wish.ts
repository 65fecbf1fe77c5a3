import type {FileRecord} from '../../types/domain'
import {NamedError} from '../errors'

/** How much of a broadcast is wanted, and from which minute on. */
export type RecordWish = NonNullable<FileRecord['record']>

/** What one invocation of TransferFile, of 15 minutes, has time for beside all else that it does. */
export const maxRecordSeconds = 14 * 60

const invalid = (what: string, value: unknown): NamedError =>
  new NamedError('InvalidRequestError', `${what}, not ${String(JSON.stringify(value)).slice(0, 60)}.`)

/**
 * How much of a broadcast a request wants recorded, from the minute of `now` on (milliseconds since 1970): all who ask for the same in the
 * same minute gets the same file. Undefined if nothing is to be recorded. Throws InvalidRequestError.
 */
export const parseRecord = (value: unknown, now: number): RecordWish | undefined => {
  if (value === undefined || value === null) {
    return undefined
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw invalid('`record` must be an object with seconds', value)
  }
  const unknown = Object.keys(value).find((name) => name !== 'seconds')
  if (unknown !== undefined) {
    throw invalid('`record` has seconds alone', unknown)
  }
  const {seconds} = value as {readonly seconds?: unknown}
  if (typeof seconds !== 'number' || !Number.isInteger(seconds) || seconds < 1 || seconds > maxRecordSeconds) {
    throw invalid(`\`record.seconds\` must be a whole number from 1 to ${maxRecordSeconds}`, seconds)
  }
  return {seconds, from: `${new Date(now).toISOString().slice(0, 16)}Z`}
}
