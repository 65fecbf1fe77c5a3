import {guard} from './failure'
import type {Frame, Phase} from './model'
import {finishWait} from './simple-states'
import {cancelTimers, type Run, touch} from './run'
import {taskTimedOut} from './task'
import {transact} from './transact'

/** Runs `work` at a moment, unless the frame has left its phase by then. */
const at = (run: Run, frame: Frame, moment: number, work: () => void): void => {
  const phase: Phase = frame.phase
  run.effects.push(() => {
    if (run.frames.get(frame.id) !== frame || frame.phase !== phase) {
      return
    }
    const cancel = run.engine.deps.clock.at(moment, () => transact(run, () => {
      if (run.frames.get(frame.id) === frame && frame.phase === phase) {
        guard(run, frame, work)
      }
    }))
    run.timers.set(frame.id, [...run.timers.get(frame.id) ?? [], cancel])
  })
}

const again = (run: Run, frame: Frame): void => {
  frame.phase = {kind: 'ready', entered: true}
  touch(run, frame)
  run.queue.push(frame)
}

/** Sets the clock for a frame, by the phase that it is in. */
export const wake = (run: Run, frame: Frame): void => {
  const {phase} = frame
  cancelTimers(run, frame.id)
  if (phase.kind === 'waiting') {
    at(run, frame, phase.until, () => finishWait(run, frame))
  } else if (phase.kind === 'retrying') {
    at(run, frame, phase.until, () => again(run, frame))
  } else if (phase.kind === 'task') {
    if (phase.due !== undefined) {
      at(run, frame, phase.due, () => taskTimedOut(run, frame, 'States.Timeout'))
    }
    if (phase.beat !== undefined) {
      at(run, frame, phase.beat, () => taskTimedOut(run, frame, 'States.HeartbeatTimeout'))
    }
  }
}
