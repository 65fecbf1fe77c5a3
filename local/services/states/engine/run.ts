import {itemProcessor, type State, type Machine} from 'asl-verify/definition'
import type {StatesDeps} from '../deps'
import type {StatesError} from '../asl/errors'
import type {QueryLanguage} from '../asl/query-language'
import type {Scope} from '../asl/scope'
import type {TaskCall} from '../integrations/call'
import type {Execution, Frame} from './model'
import type {Tables} from './tables'

/** What the parts of the engine below ask of those above them: a state ends its parent, and a timer or transaction runs states. */
export interface Parts {
  readonly step: (run: Run, frame: Frame) => void
  /** The time for which a frame waited has come. */
  readonly timeUp: (run: Run, frame: Frame, timeout?: Timeout) => void
  readonly childDone: (run: Run, parent: Frame, child: Frame, output: unknown) => void
  readonly childFailed: (run: Run, parent: Frame, child: Frame, error: StatesError) => void
}

export type Timeout = 'States.Timeout' | 'States.HeartbeatTimeout'

/** The engine as its parts see it. */
export interface Engine {
  readonly deps: StatesDeps
  readonly parts: Parts
  readonly tables: Tables
  readonly runs: Map<string, Run>
  readonly region: string
  readonly perform: (call: TaskCall) => Promise<unknown>
  readonly random: () => number
  readonly newId: () => string
  stopped: boolean
}

/** A running execution in memory; what changes in it is written at the end of each transaction. */
export interface Run {
  readonly engine: Engine
  execution: Execution
  readonly machine: Machine
  readonly language: QueryLanguage
  /** The parsed input, and the file that it names. */
  readonly input: unknown
  readonly fileId: string | undefined
  readonly frames: Map<number, Frame>
  /** Frames whose state is to be run. */
  readonly queue: Frame[]
  readonly changed: Set<Frame>
  readonly dropped: Set<number>
  /** What follows outside the store, once it is written. */
  readonly effects: Array<() => void>
  /** Ways to cancel what waits for a frame. */
  readonly timers: Map<number, Array<() => void>>
  events: number
  lastFrame: number
}

export const ROOT = 0
/** In `timers`: the execution's own time limit. */
export const WHOLE = -1

export const touch = (run: Run, frame: Frame): void => { run.changed.add(frame) }

export const cancelTimers = (run: Run, id: number): void => {
  run.timers.get(id)?.forEach((cancel) => cancel())
  run.timers.delete(id)
}

/** Forgets a frame and all below it. */
export const drop = (run: Run, frame: Frame): void => {
  [...run.frames.values()].filter(({parent}) => parent === frame.id).forEach((child) => drop(run, child))
  cancelTimers(run, frame.id)
  run.frames.delete(frame.id)
  run.changed.delete(frame)
  run.dropped.add(frame.id)
}

export const findParent = (run: Run, {parent}: Frame): Frame | undefined => parent === undefined ? undefined : run.frames.get(parent)

/** The states among which a frame moves. */
export const findMachine = (run: Run, frame: Frame): Machine => {
  const parent = findParent(run, frame)
  if (parent === undefined) {
    return run.machine
  }
  const state = currentState(run, parent)
  return state.Type === 'Parallel' ? state.Branches![frame.index!]! : itemProcessor(state)
}

export const currentState = (run: Run, frame: Frame): State => findMachine(run, frame).States[frame.state]!

const findItem = (run: Run, frame: Frame): Frame['item'] => {
  const parent = findParent(run, frame)
  return frame.item ?? (parent === undefined ? undefined : findItem(run, parent))
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
const contextObject = (run: Run, frame: Frame, more: object): unknown => {
  const {arn, name, roleArn, started, machineArn, redrives} = run.execution
  const item = findItem(run, frame)
  return {
    Execution: {Id: arn, Input: run.input, StartTime: new Date(started).toISOString(), Name: name, RoleArn: roleArn, RedriveCount: redrives},
    StateMachine: {Id: machineArn, Name: machineArn.split(':').at(-1)},
    State: {Name: frame.state, EnteredTime: frame.enteredAt, RetryCount: frame.retries.reduce((sum, count) => sum + (count ?? 0), 0)},
    ...(item !== undefined && {Map: {Item: item}}),
    ...more
  }
}

/** What expressions of a frame's state see; the context, at which few of them look, is made when one does. */
export const createScope = (run: Run, frame: Frame, more: object = {}): Scope => {
  const {input} = frame
  let context: unknown
  return {
    input, random: run.engine.random, newId: run.engine.newId,
    get context() {
      context ??= contextObject(run, frame, more)
      return context
    }
  }
}
