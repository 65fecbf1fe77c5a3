import type {Activity} from '../core/types'

export interface Calm extends Activity {
  /** Resolves once nothing is under way, and what followed from it has had its turn. */
  settled: () => Promise<void>
}

/** Turns of the event loop in which promises and immediates come to rest. */
const turns = 20

const immediate = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Counts what is under way. */
export const createCalm = (): Calm => {
  let running = 0
  let waiting: Array<() => void> = []
  const end = (): void => {
    running -= 1
    if (running === 0) {
      const resumed = waiting
      waiting = []
      resumed.forEach((resume) => resume())
    }
  }
  return {
    during: (work) => {
      running += 1
      return work.finally(end)
    },
    settled: async () => {
      for (let calm = 0; calm < turns; calm++) {
        if (running > 0) {
          await new Promise<void>((resolve) => { waiting.push(resolve) })
          calm = 0
        }
        await immediate()
      }
    }
  }
}
