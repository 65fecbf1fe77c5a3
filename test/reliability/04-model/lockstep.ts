import type {VirtualClock} from '../../../local/runtime/clock/virtual-clock'

/** Programs that share a clock: time passes when each of them waits for it or is over, for as long as the most patient one asked. */
export interface Lockstep {
  /** Seconds; Infinity until nothing waits for time any more. */
  wait: (seconds: number) => Promise<void>
  /** One program is over. */
  leave: () => void
}

interface Waiting {
  readonly seconds: number
  readonly resume: () => void
}

export const createLockstep = (clock: VirtualClock, programs: number): Lockstep => {
  let active = programs
  let waiting: Waiting[] = []
  const pass = async (seconds: number): Promise<void> => seconds === Infinity ? clock.rest() : clock.advanceTo(clock.now() + seconds * 1000)
  const step = async (): Promise<void> => {
    if (waiting.length === 0 || waiting.length < active) {
      return
    }
    const all = waiting
    waiting = []
    await pass(Math.max(...all.map(({seconds}) => seconds)))
    all.forEach(({resume}) => resume())
  }
  return {
    wait: (seconds) => new Promise((resume) => {
      waiting.push({seconds, resume})
      void step()
    }),
    leave: () => {
      active -= 1
      void step()
    }
  }
}
