import type {State} from '../definition'
import type {Scope} from '../expressions/scope'
import type {Facts} from '../facts/facts'
import type {Shape} from '../shape/shape'
import {checkDynamoDb} from './dynamodb'
import {checkEvents} from './events'
import {calledBy, findIntegration, knownIntegrations} from './integration'
import {checkLambda} from './lambda'

/** Checks what a task hands to its integration. */
export const checkTask = (state: State, parameters: Shape, pointer: string, scope: Scope, facts: Facts): void => {
  const place = `${pointer}/Parameters`
  const called = calledBy(state)
  checkResource(state, `${pointer}/Resource`, scope)
  checkNames(state, place, scope)
  if (called?.name.startsWith('dynamodb:')) {
    checkDynamoDb(state, parameters, place, scope, facts)
  } else if (called?.name === 'events:putEvents') {
    checkEvents(state, parameters, place, scope, facts)
  } else if (called?.name === 'lambda:invoke') {
    checkLambda(state, parameters, place, scope, facts)
  }
}

const checkResource = (state: State, pointer: string, scope: Scope): void => {
  const called = calledBy(state)
  const resource = state.Resource ?? ''
  if (called?.name === 'aws-sdk:eventbridge:putEvents') {
    scope.report('sdk-put-events', pointer, 'Expected arn:aws:states:::events:putEvents, which fails if an entry fails; found the aws-sdk variant, which succeeds all the same. Use the optimized integration.')
  } else if (called?.name === 'aws-sdk:lambda:invoke' || (called === undefined && /Arn\}|:lambda:/.test(resource))) {
    scope.report('lambda-integration', pointer, `Expected arn:aws:states:::lambda:invoke with FunctionName and Payload; found '${resource}'. Call functions by that integration: its errors are told apart.`)
  } else if (findIntegration(state) === undefined) {
    scope.report('integration-unknown', pointer, `Expected one of ${knownIntegrations.join(', ')}; found '${resource}'. Describe it in build/asl/data/integrations.json, its errors in services.json.`)
  }
}

const checkNames = (state: State, pointer: string, scope: Scope): void => {
  const integration = findIntegration(state)
  if (integration === undefined) {
    return
  }
  const given = Object.keys(state.Parameters ?? {}).map((name) => name.replace(/\.\$$/, ''))
  const missing = integration.required.filter((name) => !given.includes(name))
  const unknown = given.filter((name) => ![...integration.required, ...integration.known].includes(name))
  if (missing.length > 0) {
    scope.report('integration-parameters', pointer, `Expected ${missing.join(', ')}; found ${given.join(', ') || 'no parameters'}. ${calledBy(state)?.name} does not work without.`)
  }
  if (unknown.length > 0) {
    scope.report('integration-parameters', pointer, `Expected parameters of ${calledBy(state)?.name}; found ${unknown.join(', ')}. Fix the name, or drop it.`)
  }
}
