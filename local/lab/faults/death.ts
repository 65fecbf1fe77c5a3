import type {Observe} from '../../runtime/core/types'
import type {Faults} from './faults'

const die = (): void => { process.kill(process.pid, 'SIGKILL') }

/** Kills this process if a fault says so: as a state is entered, before that is written, or right after. */
export const deathBy = (faults: Faults): Observe => (observation) => {
  if (observation.type !== 'state' || observation.phase !== 'entered') {
    return
  }
  const fault = faults.strike({at: `runtime.${observation.state}`, text: observation.fileId ?? ''})
  if (fault?.effect === 'before') {
    die()
  } else if (fault !== undefined) {
    // The transaction that the state is entered in is over by then, and what follows from it has begun.
    setImmediate(die)
  }
}
