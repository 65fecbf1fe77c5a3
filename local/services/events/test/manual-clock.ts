import type {Clock} from '../../../runtime/core/types'

export interface ManualClock extends Clock {
  /** Lets time pass; whatever falls due runs at its own moment, and what follows from it settles before the next. */
  advance: (milliseconds: number) => Promise<void>
  /** Moments that callbacks wait for. */
  pending: () => number[]
}

/** Lets promises and immediates that are under way come to rest. */
export const settled = async (turns = 20): Promise<void> => {
  for (let turn = 0; turn < turns; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve))
  }
}

export const START = Date.parse('2026-11-24T12:00:00Z')

export const manualClock = (start = START): ManualClock => {
  let now = start
  const timers = new Set<{readonly at: number, readonly callback: () => void}>()
  const next = (until: number) => [...timers].filter(({at}) => at <= until).sort((left, right) => left.at - right.at)[0]
  return {
    now: () => now,
    at: (at, callback) => {
      const timer = {at, callback}
      timers.add(timer)
      return () => { timers.delete(timer) }
    },
    pending: () => [...timers].map(({at}) => at).sort((left, right) => left - right),
    advance: async (milliseconds) => {
      const until = now + milliseconds
      await settled()
      for (let timer = next(until); timer !== undefined; timer = next(until)) {
        timers.delete(timer)
        now = Math.max(now, timer.at)
        timer.callback()
        await settled()
      }
      now = until
    }
  }
}
