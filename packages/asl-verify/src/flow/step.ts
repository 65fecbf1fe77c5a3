import type {PlacedState, State} from '../definition'
import {whereFails, whereHolds} from '../expressions/choice'
import {demand, type Scope} from '../expressions/scope'
import {shapeOfLiteral} from '../shape/literal'
import type {Shape} from '../shape/shape'
import {taskErrors} from '../tasks/errors'
import {checkTask} from '../tasks/parameters'
import {taskResult} from '../tasks/result'
import {catchEdges} from './caught'
import {stepMap, stepParallel} from './containers'
import {type Edge, type Env, type Follow, onward, type Outcome, createScope} from './env'
import {checkSize} from './limits'
import {fieldValue, readInput, buildOutput, buildParameters, selectResult} from './paths'

/** What a state makes of its input: where it leads, and with which data. Reports faults on the way. */
export const step = (placed: PlacedState, input: Shape, env: Env, follow: Follow): Outcome =>
  steps[placed.state.Type](placed, createScope(placed, input, env), env, follow)

type Step = (placed: PlacedState, scope: Scope, env: Env, follow: Follow) => Outcome

const stepTask: Step = (placed, scope, env) => {
  const {state, pointer} = placed
  const inner = {...scope, input: readInput(placed, scope)}
  const parameters = buildParameters(placed, 'Parameters', inner) ?? inner.input
  if (env.report !== undefined) {
    checkTask(state, parameters, pointer, scope, env.facts)
  }
  for (const field of ['TimeoutSecondsPath', 'HeartbeatSecondsPath'] as const) {
    demand(scope, fieldValue(placed, field, scope) ?? shapeOfLiteral(1), 'number', `${pointer}/${field}`)
  }
  const result = taskResult(state, parameters, env.facts)
  checkSize(placed, result, scope, env)
  const data = buildOutput(placed, selectResult(placed, result, scope), scope)
  return onward(state, data, catchEdges(placed, scope.input, taskErrors(state, env.facts)))
}

const stepPass: Step = (placed, scope) => {
  const {state} = placed
  const inner = {...scope, input: readInput(placed, scope)}
  const result = state.Result === undefined ? buildParameters(placed, 'Parameters', inner) ?? inner.input : shapeOfLiteral(state.Result)
  return onward(state, buildOutput(placed, result, scope))
}

const stepChoice: Step = (placed, scope) => {
  const {Choices = [], Default} = placed.state
  const input = readInput(placed, scope)
  const edges: Edge[] = []
  const left = Choices.reduce((data, rule, index) => {
    edges.push({to: rule.Next!, data: whereHolds(rule, `${placed.pointer}/Choices/${index}`, {...scope, input: data})})
    return whereFails(rule, data)
  }, input)
  return {edges: Default === undefined ? edges : [...edges, {to: Default, data: left}]}
}

const stepWait: Step = (placed, scope) => {
  const time = fieldValue(placed, 'TimestampPath', scope)
  if (time !== undefined) {
    demand(scope, time, 'date-time', `${placed.pointer}/TimestampPath`, 'wait-not-a-time')
  }
  const seconds = fieldValue(placed, 'SecondsPath', scope)
  if (seconds !== undefined) {
    demand(scope, seconds, 'number', `${placed.pointer}/SecondsPath`)
  }
  return onward(placed.state, buildOutput(placed, readInput(placed, scope), scope))
}

const stepSucceed: Step = (placed, scope) => ({edges: [], output: buildOutput(placed, readInput(placed, scope), scope)})

const stepFail: Step = (placed, scope) => {
  for (const field of ['ErrorPath', 'CausePath'] as const) {
    const value = fieldValue(placed, field, scope)
    if (value !== undefined) {
      demand(scope, value, 'string', `${placed.pointer}/${field}`)
    }
  }
  return {edges: []}
}

const steps: Readonly<Record<State['Type'], Step>> = {
  Task: stepTask,
  Pass: stepPass,
  Choice: stepChoice,
  Wait: stepWait,
  Succeed: stepSucceed,
  Fail: stepFail,
  Map: stepMap,
  Parallel: stepParallel
}
