import {isObject, type Json} from '../../../shared/json'
import {schedulerSchedule} from '../../../shared/schedules/expression'
import {isZone} from '../../../shared/schedules/zone'
import {checkConstraints, type Constraint} from '../../runtime/core/constraints'
import {ServiceError} from '../../runtime/core/errors'
import {optionalString} from '../../runtime/core/json'
import type {Schedule, ScheduleTarget} from './model'

/** Constraints of the service's model. */
const name: Constraint = {type: 'string', min: 1, max: 64, pattern: '[0-9a-zA-Z-_.]+'}
export const requiredName = {...name, required: true}
export const groupName = name

const members = {
  Name: requiredName, GroupName: groupName, ClientToken: {type: 'string', min: 1, max: 64, pattern: '[a-zA-Z0-9-_]+'},
  Description: {type: 'string', max: 512}, ScheduleExpression: {type: 'string', required: true, min: 1, max: 256},
  ScheduleExpressionTimezone: {type: 'string', min: 1, max: 50}, State: {type: 'string', enum: ['ENABLED', 'DISABLED']},
  ActionAfterCompletion: {type: 'string', enum: ['NONE', 'DELETE']}, StartDate: {type: 'number'}, EndDate: {type: 'number'},
  KmsKeyArn: {type: 'string', min: 1, max: 2048}, FlexibleTimeWindow: {type: 'object', required: true}, Target: {type: 'object', required: true}
} as const satisfies Readonly<Record<string, Constraint>>

const arn = {type: 'string', required: true, min: 1, max: 1600} as const

const refuse = (message: string): never => {
  throw new ServiceError('ValidationException', message)
}

const block = (value: unknown): Json => isObject(value) ? value : {}

const optionalNumber = (input: Json, member: string): number | undefined => typeof input[member] === 'number' ? input[member] : undefined

const readWindow = (value: unknown): Schedule['FlexibleTimeWindow'] => {
  const window = block(value)
  checkConstraints(window, {Mode: {type: 'string', required: true, enum: ['OFF', 'FLEXIBLE']}, MaximumWindowInMinutes: {type: 'number', min: 1, max: 1440}})
  const minutes = optionalNumber(window, 'MaximumWindowInMinutes')
  if ((window['Mode'] === 'FLEXIBLE') !== (minutes !== undefined)) {
    refuse('FlexibleTimeWindow must have MaximumWindowInMinutes if its Mode is FLEXIBLE, and must not have it if its Mode is OFF.')
  }
  return minutes === undefined ? {Mode: 'OFF'} : {Mode: 'FLEXIBLE', MaximumWindowInMinutes: minutes}
}

const served = /^arn:[^:]*:(lambda:[^:]*:[^:]*:function|states:[^:]*:[^:]*:stateMachine|sqs|sns|events:[^:]*:[^:]*:event-bus[/])/

const readRetryPolicy = (value: unknown): ScheduleTarget['RetryPolicy'] => {
  const policy = block(value)
  checkConstraints(policy, {MaximumRetryAttempts: {type: 'number', min: 0, max: 185}, MaximumEventAgeInSeconds: {type: 'number', min: 60, max: 86_400}})
  return {
    MaximumEventAgeInSeconds: optionalNumber(policy, 'MaximumEventAgeInSeconds') ?? 86_400,
    MaximumRetryAttempts: optionalNumber(policy, 'MaximumRetryAttempts') ?? 185
  }
}

const readEventParameters = (target: Json): ScheduleTarget['EventBridgeParameters'] => {
  const isBus = String(target['Arn']).includes(':event-bus/')
  if (isBus !== (target['EventBridgeParameters'] !== undefined)) {
    refuse('EventBridgeParameters must be given for an event bus, and for no other target.')
  }
  if (!isBus) {
    return undefined
  }
  const parameters = block(target['EventBridgeParameters'])
  checkConstraints(parameters, {DetailType: {type: 'string', required: true, min: 1, max: 128}, Source: {type: 'string', required: true, min: 1, max: 256}})
  return {DetailType: String(parameters['DetailType']), Source: String(parameters['Source'])}
}

const unspoken = ['EcsParameters', 'KinesisParameters', 'SageMakerPipelineParameters', 'SqsParameters']

const readTarget = (value: unknown): ScheduleTarget => {
  const target = block(value)
  checkConstraints(target, {Arn: arn, RoleArn: arn, Input: {type: 'string', min: 1}, DeadLetterConfig: {type: 'object'}, RetryPolicy: {type: 'object'}})
  const parameter = unspoken.find((each) => target[each] !== undefined)
  if (!served.test(String(target['Arn'])) || parameter !== undefined) {
    refuse(`The embedded EventBridge Scheduler calls functions, state machines, queues, topics and event buses; got ${parameter ?? String(target['Arn'])}.`)
  }
  const input = optionalString(target, 'Input')
  if (input?.includes('<aws.scheduler.attempt-number>')) {
    refuse('The embedded EventBridge Scheduler does not know <aws.scheduler.attempt-number>.')
  }
  const deadLetter = optionalString(block(target['DeadLetterConfig']), 'Arn')
  if (deadLetter !== undefined && (!/^arn:[^:]*:sqs:/.test(deadLetter) || deadLetter.endsWith('.fifo'))) {
    refuse(`Expected DeadLetterConfig to name a standard queue; got ${deadLetter}.`)
  }
  return {
    Arn: String(target['Arn']), RoleArn: String(target['RoleArn']), Input: input, EventBridgeParameters: readEventParameters(target),
    DeadLetterConfig: deadLetter === undefined ? undefined : {Arn: deadLetter}, RetryPolicy: readRetryPolicy(target['RetryPolicy'])
  }
}

/** What an input says of a schedule. */
export type Given = Omit<Schedule, 'Arn' | 'GroupName' | 'CreationDate' | 'LastModificationDate' | 'from' | 'last'>

/** Throws ValidationException in the words of EventBridge Scheduler if they are known. */
export const readSchedule = (input: Json): Given => {
  checkConstraints(input, members)
  const expression = String(input['ScheduleExpression'])
  const zone = optionalString(input, 'ScheduleExpressionTimezone') ?? 'UTC'
  if (!isZone(zone)) {
    refuse(`The time zone ${zone} is not valid.`)
  }
  if (schedulerSchedule(expression, zone, 0) === undefined) {
    refuse(`Invalid Schedule Expression ${expression}.`)
  }
  const [StartDate, EndDate] = [optionalNumber(input, 'StartDate'), optionalNumber(input, 'EndDate')]
  if (StartDate !== undefined && EndDate !== undefined && StartDate >= EndDate) {
    refuse('The StartDate must come before the EndDate.')
  }
  return {
    Name: String(input['Name']), Description: optionalString(input, 'Description'), ScheduleExpression: expression, ScheduleExpressionTimezone: zone,
    StartDate, EndDate, State: input['State'] === 'DISABLED' ? 'DISABLED' : 'ENABLED', FlexibleTimeWindow: readWindow(input['FlexibleTimeWindow']),
    Target: readTarget(input['Target']), ActionAfterCompletion: input['ActionAfterCompletion'] === 'DELETE' ? 'DELETE' : 'NONE',
    KmsKeyArn: optionalString(input, 'KmsKeyArn')
  }
}
