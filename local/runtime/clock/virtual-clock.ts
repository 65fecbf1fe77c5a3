import type {Activity, Clock} from '../core/types'
import {createCalm} from './calm'
import {type ClockMode, createProgress} from './progress'
import {seededRandom} from './random'
import {createTimers} from './timers'

export interface VirtualClockOptions {
  /** Of all chance in the engines. */
  readonly seed?: number
  /** Epoch ms at which it starts; now by default. */
  readonly start?: number
  readonly mode?: ClockMode
}

/** Time that passes only while nothing is under way, and then at once: from each moment that something waits for to the next. */
export interface VirtualClock extends Clock, Activity {
  readonly seed: number
  /** In [0, 1), by the seed. */
  random: () => number
  mode: () => ClockMode
  setMode: (mode: ClockMode) => void
  /** Moments that work waits for, earliest first; housekeeping is not among them. */
  waiting: () => number[]
  /** Lets time pass up to a moment; resolves once all that fell due meanwhile is done. */
  advanceTo: (at: number) => Promise<void>
  /** Lets time pass until no work waits for any; resolves when nothing is under way. */
  rest: () => Promise<void>
  /** Goes forward to a moment that was reached before, and reports each from then on. */
  start: (at: number, onTime: (now: number) => void) => void
  /** Time stands still from now on. */
  stop: () => void
}

/** A clock for tests and for looking ahead; see docs/adr/0027-clock-and-faults.md. */
export const virtualClock = ({seed = 1, start = Date.now(), mode = 'auto'}: VirtualClockOptions = {}): VirtualClock => {
  const timers = createTimers()
  const calm = createCalm()
  const progress = createProgress({timers, calm, start, mode})
  return {
    seed,
    random: seededRandom(seed),
    now: progress.now,
    at: (at, callback, kind) => {
      const timer = {at, callback, isWork: kind !== 'housekeeping'}
      timers.add(timer)
      progress.added(at)
      return () => timers.remove(timer)
    },
    during: calm.during,
    mode: progress.mode,
    setMode: progress.setMode,
    waiting: timers.waiting,
    advanceTo: progress.advanceTo,
    rest: async () => {
      for (await progress.gone(); timers.waiting().length > 0 && !progress.isStopped();) {
        await progress.advanceTo(timers.waiting()[0]!)
      }
    },
    start: progress.start,
    stop: progress.stop
  }
}
