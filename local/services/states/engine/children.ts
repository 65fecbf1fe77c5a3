import {itemProcessor, type State, type Machine} from 'asl-verify/definition'
import {asObject} from '../../../../shared/json'
import {runtimeError, StatesError} from '../asl/errors'
import {leave} from './completion'
import {fail, guard} from './failure'
import {record, tell} from './history'
import type {ChildrenPhase, Frame} from './model'
import {drop, type Run, createScope, currentState, touch} from './run'

const childrenPhase = ({phase, state}: Frame): ChildrenPhase => {
  if (phase.kind !== 'children') {
    throw new Error(`Expected ${state} to have children; it is ${phase.kind}.`)
  }
  return phase
}

const listChildren = (run: Run, parent: Frame): Frame[] =>
  [...run.frames.values()].filter((frame) => frame.parent === parent.id).sort((left, right) => left.index! - right.index!)

const change = (run: Run, parent: Frame, members: Partial<ChildrenPhase>): ChildrenPhase => {
  const phase = {...childrenPhase(parent), ...members}
  parent.phase = phase
  touch(run, parent)
  return phase
}

const addChild = (run: Run, parent: Frame, {StartAt}: Machine, index: number, input: unknown, item?: Frame['item']): Frame => {
  run.lastFrame += 1
  const child: Frame = {
    id: run.lastFrame, parent: parent.id, index, state: StartAt, input, phase: {kind: 'ready'}, lastEvent: parent.lastEvent, enteredEvent: 0, enteredAt: '', retries: [],
    ...(item !== undefined && {item})
  }
  run.frames.set(child.id, child)
  touch(run, child)
  run.queue.push(child)
  return child
}

/** Starts iterations as far as the limit allows; each points back to the Map's own start, the parent's last event until all are over. */
const beginIterations = (run: Run, parent: Frame, state: State): void => {
  const scope = createScope(run, parent)
  const effective = {...scope, input: run.language.input(state, scope)}
  const items = run.language.items(state, effective)
  for (let phase = childrenPhase(parent); phase.begun < phase.total && phase.open < phase.limit;) {
    const index = phase.begun
    const item = {Index: index, Value: items[index]}
    const context = {...asObject(effective.context), Map: {Item: item}}
    const input = run.language.item(state, {...effective, context}, items[index])
    const child = addChild(run, parent, itemProcessor(state), index, input, item)
    record(run, child, 'MapIterationStarted', () => ({name: parent.state, index}))
    phase = change(run, parent, {begun: index + 1, open: phase.open + 1})
  }
}

const nonNegative = (run: Run, frame: Frame, state: State, name: string): number | undefined => {
  const value = run.language.member(state, name, createScope(run, frame))
  if (value !== undefined && (typeof value !== 'number' || value < 0)) {
    throw runtimeError(`The value of ${name} must be a number that is not negative: ${JSON.stringify(value)}`)
  }
  return value
}

const startMap = (run: Run, frame: Frame, state: State): void => {
  const scope = createScope(run, frame)
  const total = run.language.items(state, {...scope, input: run.language.input(state, scope)}).length
  frame.phase = {
    kind: 'children', total, begun: 0, open: 0, failed: 0,
    // 0 is no limit, but for AWS's own of about 40.
    limit: nonNegative(run, frame, state, 'MaxConcurrency') || 40,
    toleratedCount: nonNegative(run, frame, state, 'ToleratedFailureCount'),
    toleratedPercentage: nonNegative(run, frame, state, 'ToleratedFailurePercentage')
  }
  touch(run, frame)
  record(run, frame, 'MapStateStarted', () => ({length: total}))
  beginIterations(run, frame, state)
  completeIfOver(run, frame)
}

const startParallel = (run: Run, frame: Frame, state: State): void => {
  const branches = state.Branches ?? []
  const input = run.language.input(state, createScope(run, frame))
  frame.phase = {kind: 'children', total: branches.length, begun: branches.length, open: branches.length, failed: 0, limit: branches.length}
  touch(run, frame)
  record(run, frame, 'ParallelStateStarted')
  branches.forEach((branch, index) => addChild(run, frame, branch, index, input))
  completeIfOver(run, frame)
}

