import type {FileRecord} from '../../types/domain'
import type {ClaimedFile} from '../files/claimed-file'
import {isNamedError, type NamedError} from '../errors'
import {publishFileDownloadProgressed} from '../eventbridge-helpers'
import {sumBytesDone} from '../files/file-progress'
import {lifecycle, whileClaimed} from '../files/lifecycle'
import {logger} from '../logger'

const everyMilliseconds = 2_000
const percentsTold = [75, 50, 25] as const

export interface Progress {
  /** Bytes of the range so far. The record learns of it now and then, one write at a time; a smaller number than before is not progress. */
  report: (bytes: number) => void
  /** Waits for the write under way, so that none comes after what is written next. */
  settled: () => Promise<void>
}

/** Says how far a file is once it has passed 25, 50 or 75 percent: each at most once in an attempt, and the highest alone of several. */
const tellPercent = async (file: FileRecord): Promise<void> => {
  const {fileId, correlationId, size, percentTold = 0} = file
  const bytesDone = sumBytesDone(file)
  const percent = percentsTold.find((each) => size !== undefined && bytesDone * 100 >= size * each)
  if (size === undefined || percent === undefined || percent <= percentTold) {
    return
  }
  const isFirst = await lifecycle.percentTold(file, {percentTold: percent})
  if (isFirst !== undefined) {
    await publishFileDownloadProgressed({fileId, correlationId, percent, bytesDone, size, at: new Date().toISOString()})
  }
}

/**
 * Keeps a range's entry in the record up to date. `onLost` hears that another attempt owns the file; any other failure costs only the
 * number.
 */
export const trackProgress = (file: ClaimedFile, range: string, onLost: (error: NamedError) => void): Progress => {
  let writing: Promise<void> | undefined
  let written = {at: Date.now(), bytes: 0}
  const write = async (bytes: number, speed: number): Promise<void> => {
    try {
      await tellPercent(await whileClaimed.progressed(file, {range, 'progress.#range': {bytes, speed}}))
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
    const at = Date.now()
    const since = at - written.at
    if (bytes > written.bytes && writing === undefined && since >= everyMilliseconds) {
      writing = write(bytes, Math.round((bytes - written.bytes) / since * 1000))
      written = {at, bytes}
    }
  }
  return {report, settled: async () => { await writing }}
}
