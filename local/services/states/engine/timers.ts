import {isObject} from '../../../../shared/json'
import {lookMilliseconds, neverHeld} from '../../../runtime/core/hold'
import {resourceName} from '../integrations/call'
import type {Frame, Phase} from './model'
import {cancelTimers, type Run, currentState, type Timeout} from './run'
import {transact} from './transact'

/** The function that a task calls; '' if it calls none. */
const findFunction = (run: Run, frame: Frame): string => {
  const name = resourceName(currentState(run, frame).Resource ?? '')
  const {parameters} = frame.phase.kind === 'task' ? frame.phase : {}
  const named = isObject(parameters) && name?.type === 'lambda' ? parameters['FunctionName'] : undefined
  return typeof named === 'string' ? named : name?.type === 'function' ? name.action : ''
}

/** Tells the engine of a moment, unless the frame has left its phase by then; of a time-out later, by as long as a debugger holds the function. */
const at = (run: Run, frame: Frame, moment: number, timeout?: Timeout): void => {
  const phase: Phase = frame.phase
  const hold = (timeout && run.engine.deps.holdOf?.(findFunction(run, frame))) ?? neverHeld
  const before = hold.heldMilliseconds()
  run.effects.push(() => {
    if (run.frames.get(frame.id) !== frame || frame.phase !== phase) {
      return
    }
    const cancel = run.engine.deps.clock.at(moment, () => transact(run, () => {
      if (run.frames.get(frame.id) === frame && frame.phase === phase) {
        const held = hold.heldMilliseconds() - before
        if (hold.isHeld() || held > 0) {
          at(run, frame, moment + Math.max(held, lookMilliseconds), timeout)
        } else {
          run.engine.parts.timeUp(run, frame, timeout)
        }
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
