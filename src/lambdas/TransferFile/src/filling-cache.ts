import type {ClaimedFile} from '../../../util/files/claimed-file'
import {takesOneAtATime} from '../../../util/hosts/host-lease'
import {logger} from '../../../util/logger'
import {plannedSource} from '../../../util/sources/planned-source'
import {toPlannedSource} from '../../../util/transfer/ranged-record'
import type {RangedOrigin} from './source'

/** Longest wait for a file's last byte; one stream serves after that. */
const maxMilliseconds = 110_000

/**
 * Asks for the last byte of a file that is to be fetched by ranges, and says whether ranges may begin. A cache that fills, and does not say
 * so, gives that byte once it has all before it: a client that asks for ranges meanwhile makes it fetch the file again for each. Any other
 * source answers at once. Throws the signal's reason.
 */
export const givesItsEnd = async (
  file: ClaimedFile, origin: RangedOrigin, signal: AbortSignal, milliseconds = maxMilliseconds
): Promise<boolean> => {
  if (file.ranged !== undefined || await takesOneAtATime(new URL(origin.url))) {
    return true
  }
  const time = AbortSignal.timeout(milliseconds)
  try {
    const {open} = plannedSource(toPlannedSource(file, origin), {signal: AbortSignal.any([signal, time])})
    const end = await open({start: origin.size - 1, end: origin.size})
    end.close()
    return true
  } catch (error) {
    signal.throwIfAborted()
    logger.info('A source did not give the end of its file.', {error})
    // What else is wrong the ranges find out, and have their ways.
    return !time.aborted
  }
}
