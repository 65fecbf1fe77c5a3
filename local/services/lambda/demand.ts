import {availableParallelism, cpus} from 'node:os'
import {listProc, readProc, treeOf} from './proc'

/** Milliseconds for which the threads of a process and of all that it started ran or waited for a CPU; NaN if the system does not tell. */
export const wantedMilliseconds = (pid: number): number => {
  const threads = treeOf(pid).flatMap((each) => listProc(`${each}/task`).map((thread) => readProc(`${each}/task/${thread}/schedstat`)))
  const nanoseconds = threads.map((text) => text.split(' ').slice(0, 2).map(Number)).map(([ran = NaN, waited = NaN]) => ran + waited)
  return threads.length === 0 ? NaN : nanoseconds.reduce((sum, each) => sum + each, 0) / 1e6
}

/** The CPUs of this machine, as far as no one uses them. */
export interface IdleCpus {
  /** Takes one, if there was one idle of late; those that are taken count as busy until what they are for shows. */
  take: () => boolean
}

/** Enough ticks of the system's clock to tell busy from idle. */
const windowMilliseconds = 50

/** So much of a CPU is as good as a whole one for what starts on it. */
const enough = 0.5

interface Sample {
  readonly at: number
  /** Of all CPUs since the system started. */
  readonly idleMilliseconds: number
}

const sampled = (): Sample => ({at: performance.now(), idleMilliseconds: cpus().reduce((sum, {times}) => sum + times.idle, 0)})

export const watchCpus = (sample: () => Sample = sampled): IdleCpus => {
  let last = sample()
  let idle = 0
  return {
    take: () => {
      const now = sample()
      const milliseconds = now.at - last.at
      if (milliseconds >= windowMilliseconds) {
        idle = Math.min((now.idleMilliseconds - last.idleMilliseconds) / milliseconds, availableParallelism())
        last = now
      }
      const isIdle = idle >= enough
      idle -= isIdle ? 1 : 0
      return isIdle
    }
  }
}
