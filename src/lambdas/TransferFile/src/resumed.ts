import type {ClaimedFile} from '../../../util/files/claimed-file'
import {isNamedError} from '../../../util/errors'
import {isOfNoRanges} from '../../../util/sources/planned-source'
import {toPlannedSource, recordLearned, recordWhole} from '../../../util/transfer/ranged-record'
import {steadyBytes} from '../../../util/transfer/steady-bytes'
import type {MediaSource, RangedOrigin} from './source'

export interface ResumedOptions {
  readonly signal: AbortSignal
  /** Whether the plan is on the record, so that what is found out belongs there too. */
  readonly isRecorded: boolean
}

/** A source that sends the file but refuses its rest may refuse ranges alone: the next attempt's plain GET decides. */
const isRefused = (error: unknown): boolean =>
  isOfNoRanges(error)
    || isNamedError(error, 'SourceForbiddenError', 'SourceNotFoundError', 'UnsupportedSourceError', 'EmptyBodyError', 'UnknownHostError')

/**
 * The bytes of a source, from the next byte on in another answer if one breaks off. Throws as `steadyBytes` does, or what broke if the
 * source does not continue.
 */
export async function* resumedBody(
  file: ClaimedFile, {body, isAskedAgain}: MediaSource, origin: RangedOrigin, {signal, isRecorded}: ResumedOptions
): AsyncGenerator<Buffer, void, undefined> {
  const onLearned = isRecorded ? recordLearned.bind(undefined, file) : undefined
  let broken: unknown
  const options = {signal, onLearned, onBreak: (error: unknown) => { broken = error }}
  try {
    yield* steadyBytes(toPlannedSource(file, origin), {start: 0, end: origin.size}, options, isAskedAgain ? undefined : body)
  } catch (error) {
    if (broken === undefined || !isRefused(error)) {
      throw error
    }
    if (isRecorded) {
      await recordWhole(file)
    }
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- it is passed on as it came
    throw broken
  }
}
