import type {PlacedState} from '../definition'
import {evaluate, valueAt} from '../expressions/evaluate'
import type {Scope} from '../expressions/scope'
import {evaluateTemplate} from '../expressions/template'
import {parsePath, placeAt} from '../shape/path'
import {objectShape, type Shape} from '../shape/shape'

const nothingAtAll = objectShape({})

/** A state's input after InputPath. */
export const readInput = ({state, pointer}: PlacedState, scope: Scope): Shape =>
  state.InputPath === null ? nothingAtAll : state.InputPath === undefined ? scope.input : valueAt(state.InputPath, `${pointer}/InputPath`, scope)

/** A template's value if the state has one, else the input. */
export const buildParameters = (placed: PlacedState, field: 'Parameters' | 'ItemSelector', scope: Scope): Shape | undefined =>
  placed.state[field] === undefined ? undefined : evaluateTemplate(placed.state[field], `${placed.pointer}/${field}`, scope)

/** A result after ResultSelector. */
export const selectResult = ({state, pointer}: PlacedState, result: Shape, scope: Scope): Shape =>
  state.ResultSelector === undefined ? result : evaluateTemplate(state.ResultSelector, `${pointer}/ResultSelector`, {...scope, input: result})

/** The raw input with a result at its ResultPath. */
export const placedResult = (resultPath: string | null | undefined, result: Shape, input: Shape): Shape => {
  const path = parsePath((resultPath ?? '$').slice(1))
  return resultPath === null ? input : placeAt(input, path?.segments ?? [], {shape: result, optional: false})
}

/** A state's output after ResultPath and OutputPath. */
export const buildOutput = ({state, pointer}: PlacedState, result: Shape, scope: Scope): Shape => {
  const whole = placedResult(state.ResultPath, result, scope.input)
  return state.OutputPath === null
    ? nothingAtAll
    : state.OutputPath === undefined ? whole : valueAt(state.OutputPath, `${pointer}/OutputPath`, {...scope, input: whole})
}

/** The value of a field of a state that holds an expression. */
export const fieldValue = (placed: PlacedState, field: 'TimestampPath' | 'SecondsPath' | 'ErrorPath' | 'CausePath' | 'ItemsPath' | 'TimeoutSecondsPath' | 'HeartbeatSecondsPath', scope: Scope): Shape | undefined => {
  const text = placed.state[field]
  return text === undefined ? undefined : evaluate(text, `${placed.pointer}/${field}`, scope)
}
