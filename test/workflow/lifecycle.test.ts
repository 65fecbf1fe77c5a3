import {describe, expect, it} from '@jest/globals'
import validations from 'dynalite/validations/index.js'
import {maxReschedules, workflowTransitions} from '../../src/util/files/lifecycle'
import {type Transition, buildUpdate} from '../../src/util/files/transition'
import {definition} from './definition'

interface Update {
  readonly UpdateExpression: string
  readonly ConditionExpression: string
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>
  readonly ExpressionAttributeValues: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

interface State {
  readonly Resource?: string
  readonly Parameters?: Update
  readonly ItemProcessor?: {readonly States: Readonly<Record<string, State>>}
}

/** What dynalite adds to a request that it has understood. */
interface Parsed {
  readonly _updates?: {readonly sections: ReadonlyArray<{readonly type: string, readonly path: readonly string[], readonly val: unknown}>}
  readonly _condition?: {readonly expression: unknown}
}

type States = Readonly<Record<string, State>>

const isUpdate = ({Resource}: State): boolean => Resource?.endsWith('dynamodb:updateItem') ?? false

const updatesIn = (states: States): Array<[string, Update]> => Object.entries(states).flatMap(([name, state]) => [
  ...isUpdate(state) ? [[name, state.Parameters!] as [string, Update]] : [],
  ...updatesIn(state.ItemProcessor?.States ?? {})
])

/** What a value of the workflow is called in the table of transitions. */
const meant = (value: Readonly<Record<string, unknown>>): string => {
  const [content] = Object.values(value)
  const known: Readonly<Record<string, string>> = {
    '$$.Execution.Id': 'claimedBy', '$$.State.EnteredTime': 'now', 1: 'one', [maxReschedules]: 'maxReschedules'
  }
  return typeof content === 'object' ? Object.keys(content!).map((name) => name.replace('.$', '')).sort().join() : known[String(content)] ?? String(content)
}

/** Values of the table by the names that `meant` gives. */
const alias: Readonly<Record<string, string>> = {updatedAt: 'now', error: 'code,message,retryable'}

const sampled = (names: readonly string[]): Record<string, Record<string, unknown>> =>
  Object.fromEntries(names.map((name) => [name, name === ':one' ? {N: '1'} : {S: name}]))

/** Both expressions as DynamoDB reads them, by attribute and by meaning: names of placeholders and order do not count. */
const read = (update: string, condition: string, names: Readonly<Record<string, string>>, meaning: (placeholder: string) => string) => {
  const used = [...new Set(`${update} ${condition}`.match(/:\w+/g))]
  const values = sampled(used)
  const request: Parsed & Record<string, unknown> = {
    UpdateExpression: update, ConditionExpression: condition, ExpressionAttributeNames: names, ExpressionAttributeValues: values
  }
  expect(validations.validateExpressions(request) ?? 'understood').toBe('understood')
  const named = (part: unknown): unknown => {
    const placeholder = used.find((name) => values[name] === part)
    if (placeholder !== undefined) {
      return `:${meaning(placeholder.slice(1))}`
    }
    if (Array.isArray(part)) {
      return part.map(named)
    }
    return part instanceof Object ? Object.fromEntries(Object.entries(part).map(([key, each]) => [key, named(each)])) : part
  }
  const sections = (request._updates?.sections ?? []).map(({type, path, val}) => `${type} ${path.join('.')} ${JSON.stringify(named(val))}`)
  return {update: sections.sort(), condition: named(request._condition?.expression)}
}

const namesIn = (text: string): Record<string, string> => Object.fromEntries((text.match(/#\w+/g) ?? []).map((name) => [name, name.slice(1)]))

const ofState = ({UpdateExpression, ConditionExpression, ExpressionAttributeNames = {}, ExpressionAttributeValues}: Update) =>
  read(UpdateExpression, ConditionExpression, ExpressionAttributeNames, (name) => meant(ExpressionAttributeValues[`:${name}`]!))

const ofTransition = (transition: Transition) => {
  const update = buildUpdate(transition, () => true)
  return read(update, transition.where, namesIn(`${update} ${transition.where}`), (name) => alias[name] ?? name)
}

const updates = updatesIn(definition.States as unknown as States)
const transitions = new Map(Object.values(workflowTransitions).map((transition) => [transition.by.replace('FileDownloadWorkflow.', ''), transition]))

describe('the states that change a file\'s record', () => {
  it('are those of the table', () => {
    expect(updates.map(([name]) => name).sort()).toEqual([...transitions.keys()].sort())
  })

  it.each(updates)('%s makes its transition', (name, update) => {
    expect(ofState(update)).toEqual(ofTransition(transitions.get(name)!))
  })

  const failed = Object.fromEntries(updates).RecordFailure!
  it.each<[string, Partial<Update>]>([
    ['sets another attribute', {UpdateExpression: failed.UpdateExpression.replace('updatedAt', 'completedAt')}],
    ['removes less', {UpdateExpression: failed.UpdateExpression.replace(', uploadId', '')}],
    ['removes more', {UpdateExpression: `${failed.UpdateExpression}, ranged`}],
    ['asks for less', {ConditionExpression: failed.ConditionExpression.replace('attribute_exists(PK) AND ', '')}],
    ['asks the opposite', {ConditionExpression: failed.ConditionExpression.replace('<>', '=')}],
    ['sets another status', {ExpressionAttributeValues: {...failed.ExpressionAttributeValues, ':failed': {S: 'Requested'}}}],
    ['names another attribute', {ExpressionAttributeNames: {...failed.ExpressionAttributeNames, '#error': 'lastError'}}],
    ['compares with another execution', {ExpressionAttributeValues: {...failed.ExpressionAttributeValues, ':execution': {'S.$': '$$.Execution.Name'}}}]
  ])('a state that %s is none of the table', (_what, change) => {
    expect(ofState({...failed, ...change})).not.toEqual(ofTransition(workflowTransitions.failed))
  })
})
