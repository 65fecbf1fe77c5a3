import type {State} from '../definition'
import type {Matcher} from '../facts/policy'
import {calledBy, eventName, functionName} from './integration'

/** Whether a state is what a policy means. */
export const matches = (state: State, {function: name, event, sets, integration}: Matcher): boolean =>
  state.Type === 'Task'
  && (name === undefined || functionName(state) === name)
  && (event === undefined || eventName(state) === event)
  && (integration === undefined || calledBy(state)?.name === integration)
  && Object.entries(sets ?? {}).every(([attribute, text]) => setsTo(state, attribute, text))

/** What is meant, in words. */
export const matcherWord = ({function: name, event, sets, integration}: Matcher): string => [
  ...(name === undefined ? [] : [`the function ${name}`]),
  ...(event === undefined ? [] : [`the event ${event}`]),
  ...(integration === undefined ? [] : [integration]),
  ...Object.entries(sets ?? {}).map(([attribute, text]) => `${attribute} = ${text} in the record`)
].join(' with ')

const setsTo = ({Parameters = {}}: State, attribute: string, text: string): boolean => {
  const {UpdateExpression, ExpressionAttributeNames = {}, ExpressionAttributeValues = {}} = Parameters as {
    UpdateExpression?: string
    ExpressionAttributeNames?: Record<string, string>
    ExpressionAttributeValues?: Record<string, {S?: string}>
  }
  const [, assignments = ''] = /\bSET\s+(.*?)(?=\s(?:ADD|REMOVE|DELETE)\s|$)/is.exec(UpdateExpression ?? '') ?? []
  return assignments.split(',').some((each) => {
    const [name = '', value = ''] = each.split('=').map((part) => part.trim())
    return (ExpressionAttributeNames[name] ?? name) === attribute && ExpressionAttributeValues[value]?.S === text
  })
}
