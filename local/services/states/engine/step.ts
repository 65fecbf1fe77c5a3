import type {State} from 'asl-verify/definition'
import {isoTime} from '../../../runtime/core/clock'
import {runtimeError} from '../asl/errors'
import {childDone, childFailed, startChildren} from './children'
import {guard} from './failure'
import {inputDetails, record, tell} from './history'
import type {Frame} from './model'
import {findMachine, type Parts, type Run, type Timeout, touch} from './run'
import {finishWait, simpleStates} from './simple-states'
import {startTask, taskTimedOut} from './task'

type Handler = (run: Run, frame: Frame, state: State) => void

const findHandler = (type: State['Type']): Handler | undefined => {
  switch (type) {
    case 'Task':
      return startTask
    case 'Parallel':
    case 'Map':
      return startChildren
    default:
      return Object.hasOwn(simpleStates, type) ? simpleStates[type] : undefined
  }
}

const enter = (run: Run, frame: Frame, state: State): void => {
  frame.enteredAt = isoTime(run.engine.deps.clock)
  frame.enteredEvent = run.events + 1
  touch(run, frame)
  record(run, frame, `${state.Type}StateEntered`, () => ({name: frame.state, ...inputDetails(frame.input)}))
  tell(run, frame, 'entered')
}

/** Runs the state that a frame stands before. */
const step = (run: Run, frame: Frame): void => guard(run, frame, () => {
  const state = findMachine(run, frame).States[frame.state]
  const handle = state === undefined ? undefined : findHandler(state.Type)
  if (state === undefined || handle === undefined) {
    throw runtimeError(`There is no state '${frame.state}' of a known type.`)
  }
  if (frame.phase.kind === 'ready' && frame.phase.entered !== true) {
    enter(run, frame, state)
  }
  handle(run, frame, state)
})

const runAgain = (run: Run, frame: Frame): void => {
  frame.phase = {kind: 'ready', entered: true}
  touch(run, frame)
  run.queue.push(frame)
}

const timeUp = (run: Run, frame: Frame, timeout?: Timeout): void => guard(run, frame, () => {
  if (timeout !== undefined) {
    taskTimedOut(run, frame, timeout)
  } else if (frame.phase.kind === 'waiting') {
    finishWait(run, frame)
  } else {
    runAgain(run, frame)
  }
})

/** The engine's parts for one another: none imports one above it. */
export const parts: Parts = {step, timeUp, childDone, childFailed}
