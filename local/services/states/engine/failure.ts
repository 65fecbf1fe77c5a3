import {describeError} from '../../../../shared/errors'
import {runtimeError, StatesError} from '../asl/errors'
import {catcherFor, retrierFor, retryDelay} from '../asl/retry'
import {finish, leave} from './completion'
import {HistoryFull, tell} from './history'
import type {Frame} from './model'
import {cancelTimers, findParent, type Run, createScope, currentState, touch} from './run'
import {wake} from './timers'

/** The error with the state's name before its cause, if the state itself is at fault. */
const located = (frame: Frame, {error, message, located: inState}: StatesError): StatesError => inState
  ? new StatesError(error, `An error occurred while executing the state '${frame.state}' (entered at the event id #${frame.enteredEvent}). ${message}`)
  : new StatesError(error, message)

/** A line of states ends with an error. */
export const failLine = (run: Run, frame: Frame, error: StatesError): void => {
  const parent = findParent(run, frame)
  if (parent === undefined) {
    finish(run, 'FAILED', {error: error.error, cause: error.message})
  } else {
    run.engine.parts.childFailed(run, parent, frame, error)
  }
}

const retry = (run: Run, frame: Frame, error: StatesError): boolean => {
  const found = retrierFor(currentState(run, frame).Retry, error.error)
  const delay = found === undefined ? undefined : retryDelay(found[1], frame.retries[found[0]] ?? 0, run.engine.random)
  if (found === undefined || delay === undefined) {
    return false
  }
  frame.retries[found[0]] = (frame.retries[found[0]] ?? 0) + 1
  const {clock, retryDelay: shortened} = run.engine.deps
  frame.phase = {kind: 'retrying', until: clock.now() + (shortened?.(delay) ?? delay)}
  touch(run, frame)
  tell(run, frame, 'retrying', error.error)
  wake(run, frame)
  return true
}

const caught = (run: Run, frame: Frame, error: StatesError): boolean => {
  const catcher = catcherFor(currentState(run, frame).Catch, error.error)
  if (catcher === undefined) {
    return false
  }
  const output = run.language.caught(catcher, createScope(run, frame), {Error: error.error, Cause: error.message})
  tell(run, frame, 'failed', error.error)
  leave(run, frame, output, catcher.Next)
  return true
}

const settle = (run: Run, frame: Frame, error: StatesError): void => {
  cancelTimers(run, frame.id)
  if (!retry(run, frame, error) && !caught(run, frame, error)) {
    tell(run, frame, 'failed', error.error)
    failLine(run, frame, error)
  }
}

/** A state failed: its retriers, then its catchers are asked; else its line fails. */
export const fail = (run: Run, frame: Frame, cause: StatesError): void => {
  try {
    settle(run, frame, located(frame, cause))
  } catch (error) {
    if (!(error instanceof StatesError) || error instanceof HistoryFull) {
      throw error
    }
    // The catcher's own paths do not fit: no other is asked.
    failLine(run, frame, located(frame, error))
  }
}

/** Runs a part of a state: whatever it throws is the state's failure; a full history ends the execution. */
export const guard = (run: Run, frame: Frame, work: () => void): void => {
  try {
    try {
      work()
    } catch (error) {
      if (error instanceof HistoryFull) {
        throw error
      }
      fail(run, frame, error instanceof StatesError ? error : runtimeError(describeError(error)))
    }
  } catch (error) {
    if (!(error instanceof HistoryFull)) {
      throw error
    }
    finish(run, 'FAILED', {error: error.error, cause: error.message})
  }
}
