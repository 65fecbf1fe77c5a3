import {type PlacedState} from '../definition'
import {literalString, objectShape, type Shape, string, arrayShape} from '../shape/shape'
import {join} from '../shape/join'
import {type PossibleError, shareOut} from '../tasks/errors'
import type {Edge} from './env'
import {placedResult} from './paths'

/** What the runtime of a function writes into Cause when its code throws. */
const thrownCause: Shape = {
  kind: 'string',
  json: {kind: 'object', open: false, fields: {
    errorType: {shape: string, optional: false},
    errorMessage: {shape: string, optional: false},
    trace: {shape: arrayShape(string), optional: true}
  }}
}

/** The error output of the errors that a catcher gets. A timeout has an empty Cause. */
const errorOutput = (errors: readonly PossibleError[], takesAll: boolean): Shape => objectShape({
  Error: join(...errors.map(({name}) => literalString(name)), ...(takesAll ? [string] : [])),
  Cause: join(...errors.map(({isThrown}) => isThrown ? thrownCause : string), ...(takesAll ? [string] : []))
})

/** Where the errors of a state lead, each with the raw input and the error output. */
export const catchEdges = ({state}: PlacedState, input: Shape, errors: readonly PossibleError[]): Edge[] =>
  shareOut(state.Catch ?? [], errors).map(({handler, errors: caught}) => {
    const takesAll = handler.ErrorEquals.some((name) => /^States\.(ALL|TaskFailed)$/.test(name)) || caught.length === 0
    return {to: handler.Next, data: placedResult(handler.ResultPath, errorOutput(caught, takesAll), input)}
  })
