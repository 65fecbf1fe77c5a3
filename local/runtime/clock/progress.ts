import type {Calm} from './calm'
import type {Timer, Timers} from './timers'

/** `auto` continues by itself whenever nothing is under way and some work waits; `manual` only as far as it is sent. */
export type ClockMode = 'auto' | 'manual'

export interface ProgressParts {
  readonly timers: Timers
  readonly calm: Calm
  readonly start: number
  readonly mode: ClockMode
}

interface State {
  now: number
  mode: ClockMode
  /** How far it may go in `manual`. */
  until: number
  isGoing: boolean
  isStopped: boolean
  onTime: (now: number) => void
}

/** Where time may go next: the earliest timer, in `auto` only if some work waits. */
const nextTimer = ({mode, until, isStopped}: State, timers: Timers): Timer | undefined => {
  const next = timers.next()
  const isFree = mode === 'auto' && timers.waiting().length > 0
  return next !== undefined && !isStopped && (isFree || next.at <= until) ? next : undefined
}

const setNow = (state: State, at: number): void => {
  if (at > state.now && !state.isStopped) {
    state.now = at
    state.onTime(at)
  }
}

/** Takes time from one timer to the next, each time once nothing is under way. */
const createPump = (state: State, {timers, calm}: ProgressParts) => {
  const fireDue = (): void => {
    if (!state.isStopped) {
      timers.takeUntil(state.now).forEach(({callback}) => void calm.during(Promise.resolve(callback())))
    }
  }

  const go = async (): Promise<void> => {
    if (state.isGoing) {
      return
    }
    state.isGoing = true
    for (await calm.settled(); nextTimer(state, timers) !== undefined; await calm.settled()) {
      setNow(state, nextTimer(state, timers)!.at)
      fireDue()
    }
    state.isGoing = false
  }

  /** Until no one else has time going either. */
  const gone = async (): Promise<void> => {
    do {
      await go()
      await calm.settled()
    } while (state.isGoing || nextTimer(state, timers) !== undefined)
  }

  return {fireDue, go, gone}
}

/** How virtual time continues. */
export const createProgress = (parts: ProgressParts) => {
  const {start, mode} = parts
  const state: State = {now: start, mode, until: start, isGoing: false, isStopped: false, onTime: () => undefined}
  const {fireDue, go, gone} = createPump(state, parts)
  return {
    gone,
    now: () => state.now,
    mode: () => state.mode,
    isStopped: () => state.isStopped,
    /** What is due need not wait for calm: it happens beside what is under way. */
    added: (at: number): void => void (at <= state.now ? setImmediate(fireDue) : go()),
    setMode: (next: ClockMode): void => {
      state.mode = next
      state.until = state.now
      void go()
    },
    advanceTo: async (at: number): Promise<void> => {
      state.until = Math.max(state.until, at)
      await gone()
      setNow(state, at)
    },
    start: (at: number, onTime: (now: number) => void): void => {
      state.onTime = onTime
      state.until = Math.max(state.until, at)
      setNow(state, at)
    },
    stop: (): void => { state.isStopped = true }
  }
}
