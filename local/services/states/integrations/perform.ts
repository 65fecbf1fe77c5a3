import {isObject} from '../../../../shared/json'
import {ServiceError} from '../../../runtime/core/errors'
import type {StatesService} from '../../../runtime/core/types'
import type {StatesDeps} from '../deps'
import {runtimeError, StatesError} from '../asl/errors'
import {resourceName, type TaskCall} from './call'
import {invokeFunction, invokeLambda} from './lambda'
import {putEventsTask} from './put-events'
import {createSdk, type ErrorNames, type Sdk} from './sdk'

interface Parts {
  readonly deps: StatesDeps
  readonly sdk: Sdk
  readonly startExecution: StatesService['startExecution']
}

const names = (prefix: string, service: string): ErrorNames => ({prefix, service, general: `${service.replace(/v2$/, '')}Exception`})

const tableActions = new Set(['getItem', 'putItem', 'updateItem', 'deleteItem'])

/** A message may be given as an object. */
const withText = (parameters: unknown, member: string): unknown => {
  const {[member]: message, ...rest} = isObject(parameters) ? parameters : {}
  return {...rest, ...(message !== undefined && {[member]: typeof message === 'string' ? message : JSON.stringify(message)})}
}

/** `states:startExecution`, not waited for: https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html */
const startExecution = (parts: Parts, parameters: unknown): unknown => {
  const {StateMachineArn, Name, Input = {}} = (isObject(parameters) ? parameters : {})
  const input = typeof Input === 'string' ? Input : JSON.stringify(Input)
  try {
    const {executionArn, startDate} = parts.startExecution({stateMachineArn: String(StateMachineArn), input, ...(typeof Name === 'string' && {name: Name})})
    return {ExecutionArn: executionArn, StartDate: new Date(startDate * 1000).toISOString()}
  } catch (error) {
    throw error instanceof ServiceError ? new StatesError(`StepFunctions.${error.code}Exception`, error.message) : error
  }
}

const call = async (parts: Parts, task: TaskCall): Promise<unknown> => {
  const {deps, sdk} = parts
  const {type = '', action = ''} = resourceName(task.resource) ?? {}
  const {parameters} = task
  if (type.startsWith('aws-sdk:')) {
    return sdk({service: type.slice('aws-sdk:'.length), action, input: parameters})
  }
  if (type === 'dynamodb' && tableActions.has(action)) {
    return sdk({service: 'dynamodb', action, input: parameters}, names('DynamoDB', 'AmazonDynamoDBv2'))
  }
  switch (`${type}:${action}`) {
    case `function:${action}`:
      return invokeFunction(deps, action, parameters)
    case 'lambda:invoke':
      return invokeLambda(deps, parameters)
    case 'events:putEvents':
      return putEventsTask(deps, task)
    case 'states:startExecution':
      return startExecution(parts, parameters)
    case 'sqs:sendMessage':
      return sdk({service: 'sqs', action, input: withText(parameters, 'MessageBody')}, names('SQS', 'AmazonSQS'))
    case 'sns:publish':
      return sdk({service: 'sns', action, input: withText(parameters, 'Message')}, names('SNS', 'AmazonSNS'))
    default:
      throw runtimeError(`The embedded runtime has no integration for the resource ${task.resource}.`)
  }
}

/** Performs attempts of tasks by the services that their resources name. Rejects with StatesError. */
export const createPerform = (deps: StatesDeps, region: string, start: StatesService['startExecution']) => {
  const parts: Parts = {deps, sdk: createSdk(deps.endpoint, region), startExecution: start}
  return (task: TaskCall): Promise<unknown> => call(parts, task)
}
