export interface Timer {
  readonly at: number
  readonly callback: () => unknown
  /** Housekeeping would have time going for ever. */
  readonly isWork: boolean
}

/** What waits for a moment: earliest first, at the same moment in the order in which it came. */
export interface Timers {
  add: (timer: Timer) => void
  remove: (timer: Timer) => void
  next: () => Timer | undefined
  /** Those that are due at a moment; they wait no more. */
  takeUntil: (at: number) => readonly Timer[]
  /** Moments that work waits for. */
  waiting: () => number[]
}

export const createTimers = (): Timers => {
  const ordered: Timer[] = []
  return {
    add: (timer) => {
      const later = ordered.findLastIndex(({at}) => at <= timer.at)
      ordered.splice(later + 1, 0, timer)
    },
    remove: (timer) => {
      const index = ordered.indexOf(timer)
      if (index !== -1) {
        ordered.splice(index, 1)
      }
    },
    next: () => ordered[0],
    takeUntil: (moment) => ordered.splice(0, ordered.findLastIndex(({at}) => at <= moment) + 1),
    waiting: () => ordered.filter(({isWork}) => isWork).map(({at}) => at)
  }
}
