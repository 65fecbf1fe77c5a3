import {asError} from '../../shared/errors'
import {asObject, isObject, type Json} from '../../shared/json'
import type {InvocationResult, PutEventsEntry, PutEventsResult} from '../runtime/core/types'
import {StatesError} from '../services/states/asl/errors'
import {resourceName, type TaskCall} from '../services/states/integrations/call'
import {invokeFunction, invokeLambda} from '../services/states/integrations/lambda'
import {putEventsTask} from '../services/states/integrations/put-events'
import type {ObjectInput, Objects} from './doors/objects'
import {plainItem, typedItem} from './table/attributes'
import type {Table, TableInput} from './table/table'

export interface TaskDeps {
  readonly table: (name: string) => Table
  readonly objects: Objects['commands']
  readonly invoke: (functionName: string, payload: string) => Promise<InvocationResult>
  readonly putEvents: (entries: readonly PutEventsEntry[]) => PutEventsResult
}

const attributesIn = ['Key', 'Item', 'ExpressionAttributeValues']

const plainInput = (parameters: Json): TableInput => Object.fromEntries(Object.entries(parameters)
  .map(([name, value]) => [name, attributesIn.includes(name) ? plainItem(asObject(value)) : value]))

const operations: Readonly<Record<string, (table: Table, input: TableInput) => Readonly<Record<string, object | undefined>>>> = {
  getItem: (table, input) => ({Item: table.get(input)}),
  putItem: (table, input) => ({Attributes: table.put(input)}),
  updateItem: (table, input) => ({Attributes: table.update(input)}),
  deleteItem: (table, input) => ({Attributes: table.remove(input)})
}

const typedOutput = (output: Readonly<Record<string, object | undefined>>): unknown =>
  Object.fromEntries(Object.entries(output).flatMap(([name, item]) => item === undefined ? [] : [[name, typedItem(item)]]))

const callTable = ({table}: TaskDeps, action: string, parameters: unknown): unknown => {
  const operation = operations[action]
  if (operation === undefined || !isObject(parameters)) {
    throw new StatesError('States.Runtime', `The shadow has no answer for dynamodb:${action}.`)
  }
  try {
    return typedOutput(operation(table(String(parameters['TableName'])), plainInput(parameters)))
  } catch (error) {
    const {name, message} = asError(error)
    throw name === 'ConditionalCheckFailedException' ? new StatesError(`DynamoDB.${name}`, `${message} (Service: AmazonDynamoDBv2; Error Code: ${name})`) : error
  }
}

const callBucket = ({objects}: TaskDeps, action: string, parameters: unknown): unknown => {
  const operation = objects[action]
  if (operation === undefined) {
    throw new StatesError('States.Runtime', `The shadow has no answer for s3:${action}.`)
  }
  try {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- the fields of an operation on an object, by the workflow's verifier
    return operation(parameters as ObjectInput)
  } catch (error) {
    const {name, message} = asError(error)
    throw new StatesError(`S3.${name}Exception`, message)
  }
}

/** Performs the tasks of a workflow if the shadow has what they call. */
export const performTask = async (deps: TaskDeps, call: TaskCall): Promise<unknown> => {
  const {type = '', action = ''} = resourceName(call.resource) ?? {}
  switch (type) {
    case 'dynamodb':
      return callTable(deps, action, call.parameters)
    case 'aws-sdk:s3':
      return callBucket(deps, action, call.parameters)
    case 'lambda':
      return invokeLambda(deps, call.parameters)
    case 'function':
      return invokeFunction(deps, action, call.parameters)
    case 'events':
      return putEventsTask(deps, call)
    default:
      throw new StatesError('States.Runtime', `The shadow has no answer for ${call.resource}.`)
  }
}
