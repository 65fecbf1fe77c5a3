import type {Clock} from '../runtime/core/types'

/** Time that passes only when told to. */
export interface ShadowClock extends Clock {
  /** Time continues to a moment; never back. */
  advance: (to: number) => void
  /** Goes on to the next thing that waits, and does it; false if nothing does. */
  next: () => boolean
  /** Nothing waits any longer, and it is this moment. */
  reset: (to: number) => void
}

interface Timer {
  readonly at: number
  readonly callback: () => void
}

export const createShadowClock = (): ShadowClock => {
  const timers = new Set<Timer>()
  let now = 0
  const earliest = (): Timer | undefined => {
    let first: Timer | undefined
    for (const timer of timers) {
      first = first === undefined || timer.at < first.at ? timer : first
    }
    return first
  }
  return {
    now: () => now,
    at: (at, callback) => {
      const timer = {at, callback}
      timers.add(timer)
      return () => { timers.delete(timer) }
    },
    advance: (to) => { now = Math.max(now, to) },
    next: () => {
      const timer = earliest()
      if (timer === undefined) {
        return false
      }
      timers.delete(timer)
      now = Math.max(now, timer.at)
      timer.callback()
      return true
    },
    reset: (to) => {
      timers.clear()
      now = to
    }
  }
}
