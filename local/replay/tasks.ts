import {isObject} from '../runtime/core/json'
import type {InvocationResult, PutEventsEntry, PutEventsResult} from '../runtime/core/types'
import {StatesError} from '../services/states/asl/errors'
import type {StatesDeps} from '../services/states/deps'
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

type Typed = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>

const attributesIn = ['Key', 'Item', 'ExpressionAttributeValues']

const plainInput = (parameters: Typed): TableInput => Object.fromEntries(Object.entries(parameters)
  .map(([name, value]) => [name, attributesIn.includes(name) ? plainItem(value) : value]))

const operations: Readonly<Record<string, (table: Table, input: TableInput) => object>> = {
  getItem: (table, input) => ({Item: table.get(input)}),
  putItem: (table, input) => ({Attributes: table.put(input)}),
  updateItem: (table, input) => ({Attributes: table.update(input)}),
  deleteItem: (table, input) => ({Attributes: table.remove(input)})
}

const typedOutput = (output: object): unknown =>
  Object.fromEntries(Object.entries(output).flatMap(([name, item]) => item === undefined ? [] : [[name, typedItem(item as object)]]))

const callTable = ({table}: TaskDeps, action: string, parameters: unknown): unknown => {
  const operation = operations[action]
  if (operation === undefined || !isObject(parameters)) {
    throw new StatesError('States.Runtime', `The shadow has no answer for dynamodb:${action}.`)
  }
  try {
    return typedOutput(operation(table(String(parameters['TableName'])), plainInput(parameters as unknown as Typed)))
  } catch (error) {
    const {name, message} = error as Error
    throw name === 'ConditionalCheckFailedException' ? new StatesError(`DynamoDB.${name}`, `${message} (Service: AmazonDynamoDBv2; Error Code: ${name})`) : error
  }
}

const callBucket = ({objects}: TaskDeps, action: string, parameters: unknown): unknown => {
  const operation = objects[action]
  if (operation === undefined) {
    throw new StatesError('States.Runtime', `The shadow has no answer for s3:${action}.`)
  }
  try {
    return operation(parameters as ObjectInput)
  } catch (error) {
    const {name, message} = error as Error
    throw new StatesError(`S3.${name}Exception`, message)
  }
}

/** Performs the tasks of a workflow where the shadow has what they call. */
export const performTask = async (deps: TaskDeps, call: TaskCall): Promise<unknown> => {
  const {type = '', action = ''} = resourceName(call.resource) ?? {}
  switch (type) {
    case 'dynamodb':
      return callTable(deps, action, call.parameters)
    case 'aws-sdk:s3':
      return callBucket(deps, action, call.parameters)
    case 'lambda':
      return invokeLambda(deps as unknown as StatesDeps, call.parameters)
    case 'function':
      return invokeFunction(deps as unknown as StatesDeps, action, call.parameters)
    case 'events':
      return putEventsTask(deps as unknown as StatesDeps, call)
    default:
      throw new StatesError('States.Runtime', `The shadow has no answer for ${call.resource}.`)
  }
}
