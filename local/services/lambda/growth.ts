import type {IdleCpus} from './demand'

/** Milliseconds after which a function has another look at its waiting invocations. */
export const lookMilliseconds = 50

/** A sandbox that wants less of a CPU than this waits for something else: a source, a call of another function. */
const idleShare = 0.2

/** How long all have waited for something else before one more starts though no CPU is idle. */
const patienceMilliseconds = 250

/** Whether one more sandbox of a function would do more at a time. */
export interface Growth {
  /** Asked every `lookMilliseconds` while an invocation waits; `wanted`: milliseconds of CPU that its sandboxes have wanted since they began. */
  isWorthIt: (wanted: readonly number[]) => boolean
  /** No invocation waits any more, or one more sandbox has started. */
  reset: () => void
}

/**
 * One more is worth it where it has a CPU to run on. Where none is idle it would only take its share from the others, unless these
 * wait for something that is not a CPU: then it is worth it after a while, or an invocation that waits for another of the same
 * function would wait for ever.
 */
export const createGrowth = (cpus: IdleCpus, now: () => number = () => performance.now()): Growth => {
  let since: {readonly at: number, readonly wanted: number, readonly count: number} | undefined
  const areWaiting = (wanted: readonly number[]): boolean => {
    const sum = wanted.reduce((total, each) => total + each, 0)
    if (since?.count !== wanted.length) {
      since = {at: now(), wanted: sum, count: wanted.length}
      return false
    }
    const milliseconds = now() - since.at
    const isIdle = !(sum - since.wanted > idleShare * milliseconds * wanted.length)
    if (!isIdle) {
      since = {at: now(), wanted: sum, count: wanted.length}
    }
    return isIdle && milliseconds >= patienceMilliseconds
  }
  return {
    isWorthIt: (wanted) => {
      const isAfterAWhile = areWaiting(wanted)
      return cpus.take() || isAfterAWhile
    },
    reset: () => { since = undefined }
  }
}
