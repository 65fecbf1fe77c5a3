import {isNamedError, type NamedError} from '../../../util/errors'
import {logger} from '../../../util/logger'
import {changeClaimed, type ClaimedFile} from './claim'

const everyMilliseconds = 2_000

export interface Progress {
  /** Bytes so far. The record learns of it now and then, one write at a time; a smaller number than before is not progress. */
  report(bytes: number): void
  /** Waits for the write under way, so that none comes after what is written next. */
  settled(): Promise<void>
}

/** Keeps the record's `bytesDone` up to date. `onLost` hears that another attempt owns the file; any other failure costs only the number. */
export const progressOf = (file: ClaimedFile, onLost: (error: NamedError) => void): Progress => {
  let writing: Promise<void> | undefined
  let writtenAt = Date.now()
  let most = 0
  const write = async (bytes: number): Promise<void> => {
    try {
      await changeClaimed(file, 'bytesDone = :bytes', {':bytes': bytes})
    } catch (error) {
      if (isNamedError(error, 'ClaimLostError')) {
        onLost(error)
      }
      logger.warn('The progress was not recorded.', {error})
    } finally {
      writing = undefined
    }
  }
  const report = (bytes: number): void => {
    const now = Date.now()
    if (bytes > most && writing === undefined && now - writtenAt >= everyMilliseconds) {
      most = bytes
      writtenAt = now
      writing = write(bytes)
    }
  }
  return {report, settled: async () => { await writing }}
}
