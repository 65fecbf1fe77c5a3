import type {State} from 'asl-verify/definition'
import {describeError} from '../../../../shared/errors'
import {runtimeError, StatesError} from '../asl/errors'
import {resourceName} from '../integrations/call'
import {checkSize, leave, sizeError} from './completion'
import {fail, guard} from './failure'
import {type Details, errorDetails, inputDetails, outputDetails, record} from './history'
import type {Frame, TaskPhase} from './model'
import {type Run, createScope, currentState, type Timeout, touch} from './run'
import {encodeToken} from './token'
import {wake} from './timers'
import {transact} from './transact'

const isFunction = (state: State): boolean => resourceName(state.Resource ?? '')?.type === 'function'

const shown = (state: State): object => {
  const name = resourceName(state.Resource ?? '')
  return {resourceType: name?.type, resource: name?.shown}
}

/** A function's task has events of its own kind. */
const note = (run: Run, frame: Frame, what: 'Succeeded' | 'Failed' | 'TimedOut' | 'Submitted', details: Details): void => {
  const state = currentState(run, frame)
  record(run, frame, `${isFunction(state) ? 'LambdaFunction' : 'Task'}${what}`, isFunction(state) ? details : () => ({...shown(state), ...details()}))
}

const noteStart = (run: Run, frame: Frame, state: State, {parameters, timeoutSeconds, heartbeatSeconds}: TaskPhase): void => {
  const limits = {timeoutInSeconds: timeoutSeconds, heartbeatInSeconds: heartbeatSeconds}
  if (isFunction(state)) {
    record(run, frame, 'LambdaFunctionScheduled', () => ({resource: state.Resource, ...inputDetails(parameters), ...limits}))
    record(run, frame, 'LambdaFunctionStarted')
    return
  }
  record(run, frame, 'TaskScheduled', () => ({...shown(state), region: run.engine.region, parameters: JSON.stringify(parameters), ...limits}))
  record(run, frame, 'TaskStarted', () => shown(state))
}

const limit = (run: Run, frame: Frame, state: State, name: string): number | undefined => {
  const seconds = run.language.member(state, name, createScope(run, frame))
  if (seconds !== undefined && (typeof seconds !== 'number' || !Number.isInteger(seconds) || seconds <= 0)) {
    throw runtimeError(`The value of ${name} must be a positive integer: ${JSON.stringify(seconds)}`)
  }
  return seconds
}

const later = (run: Run, seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : run.engine.deps.clock.now() + seconds * 1000

/** Takes an attempt's outcome, if the attempt is still the one that is waited for. */
const settle = (run: Run, frame: Frame, attempt: string, work: () => void): void => transact(run, () => {
  if (run.frames.get(frame.id) === frame && frame.phase.kind === 'task' && frame.phase.attempt === attempt) {
    guard(run, frame, work)
  }
})

/** A task has its result. */
export const taskSucceeded = (run: Run, frame: Frame, result: unknown): void => {
  const tooLarge = sizeError(result, frame)
  if (tooLarge !== undefined) {
    taskFailed(run, frame, tooLarge)
    return
  }
  note(run, frame, 'Succeeded', () => outputDetails(result))
  leave(run, frame, run.language.output(currentState(run, frame), createScope(run, frame), result))
}

export const taskFailed = (run: Run, frame: Frame, {error, message}: StatesError): void => {
  note(run, frame, 'Failed', () => errorDetails(error, message))
  fail(run, frame, new StatesError(error, message))
}

export const taskTimedOut = (run: Run, frame: Frame, error: Timeout): void => {
  note(run, frame, 'TimedOut', () => errorDetails(error, ''))
  fail(run, frame, new StatesError(error, ''))
}

/** The call that carries a token has returned: from now on only the token counts. */
const submitted = (run: Run, frame: Frame, result: unknown): void => {
  note(run, frame, 'Submitted', () => outputDetails(result))
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- only a task is submitted
  frame.phase = {...frame.phase as TaskPhase, submitted: true}
  touch(run, frame)
  wake(run, frame)
}

const asStatesError = (error: unknown): StatesError =>
  error instanceof StatesError ? error : new StatesError('States.TaskFailed', describeError(error))

/** Starts the attempt that a frame's phase describes, once the transaction is over; its result comes back as one of its own. */
export const perform = (run: Run, frame: Frame, phase: TaskPhase): void => {
  const resource = currentState(run, frame).Resource ?? ''
  const returned = (result: unknown): void => phase.token === undefined ? taskSucceeded(run, frame, result) : submitted(run, frame, result)
  run.effects.push(() => {
    if (run.frames.get(frame.id) === frame && frame.phase === phase) {
      const {arn: executionArn, machineArn} = run.execution
      run.engine.perform({resource, parameters: phase.parameters, executionArn, machineArn}).then(
        (result) => settle(run, frame, phase.attempt, () => returned(result)),
        (error: unknown) => settle(run, frame, phase.attempt, () => taskFailed(run, frame, asStatesError(error)))
      )
    }
  })
}

/** Begins an attempt of a Task. */
export const startTask = (run: Run, frame: Frame, state: State): void => {
  const name = resourceName(state.Resource ?? '')
  if (name === undefined || name.pattern === 'sync') {
    throw runtimeError(`The embedded runtime has no integration for the resource ${state.Resource}.`)
  }
  const attempt = run.engine.newId()
  const token = name.pattern === 'token' ? encodeToken({execution: run.execution.arn, frame: frame.id, attempt}) : undefined
  const parameters = run.language.input(state, createScope(run, frame, token === undefined ? {} : {Task: {Token: token}}))
  checkSize(parameters, frame)
  const timeoutSeconds = limit(run, frame, state, 'TimeoutSeconds')
  const heartbeatSeconds = limit(run, frame, state, 'HeartbeatSeconds')
  const phase: TaskPhase = {
    kind: 'task', attempt, parameters, timeoutSeconds, heartbeatSeconds, token, due: later(run, timeoutSeconds), beat: later(run, heartbeatSeconds)
  }
  noteStart(run, frame, state, phase)
  frame.phase = phase
  touch(run, frame)
  wake(run, frame)
  perform(run, frame, phase)
}

/** Runs an attempt again that a restart interrupted, with its whole time; a task that waits for its token continues waiting. */
export const resumeTask = (run: Run, frame: Frame, phase: TaskPhase): void => {
  if (phase.submitted !== true) {
    frame.phase = {...phase, due: later(run, phase.timeoutSeconds), beat: later(run, phase.heartbeatSeconds)}
    touch(run, frame)
    perform(run, frame, frame.phase)
  }
  wake(run, frame)
}
