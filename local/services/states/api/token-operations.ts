import {describeError} from '../../../../shared/errors'
import type {Json} from '../../../../shared/json'
import {ServiceError} from '../../../runtime/core/errors'
import {optionalString} from '../../../runtime/core/json'
import type {Operations} from '../../../runtime/core/json-protocol'
import {StatesError} from '../asl/errors'
import {guard} from '../engine/failure'
import type {Frame, TaskPhase} from '../engine/model'
import {type Engine, type Run, touch} from '../engine/run'
import {taskFailed, taskSucceeded} from '../engine/task'
import {wake} from '../engine/timers'
import {decodeToken} from '../engine/token'
import {transact} from '../engine/transact'

interface Waiting {
  readonly run: Run
  readonly frame: Frame
  readonly phase: TaskPhase
}

/** The task that waits for a token. Throws InvalidToken or TaskTimedOut. */
const waitingFor = (engine: Engine, input: Json): Waiting => {
  const token = optionalString(input, 'taskToken') ?? ''
  const parts = decodeToken(token)
  if (parts === undefined) {
    throw new ServiceError('InvalidToken', `Invalid Token: '${token}'`)
  }
  const run = engine.runs.get(parts.execution)
  const frame = run?.frames.get(parts.frame)
  if (run === undefined || frame?.phase.kind !== 'task' || frame.phase.attempt !== parts.attempt || frame.phase.token === undefined) {
    throw new ServiceError('TaskTimedOut', 'Task Timed Out: \'Provided task does not exist anymore\'')
  }
  return {run, frame, phase: frame.phase}
}

const parsed = (output: unknown): unknown => {
  try {
    return JSON.parse(String(output))
  } catch (error) {
    throw new ServiceError('InvalidOutput', `Invalid Output: '${describeError(error)}'`)
  }
}

const succeed = (engine: Engine, input: Json): Json => {
  const {run, frame} = waitingFor(engine, input)
  const output = parsed(input['output'])
  transact(run, () => guard(run, frame, () => taskSucceeded(run, frame, output)))
  return {}
}

const fail = (engine: Engine, input: Json): Json => {
  const {run, frame} = waitingFor(engine, input)
  const error = new StatesError(optionalString(input, 'error') ?? '', optionalString(input, 'cause') ?? '')
  transact(run, () => guard(run, frame, () => taskFailed(run, frame, error)))
  return {}
}

const beat = (engine: Engine, input: Json): Json => {
  const {run, frame, phase} = waitingFor(engine, input)
  const {heartbeatSeconds} = phase
  if (heartbeatSeconds !== undefined) {
    transact(run, () => {
      frame.phase = {...phase, beat: engine.deps.clock.now() + heartbeatSeconds * 1000}
      touch(run, frame)
      wake(run, frame)
    })
  }
  return {}
}

/** The API's operations on task tokens. */
export const tokenOperations = (engine: Engine): Operations => ({
  SendTaskSuccess: (input) => succeed(engine, input),
  SendTaskFailure: (input) => fail(engine, input),
  SendTaskHeartbeat: (input) => beat(engine, input)
})