/** Begins the branches of a Parallel or the iterations of a Map. */
export const startChildren = (run: Run, frame: Frame, state: State): void =>
  state.Type === 'Map' ? startMap(run, frame, state) : startParallel(run, frame, state)

const completeIfOver = (run: Run, parent: Frame): void => {
  const phase = childrenPhase(parent)
  if (phase.begun < phase.total || phase.open > 0) {
    return
  }
  const state = currentState(run, parent)
  const children = listChildren(run, parent)
  const results = children.flatMap(({phase: end}) => end.kind === 'done' && end.failed !== true ? [end.output] : [])
  children.forEach((child) => drop(run, child))
  record(run, parent, `${state.Type}StateSucceeded`)
  leave(run, parent, run.language.output(state, createScope(run, parent), results))
}

const goOn = (run: Run, parent: Frame, child: Frame): void => {
  const phase = change(run, parent, {open: childrenPhase(parent).open - 1})
  if (phase.begun < phase.total) {
    beginIterations(run, parent, currentState(run, parent))
  } else if (phase.open === 0) {
    parent.lastEvent = child.lastEvent
  }
  completeIfOver(run, parent)
}

/** A branch or iteration has its output. */
export const childDone = (run: Run, parent: Frame, child: Frame, output: unknown): void => guard(run, parent, () => {
  if (currentState(run, parent).Type === 'Map') {
    record(run, child, 'MapIterationSucceeded', () => ({name: parent.state, index: child.index}))
  }
  child.phase = {kind: 'done', output}
  touch(run, child)
  goOn(run, parent, child)
})

const abort = (run: Run, parent: Frame, child: Frame, lastEvent: number): void => {
  listChildren(run, child).forEach((grandchild) => abort(run, child, grandchild, lastEvent))
  if (child.phase.kind !== 'done') {
    child.lastEvent = lastEvent
    const {Type} = currentState(run, child)
    if (child.phase.kind !== 'ready' && ['Task', 'Wait', 'Parallel', 'Map'].includes(Type)) {
      record(run, child, `${Type}StateAborted`)
      child.lastEvent = lastEvent
    }
    if (currentState(run, parent).Type === 'Map') {
      record(run, child, 'MapIterationAborted', () => ({name: parent.state, index: child.index}))
    }
  }
  drop(run, child)
}

const isTolerated = ({toleratedCount, toleratedPercentage, total, failed}: ChildrenPhase): boolean =>
  (toleratedCount !== undefined || toleratedPercentage !== undefined)
  && failed <= Math.max(toleratedCount ?? 0, total * (toleratedPercentage ?? 0) / 100)

const thresholdError = (phase: ChildrenPhase, error: StatesError): StatesError =>
  phase.toleratedCount === undefined && phase.toleratedPercentage === undefined
    ? error
    : new StatesError('States.ExceedToleratedFailureThreshold', 'The specified tolerated failure threshold was exceeded')

/** A branch or iteration failed: so does the state, unless a Map tolerates it; what else is under way is stopped. */
export const childFailed = (run: Run, parent: Frame, child: Frame, error: StatesError): void => guard(run, parent, () => {
  const {Type} = currentState(run, parent)
  const failing = child.lastEvent
  if (Type === 'Map') {
    record(run, child, 'MapIterationFailed', () => ({name: parent.state, index: child.index}))
  }
  const phase = change(run, parent, {failed: childrenPhase(parent).failed + 1})
  child.phase = {kind: 'done', output: null, failed: true}
  touch(run, child)
  if (Type === 'Map' && isTolerated(phase)) {
    goOn(run, parent, child)
    return
  }
  listChildren(run, parent).forEach((sibling) => abort(run, parent, sibling, failing))
  parent.lastEvent = failing
  record(run, parent, `${Type}StateFailed`)
  tell(run, parent, 'failed', error.error)
  fail(run, parent, thresholdError(phase, error))
})
