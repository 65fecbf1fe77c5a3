import {setTimeout as sleep} from 'node:timers/promises'
import {type ErrorName, isNamedError} from '../../util/errors'
import type {Pace} from './arguments'
import {isStumble} from './failures'

const rememberedMilliseconds = 3_600_000
const maxHosts = 1000

/** Hosts that wanted fewer requests, and until when (epoch ms) they are asked slowly. */
const slowHosts = new Map<string, number>()

const isSlow = (host: string): boolean => (slowHosts.get(host) ?? 0) > Date.now()

const learnSlow = (host: string): void => {
  slowHosts.delete(host)
  slowHosts.set(host, Date.now() + rememberedMilliseconds)
  if (slowHosts.size > maxHosts) {
    slowHosts.delete(slowHosts.keys().next().value ?? '')
  }
}

/** Milliseconds before each further look, by what the last one came to. */
export type Pauses = Readonly<Partial<Record<ErrorName, readonly number[]>>>

/** A page is read again if its host only wants it slower. */
export const describePauses: Pauses = {RateLimitedError: [2000]}

/** Pieces that are on disk stay there: only what is missing is asked for again. A piece that is gone twice is gone. */
export const piecesPauses: Pauses = {RateLimitedError: [2000, 5000, 10_000], TransientSourceError: [1000], MediaUnavailableError: [1000]}

const pauseAfter = (error: unknown, pauses: Pauses, times: number): number | undefined => {
  if (!isNamedError(error) || error.availableAt !== undefined) {
    return undefined
  }
  return isStumble(error) && times === 0 ? 0 : pauses[error.name]?.[times]
}

const paceAfter = (error: unknown): Pace => isNamedError(error, 'MediaUnavailableError') ? 'once' : 'slow'

interface Patience {
  readonly host: string
  readonly pauses: Pauses
  readonly signal?: AbortSignal
}

/**
 * Does `work` again, slower, if that may help: on hosts that want fewer requests, and once more if yt-dlp itself failed. What a host wants
 * is known for an hour. Throws what the last time threw.
 */
export const patiently = async <T>({host, pauses, signal}: Patience, work: (pace: Pace) => Promise<T>): Promise<T> => {
  let pace: Pace = isSlow(host) ? 'slow' : 'usual'
  for (let times = 0; ; times++) {
    try {
      return await work(pace)
    } catch (error) {
      if (isNamedError(error, 'RateLimitedError')) {
        learnSlow(host)
      }
      const pause = pauseAfter(error, pauses, times)
      if (pause === undefined || signal?.aborted === true) {
        throw error
      }
      pace = paceAfter(error)
      await sleep(pause, undefined, {signal}).catch(() => signal?.throwIfAborted())
    }
  }
}
