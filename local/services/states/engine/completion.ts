import type {State} from 'asl-verify/definition'
import {StatesError} from '../asl/errors'
import {errorDetails, outputDetails, record, tell, tellExecution} from './history'
import {type Frame, MAX_BYTES, type Status} from './model'
import {cancelTimers, drop, findParent, ROOT, type Run, currentState, touch} from './run'

/** A character takes three bytes at most. */
const isTooLarge = (text: string): boolean => text.length * 3 > MAX_BYTES && Buffer.byteLength(text) > MAX_BYTES

/** States.DataLimitExceeded for a value that is larger than a state may hand on. */
export const sizeError = (value: unknown, frame: Frame): StatesError | undefined =>
  isTooLarge(JSON.stringify(value) ?? '')
    ? new StatesError('States.DataLimitExceeded',
        `The state/task '${frame.state}' returned a result with a size exceeding the maximum number of bytes service limit.`)
    : undefined

/** Throws States.DataLimitExceeded. */
export const checkSize = (value: unknown, frame: Frame): void => {
  const error = sizeError(value, frame)
  if (error !== undefined) {
    throw error
  }
}

/** Ends the execution. A failed one keeps its root frame, for a redrive. */
export const finish = (run: Run, status: Status, details: {readonly output?: unknown, readonly error?: string, readonly cause?: string}): void => {
  const root = run.frames.get(ROOT)!
  const {output, error, cause} = details
  const types = {SUCCEEDED: 'ExecutionSucceeded', FAILED: 'ExecutionFailed', TIMED_OUT: 'ExecutionTimedOut', ABORTED: 'ExecutionAborted', RUNNING: ''}
  record(run, root, types[status], () => status === 'SUCCEEDED' ? outputDetails(output) : errorDetails(error, cause))
  run.execution = {
    ...run.execution, status, stopped: run.engine.deps.clock.now(),
    ...(status === 'SUCCEEDED' ? {output: JSON.stringify(output)} : {error: error ?? '', cause: cause ?? ''})
  }
  run.engine.tables.putExecution(run.execution);
  [...run.frames.values()].filter(({id}) => id !== ROOT).forEach((frame) => drop(run, frame))
  run.timers.forEach((_, id) => cancelTimers(run, id))
  run.queue.length = 0
  if (status === 'SUCCEEDED') {
    drop(run, root)
  } else {
    touch(run, root)
  }
  run.effects.push(() => {
    run.engine.runs.delete(run.execution.arn)
    tellExecution(run)
  })
}

const end = (run: Run, frame: Frame, output: unknown): void => {
  const parent = findParent(run, frame)
  if (parent === undefined) {
    finish(run, 'SUCCEEDED', {output})
  } else {
    run.engine.parts.childDone(run, parent, frame, output)
  }
}

/** Puts a frame before another state. */
export const goTo = (run: Run, frame: Frame, state: string, input: unknown): void => {
  Object.assign(frame, {state, input, phase: {kind: 'ready'}, retries: []})
  touch(run, frame)
  run.queue.push(frame)
}

/** Leaves a state with its output, for the next one or for the end of the line. Throws States.DataLimitExceeded. */
export const leave = (run: Run, frame: Frame, output: unknown, next?: string): void => {
  const state: State = currentState(run, frame)
  checkSize(output, frame)
  cancelTimers(run, frame.id)
  record(run, frame, `${state.Type}StateExited`, () => ({name: frame.state, ...outputDetails(output)}))
  tell(run, frame, 'exited')
  const target = next ?? state.Next
  if (target === undefined) {
    end(run, frame, output)
  } else {
    goTo(run, frame, target, output)
  }
}
