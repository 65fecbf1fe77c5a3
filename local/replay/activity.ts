import type {ShadowClock} from './clock'

/** What is under way in a shadow: calls, and what waits for its time. */
export interface Activity {
  /** Counts a call until it is settled and those who waited for it have continued. */
  track: <T>(call: Promise<T>) => Promise<T>
  /** Nothing of what is under way matters any longer. */
  halt: () => void
  isHalted: () => boolean
  /** Resolves once nothing is under way and nothing waits. */
  rest: () => Promise<void>
  reset: () => void
}

export const createActivity = (clock: ShadowClock): Activity => {
  let [running, halted] = [0, false]
  let wake = (): void => undefined
  const settled = (): void => {
    running -= 1
    if (running === 0) {
      wake()
    }
  }
  return {
    track: (call) => {
      running += 1
      // Attached after the caller's own handlers, which so run first.
      queueMicrotask(() => void call.then(settled, settled))
      return call
    },
    halt: () => { halted = true },
    isHalted: () => halted,
    rest: async () => {
      do {
        while (running > 0) {
          await new Promise<void>((resolve) => { wake = resolve })
        }
      } while (!halted && clock.next())
    },
    reset: () => { [running, halted] = [0, false] }
  }
}
