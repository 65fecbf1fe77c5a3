import {asObject, type Json} from '../../../shared/json'
import {ServiceError} from '../../runtime/core/errors'
import {isEventPath} from './event-path'
import type {Target} from './model'
import {placeholders, RESERVED} from './template'

/** Why a target is refused, in EventBridge's words if they are known. */
const refuse = (message: string): never => {
  throw new ServiceError('ValidationException', message)
}

const checkTransformer = ({Id, InputTransformer}: Target): void => {
  if (InputTransformer === undefined) {
    return
  }
  const {InputPathsMap = {}, InputTemplate} = InputTransformer
  const names = Object.keys(InputPathsMap)
  if (typeof InputTemplate !== 'string' || InputTemplate === '' || InputTemplate.length > 8192) {
    refuse(`InputTemplate for target ${Id} must have 1 to 8192 characters.`)
  }
  if (names.length > 100) {
    refuse(`InputPathsMap for target ${Id} has more than 100 entries.`)
  }
  const reserved = names.find((name) => name.startsWith('aws.') || !/^[A-Za-z0-9_-]+$/.test(name))
  if (reserved !== undefined) {
    refuse(`InputPathsMap for target ${Id} contains invalid key ${reserved}.`)
  }
  const wrong = Object.values(InputPathsMap).find((path) => !isEventPath(String(path)))
  if (wrong !== undefined) {
    refuse(`Invalid input path for target ${Id}: ${wrong}.`)
  }
  const unknown = placeholders(InputTemplate).find((name) => !names.includes(name) && !(RESERVED as readonly string[]).includes(name))
  if (unknown !== undefined) {
    refuse(`InputTemplate for target ${Id} contains invalid placeholder ${unknown}.`)
  }
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const checkInput = ({Id, Input, InputPath, InputTransformer}: Target): void => {
  if ([Input, InputPath, InputTransformer].filter((member) => member !== undefined).length > 1) {
    refuse(`Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`)
  }
  if (Input !== undefined && !isJson(Input)) {
    refuse(`JSON syntax error in input for target ${Id}.`)
  }
  if (InputPath !== undefined && !isEventPath(InputPath)) {
    refuse(`Invalid input path for target ${Id}: ${InputPath}.`)
  }
}

const within = (value: unknown, min: number, max: number): boolean => value === undefined || (typeof value === 'number' && value >= min && value <= max)

const checkPolicies = ({Id, Arn, RoleArn, RetryPolicy, DeadLetterConfig}: Target): void => {
  if (!within(RetryPolicy?.MaximumRetryAttempts, 0, 185) || !within(RetryPolicy?.MaximumEventAgeInSeconds, 60, 86_400)) {
    refuse(`RetryPolicy for target ${Id} must have 0 to 185 attempts and an age of 60 to 86400 seconds.`)
  }
  if (DeadLetterConfig?.Arn !== undefined && (!/^arn:[^:]*:sqs:/.test(DeadLetterConfig.Arn) || DeadLetterConfig.Arn.endsWith('.fifo'))) {
    refuse(`Invalid DeadLetterConfig for target ${Id}: expected the ARN of a standard queue.`)
  }
  if (/^arn:[^:]*:states:/.test(Arn) && RoleArn === undefined) {
    refuse(`RoleArn is required for target ${Arn}.`)
  }
}

const served = /^arn:[^:]*:(lambda:[^:]*:[^:]*:function:|states:[^:]*:[^:]*:stateMachine:|sqs:|sns:|events:[^:]*:[^:]*:event-bus\/)/

const unspoken = [
  'KinesisParameters', 'RunCommandParameters', 'EcsParameters', 'BatchParameters', 'SqsParameters', 'HttpParameters', 'RedshiftDataParameters',
  'SageMakerPipelineParameters', 'AppSyncParameters'
]

/** What would never come is refused, rather than taken and forgotten. */
const checkServed = (target: Json): void => {
  const parameter = unspoken.find((name) => target[name] !== undefined && target[name] !== null)
  if (parameter !== undefined || !served.test(String(target['Arn']))) {
    refuse(`The embedded EventBridge delivers to functions, state machines, queues, topics and event buses; got ${parameter ?? String(target['Arn'])}.`)
  }
}

/** What the service's model demands of an id, in the words of AWS's front. */
const checkId = (id: unknown, at: number): void => {
  const faults = typeof id === 'string'
    ? [...id.length < 1 ? ['Member must have length greater than or equal to 1'] : [],
        ...id.length > 64 ? ['Member must have length less than or equal to 64'] : [],
        ...!/^[.\-_A-Za-z0-9]+$/.test(id) ? ['Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+'] : []]
    : ['Member must not be null']
  if (faults.length > 0) {
    const shown = typeof id === 'string' ? `'${id}'` : 'null'
    const found = faults.map((fault) => `Value ${shown} at 'targets.${at + 1}.member.id' failed to satisfy constraint: ${fault}`)
    refuse(`${found.length} validation error${found.length > 1 ? 's' : ''} detected: ${found.join('; ')}`)
  }
}

/** A target as PutTargets takes it, and its place in the list. Throws ValidationException. */
export const checkedTarget = (value: unknown, at: number): Target => {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- what is relied upon is checked below
  const target = asObject(value) as Json & Target
  checkId(target.Id, at)
  if (typeof target.Arn !== 'string' || !target.Arn.startsWith('arn:')) {
    refuse(`Parameter ${String(target.Arn)} is not valid. Reason: Provided Arn is not in correct format.`)
  }
  checkServed(target)
  checkInput(target)
  checkTransformer(target)
  checkPolicies(target)
  return target
}
