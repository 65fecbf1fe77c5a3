import {innerMachines, type PlacedState} from '../definition'
import {demand, type Scope} from '../expressions/scope'
import {join} from '../shape/join'
import {alternatives, any, arrayShape, blamed, objectShape, type Shape, string} from '../shape/shape'
import {containerErrors} from '../tasks/errors'
import {catchEdges} from './caught'
import {type Edge, type Env, type Follow, onward, type Outcome} from './env'
import {innerErrors} from './errors-of'
import {checkSize} from './limits'
import {fieldValue, readInput, buildOutput, buildParameters, selectResult} from './paths'

/** Runs the machine of a Map on the shape of its items; the result is a list of what an iteration gives. */
export const stepMap = (placed: PlacedState, scope: Scope, env: Env, follow: Follow): Outcome => {
  const {state, pointer} = placed
  const inner = {...scope, input: readInput(placed, scope)}
  const list = state.ItemReader === undefined ? fieldValue(placed, 'ItemsPath', inner) ?? inner.input : arrayShape(any)
  demand(scope, list, 'array', state.ItemsPath === undefined ? pointer : `${pointer}/ItemsPath`)
  const item = {value: join(...alternatives(list).map((each) => each.kind === 'array' ? each.items : blamed))}
  const itemEnv = {...env, item}
  const selector = state.ItemSelector === undefined ? 'Parameters' : 'ItemSelector'
  const selected = buildParameters(placed, selector, {...inner, context: mapContext(scope, item.value)}) ?? item.value
  const [machine] = innerMachines(placed)
  const data = state.ItemBatcher === undefined ? selected : toBatch(selected)
  const output = machine === undefined ? any : follow(machine, data, itemEnv).output ?? any
  const result = state.ResultWriter === undefined ? arrayShape(output) : written
  const kept = selectResult(placed, result, scope)
  if (state.ResultPath !== null) {
    checkSize(placed, kept, scope, env)
  }
  return onward(state, buildOutput(placed, kept, scope), failures(placed, scope, env))
}

const toBatch = (selected: Shape): Shape => ({kind: 'object', open: false, fields: {
  Items: {shape: arrayShape(selected, 1), optional: false},
  BatchInput: {shape: any, optional: true}
}})

/** What a Map that writes its results to S3 leaves in the data. */
const written: Shape = objectShape({MapRunArn: {kind: 'string', format: 'arn'}, ResultWriterDetails: objectShape({Bucket: string, Key: string})})

const mapContext = ({context}: Scope, value: Shape): Shape => context.kind === 'object'
  ? {...context, fields: {...context.fields, Map: {optional: false, shape: objectShape({Item: objectShape({Index: {kind: 'number'}, Value: value, Key: any})})}}}
  : context

const failures = (placed: PlacedState, {input}: Scope, {facts}: Env): Edge[] =>
  catchEdges(placed, input, containerErrors(placed.state, innerErrors(placed, facts)))

/** Runs the branches of a Parallel; the result is the list of their outputs. */
export const stepParallel = (placed: PlacedState, scope: Scope, env: Env, follow: Follow): Outcome => {
  const inner = {...scope, input: readInput(placed, scope)}
  const data = buildParameters(placed, 'Parameters', inner) ?? inner.input
  const each = innerMachines(placed).map((machine) => follow(machine, data, env).output ?? any)
  const result: Shape = {...arrayShape(join(...each), each.length), each}
  return onward(placed.state, buildOutput(placed, selectResult(placed, result, scope), scope), failures(placed, scope, env))
}
