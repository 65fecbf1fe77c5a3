import type {Frame, Phase} from './model'
import {cancelTimers, type Run, type Timeout} from './run'
import {transact} from './transact'

/** Tells the engine of a moment, unless the frame has left its phase by then. */
const at = (run: Run, frame: Frame, moment: number, timeout?: Timeout): void => {
  const phase: Phase = frame.phase
  run.effects.push(() => {
    if (run.frames.get(frame.id) !== frame || frame.phase !== phase) {
      return
    }
    const cancel = run.engine.deps.clock.at(moment, () => transact(run, () => {
      if (run.frames.get(frame.id) === frame && frame.phase === phase) {
        run.engine.parts.timeUp(run, frame, timeout)
      }
    }))
    run.timers.set(frame.id, [...run.timers.get(frame.id) ?? [], cancel])
  })
}

/** Sets the clock for a frame, by the phase that it is in. */
export const wake = (run: Run, frame: Frame): void => {
  const {phase} = frame
  cancelTimers(run, frame.id)
  if (phase.kind === 'waiting' || phase.kind === 'retrying') {
    at(run, frame, phase.until)
  } else if (phase.kind === 'task') {
    if (phase.due !== undefined) {
      at(run, frame, phase.due, 'States.Timeout')
    }
    if (phase.beat !== undefined) {
      at(run, frame, phase.beat, 'States.HeartbeatTimeout')
    }
  }
}
