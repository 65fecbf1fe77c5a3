import type {State} from '../definition'
import type {Scope} from '../expressions/scope'
import type {Facts} from '../facts/facts'
import {lookUp} from '../shape/path'
import {any, blamed, type Shape} from '../shape/shape'
import {misfits} from './fit'
import {functionName, isDeployed} from './integration'
import {placeIn} from './place'

const payload = {segments: ['Payload'], many: false, selectedAt: -1}

/** What a function returns, by the type `<Name>Output`. */
export const functionOutput = (state: State, facts: Facts): Shape => {
  const name = functionName(state)
  return name === undefined || isDeployed(name, facts) ? facts.types[`${name}Output`] ?? any : blamed
}

/** Checks the call of a function: that it is deployed, awaited, and given what the type `<Name>Input` says. */
export const checkLambda = (state: State, parameters: Shape, pointer: string, scope: Scope, facts: Facts): void => {
  const name = functionName(state)
  if (name === undefined) {
    return
  }
  if (!isDeployed(name, facts)) {
    scope.report('function-unknown', placeIn(state.Parameters, pointer, 'FunctionName'),
      `Expected a deployed function (${Object.keys(facts.functions).join(', ')}); found ${name}. Name one of them, or run npm run wiring.`)
  }
  if (state.Parameters?.InvocationType === 'Event') {
    scope.report('lambda-integration', `${pointer}/InvocationType`, 'Expected the task to wait for the function; found InvocationType Event, which succeeds at once. Drop it.')
  }
  const type = facts.types[`${name}Input`]
  const {shape} = lookUp(parameters, payload)
  for (const {names, why} of type === undefined ? [] : misfits(shape ?? any, type)) {
    scope.report('lambda-input', placeIn(state.Parameters, pointer, 'Payload', ...names), `Expected the payload that ${name} takes, ${name}Input; found that it ${why}. Fix the payload, or the type and the function.`)
  }
}
