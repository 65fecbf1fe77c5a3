import {setImmediate as turn} from 'node:timers/promises'
import {jest} from '@jest/globals'

interface Timer {
  readonly at: number
  readonly wake: () => void
}

/** A clock that continues to the next timer as soon as no one does anything else. */
export interface VirtualClock {
  /** Takes the place of `setTimeout` of `node:timers/promises`. */
  sleep: (milliseconds?: number, value?: unknown, options?: {readonly signal?: AbortSignal | undefined}) => Promise<unknown>
  /** The same function, which the clock waits for: of whatever leaves this thread, as a database does. */
  counted: <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) => (...args: Args) => Promise<Result>
}

/** Turns of the event loop without anything counted, after which all that could run has run. */
const quietTurns = 5

/** Starts one: `Date` says its time from now on, and only what is given its `sleep` sleeps by it. */
export const virtualClock = (): VirtualClock => {
  jest.useFakeTimers({
    doNotFake: [
      'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'
    ]
  })
  const timers = new Set<Timer>()
  let [busy, isRunning] = [0, false]
  const settled = async (): Promise<void> => {
    for (let quiet = 0; quiet < quietTurns; quiet = busy === 0 ? quiet + 1 : 0) {
      await turn()
    }
  }
  const run = async (): Promise<void> => {
    isRunning = true
    for (; timers.size > 0;) {
      await settled()
      const [next] = [...timers].toSorted((one, other) => one.at - other.at)
      if (next !== undefined) {
        timers.delete(next)
        jest.setSystemTime(Math.max(Date.now(), next.at))
        next.wake()
      }
    }
    isRunning = false
  }
  return {
    sleep: (milliseconds = 0, value, {signal} = {}) => new Promise((resolve, reject) => {
      const timer = {at: Date.now() + milliseconds, wake: () => resolve(value)}
      signal?.addEventListener('abort', () => {
        timers.delete(timer)
        reject(signal.reason as Error)
      })
      timers.add(timer)
      void (isRunning || run())
    }),
    counted: (work) => async (...args) => {
      busy += 1
      try {
        return await work(...args)
      } finally {
        busy -= 1
      }
    }
  }
}
