import type {Activity, Clock} from './types'

/** Longer timers overflow and fire at once. */
const longestTimer = 2 ** 31 - 1

/** Real time. Its timers keep no process alive: the listening server does. */
export const realClock: Clock = {
  now: () => Date.now(),
  at: (at, callback) => {
    let timer: NodeJS.Timeout
    const arm = (): void => {
      const wait = Math.max(0, at - Date.now())
      timer = wait > longestTimer ? setTimeout(arm, longestTimer) : setTimeout(callback, wait)
      timer.unref()
    }
    arm()
    return () => clearTimeout(timer)
  }
}

/** Real time passes whatever is under way. */
export const unwatched: Activity = {during: (work) => work}

export const isoTime = (clock: Clock): string => new Date(clock.now()).toISOString()
