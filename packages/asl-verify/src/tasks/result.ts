import type {State} from '../definition'
import type {Facts} from '../facts/facts'
import {shapeOfNotation} from '../shape/notation'
import {any, arrayShape, blamed, type Field, objectShape, type Shape} from '../shape/shape'
import {returnedAttributes} from './dynamodb-returned'
import {calledBy, findIntegration, isWrite} from './integration'
import {functionOutput} from './lambda'

/** What a task's integration returns. */
export const taskResult = (state: State, parameters: Shape, facts: Facts): Shape => {
  const integration = findIntegration(state)
  const called = calledBy(state)
  if (integration === undefined || called === undefined) {
    return blamed
  }
  if (called.pattern !== '') {
    return any
  }
  const result = shapeOfNotation(integration.result)
  if (called.name === 'lambda:invoke') {
    return withField(result, 'Payload', {shape: functionOutput(state, facts), optional: false})
  }
  if (called.name === 'events:putEvents') {
    return withField(result, 'Entries', {shape: answers(state), optional: false})
  }
  return isWrite(state) ? withField(result, 'Attributes', returnedAttributes(state, parameters, facts)) : result
}

/** One result for each entry. */
const answers = ({Parameters = {}}: State): Shape => {
  const answer = objectShape({EventId: {kind: 'string', format: 'uuid'}})
  const each = Array.isArray(Parameters.Entries) ? Parameters.Entries.map(() => answer) : undefined
  return {...arrayShape(answer, each?.length), ...(each === undefined ? {} : {each})}
}

const withField = (shape: Shape, name: string, field: Field | undefined): Shape => {
  if (shape.kind !== 'object') {
    return shape
  }
  const {[name]: _, ...others} = shape.fields
  return {...shape, fields: field === undefined ? others : {...others, [name]: field}}
}
