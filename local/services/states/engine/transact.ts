import {transaction} from '../../../runtime/core/store'
import type {Run} from './run'

/** States run before others get their turn, and before what was done so far is written. */
const BATCH = 200

const drain = (run: Run): void => {
  for (let steps = 0; steps < BATCH && run.queue.length > 0; steps += 1) {
    const frame = run.queue.shift()
    if (frame !== undefined && run.frames.get(frame.id) === frame) {
      run.engine.parts.step(run, frame)
    }
  }
  if (run.queue.length > 0) {
    run.effects.push(() => setImmediate(() => transact(run, () => undefined)))
  }
}

const write = ({engine: {tables}, execution, frames, changed, dropped}: Run): void => {
  [...changed].filter((frame) => frames.get(frame.id) === frame).forEach((frame) => tables.putFrame(execution.arn, frame))
  dropped.forEach((id) => tables.deleteFrame(execution.arn, id))
  changed.clear()
  dropped.clear()
}

/** Changes an execution: what `work` does, and every state that can run then, is one transaction; calls and timers follow it. */
export const transact = (run: Run, work: () => void): void => {
  if (run.engine.stopped || run.execution.status !== 'RUNNING') {
    return
  }
  transaction(run.engine.deps.db, () => {
    work()
    drain(run)
    write(run)
  })
  const effects = run.effects.splice(0)
  if (!run.engine.stopped) {
    effects.forEach((effect) => effect())
  }
}
