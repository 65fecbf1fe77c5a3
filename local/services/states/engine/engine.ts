import type {Machine} from 'asl-verify/definition'
import {isObject, trustedJson} from '../../../../shared/json'
import {jsonPathLanguage} from '../asl/json-path-language'
import {finish} from './completion'
import {record, tellExecution} from './history'
import type {Execution, Frame} from './model'
import {type Engine, ROOT, type Run, touch, WHOLE} from './run'
import {resumeTask} from './task'
import {wake} from './timers'
import {transact} from './transact'

const readFileId = (input: unknown): string | undefined => isObject(input) && typeof input['fileId'] === 'string' ? input['fileId'] : undefined

/** Parsed once: every execution of a machine reads the same definition, and none changes it. */
const machines = new Map<string, Machine>()

const loadMachine = ({tables}: Engine, digest: string): Machine => {
  const machine = machines.get(digest) ?? trustedJson<Machine>(tables.definition(digest))
  machines.set(digest, machine)
  return machine
}

const open = (engine: Engine, execution: Execution, frames: readonly Frame[]): Run => {
  const input: unknown = JSON.parse(execution.input)
  const run: Run = {
    engine, execution, input, fileId: readFileId(input), language: jsonPathLanguage,
    machine: loadMachine(engine, execution.definition),
    frames: new Map(frames.map((frame) => [frame.id, frame])),
    queue: [], changed: new Set(), dropped: new Set(), effects: [], timers: new Map(),
    events: engine.tables.eventCount(execution.arn),
    lastFrame: Math.max(ROOT, ...frames.map(({id}) => id))
  }
  engine.runs.set(execution.arn, run)
  return run
}

/** The time limit of the whole execution counts from its start, over every restart. */
const limitTime = (run: Run): void => {
  const {TimeoutSeconds} = run.machine
  if (TimeoutSeconds !== undefined) {
    const from = run.execution.redriven ?? run.execution.started
    const end = (): void => transact(run, () => finish(run, 'TIMED_OUT', {error: 'States.Timeout'}))
    run.effects.push(() => { run.timers.set(WHOLE, [run.engine.deps.clock.at(from + TimeoutSeconds * 1000, end)]) })
  }
}

const rootFrame = ({StartAt}: Machine, input: unknown): Frame =>
  ({id: ROOT, state: StartAt, input, phase: {kind: 'ready'}, lastEvent: 0, enteredEvent: 0, enteredAt: '', retries: []})

/** Starts an execution that is not in the store yet: it is, with all that it could do at once, when this returns. */
export const begin = (engine: Engine, execution: Execution): void => {
  const run = open(engine, execution, [])
  const root = rootFrame(run.machine, run.input)
  run.frames.set(ROOT, root)
  transact(run, () => {
    engine.tables.putExecution(execution)
    record(run, root, 'ExecutionStarted', () => ({input: execution.input, inputDetails: {truncated: false}, roleArn: execution.roleArn}))
    // The first state points back to nothing, as on AWS.
    root.lastEvent = 0
    touch(run, root)
    run.queue.push(root)
    tellExecution(run)
    limitTime(run)
  })
}

const resumeFrame = (run: Run, frame: Frame): void => {
  if (frame.phase.kind === 'ready') {
    run.queue.push(frame)
  } else if (frame.phase.kind === 'task') {
    resumeTask(run, frame, frame.phase)
  } else {
    wake(run, frame)
  }
}

/** Resumes every execution that an earlier process left running, once the services that its tasks call have started as well. */
export const resume = (engine: Engine): void => engine.tables.running().forEach((execution) => {
  const run = open(engine, execution, engine.tables.frames(execution.arn))
  setImmediate(() => transact(run, () => {
    limitTime(run)
    run.frames.forEach((frame) => resumeFrame(run, frame))
  }))
})

/** Runs an execution that did not succeed once more, from the state in which it ended. */
export const redrive = (engine: Engine, {stopped: _stopped, error: _error, cause: _cause, ...ended}: Execution): Execution => {
  const execution: Execution = {...ended, status: 'RUNNING', redrives: ended.redrives + 1, redriven: engine.deps.clock.now()}
  const run = open(engine, execution, engine.tables.frames(execution.arn))
  const root = run.frames.get(ROOT)!
  transact(run, () => {
    engine.tables.putExecution(execution)
    root.lastEvent = run.events
    record(run, root, 'ExecutionRedriven', () => ({redriveCount: execution.redrives}))
    Object.assign(root, {phase: {kind: 'ready'}, retries: []})
    touch(run, root)
    run.queue.push(root)
    tellExecution(run)
    limitTime(run)
  })
  return execution
}

/** Ends an execution from outside. */
export const abort = (engine: Engine, arn: string, error?: string, cause?: string): void => {
  const run = engine.runs.get(arn)
  if (run !== undefined) {
    transact(run, () => finish(run, 'ABORTED', {...(error !== undefined && {error}), ...(cause !== undefined && {cause})}))
  }
}

/** Nothing of any execution happens any longer in this process. */
export const halt = (engine: Engine): void => {
  engine.stopped = true
  engine.runs.forEach((run) => run.timers.forEach((cancels) => cancels.forEach((cancel) => cancel())))
}
