import {setTimeout as sleep} from 'node:timers/promises'

const firstMilliseconds = 250
const maxMilliseconds = 8_000
/** An answer that brings less than this before it breaks off is no progress. */
const leastBytes = 16 * 1024
/** Pauses before the first byte: a source that does not even begin is the workflow's to ask again. */
const maxBeforeFirst = 3

/** How long a source without progress is asked again within one invocation. */
export const usualPatienceMilliseconds = 60_000

export interface Patience {
  /** Bytes have come. */
  came: (bytes: number) => void
  /**
   * Waits before the next attempt, twice as long each time until bytes come. Throws `failure` once the patience is over, or the signal's
   * reason.
   */
  rest: (failure: unknown) => Promise<void>
}

/** Pauses between the attempts to continue a transfer, jittered so that workers of one source do not return together. */
export const createPatience = (signal: AbortSignal, milliseconds = usualPatienceMilliseconds): Patience => {
  let [since, bytes, pauses, hasBegun] = [performance.now(), 0, 0, false]
  const came = (count: number): void => {
    bytes += count
    if (bytes >= leastBytes) {
      [since, bytes, pauses, hasBegun] = [performance.now(), 0, 0, true]
    }
  }
  const rest = async (failure: unknown): Promise<void> => {
    const pause = Math.min(maxMilliseconds, firstMilliseconds * 2 ** pauses++) * (0.75 + Math.random() / 2)
    bytes = 0
    if (performance.now() - since + pause > milliseconds || (!hasBegun && pauses > maxBeforeFirst)) {
      throw failure
    }
    await sleep(pause, undefined, {signal}).catch(() => signal.throwIfAborted())
  }
  return {came, rest}
}
