import {isObject, parsedJson} from '../../../shared/json'
import {ServiceError} from '../../runtime/core/errors'

/** Attributes of a queue that a program may set, as on the wire. */
export type Attributes = Readonly<Record<string, string>>

type Check = (value: string) => boolean

const whole = (from: number, to: number): Check => (value) => /^\d{1,9}$/.test(value) && Number(value) >= from && Number(value) <= to
const json: Check = (value) => value === '' || isObject(parsedJson(value))
const isBoolean: Check = (value) => value === 'true' || value === 'false'

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const checks: Readonly<Record<string, Check>> = {
  DelaySeconds: whole(0, 900),
  KmsDataKeyReusePeriodSeconds: whole(60, 86_400),
  KmsMasterKeyId: () => true,
  MaximumMessageSize: whole(1024, 1_048_576),
  MessageRetentionPeriod: whole(60, 1_209_600),
  Policy: json,
  ReceiveMessageWaitTimeSeconds: whole(0, 20),
  RedriveAllowPolicy: json,
  RedrivePolicy: json,
  SqsManagedSseEnabled: isBoolean,
  VisibilityTimeout: whole(0, 43_200)
}

const ofFifo: readonly string[] = ['FifoQueue', 'ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit']

const invalid = (name: string, reason: string): ServiceError => new ServiceError('InvalidAttributeValue', `Invalid value for the parameter ${name}.${reason}`)

const checkRedrive = (value: string, exists: (arn: string) => boolean): void => {
  const policy = parsedJson(value)
  if (value === '' || !isObject(policy)) {
    return
  }
  const {deadLetterTargetArn, maxReceiveCount} = policy
  const count = Number(maxReceiveCount)
  const refused = (reason: string): ServiceError =>
    new ServiceError('InvalidParameterValue', `Value ${value} for parameter RedrivePolicy is invalid. Reason: ${reason}`)
  if (typeof deadLetterTargetArn !== 'string' || maxReceiveCount === undefined) {
    throw refused('Redrive policy does not contain mandatory attribute: ' + (maxReceiveCount === undefined ? 'maxReceiveCount.' : 'deadLetterTargetArn.'))
  }
  if (!Number.isInteger(count) || count < 1 || count > 1000) {
    throw refused('Invalid value for maxReceiveCount: ' + `${String(maxReceiveCount)}, valid values are from 1 to 1000 both inclusive.`)
  }
  if (!exists(deadLetterTargetArn)) {
    throw refused('Dead letter target does not exist.')
  }
}

/**
 * The attributes of an input, each checked. Throws InvalidAttributeName, InvalidAttributeValue, InvalidParameterValue, and
 * UnsupportedOperation for what makes a FIFO queue.
 */
export const readQueueAttributes = (given: Readonly<Record<string, unknown>>, exists: (arn: string) => boolean): Attributes => {
  const attributes = Object.fromEntries(Object.entries(given).map(([name, value]): [string, string] => [name, String(value)]))
  for (const [name, value] of Object.entries(attributes)) {
    if (ofFifo.includes(name)) {
      throw new ServiceError('UnsupportedOperation', `The embedded SQS has no FIFO queues: ${name} cannot be set.`)
    }
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined
    if (check === undefined) {
      throw new ServiceError('InvalidAttributeName', `Unknown Attribute ${name}.`)
    }
    if (!check(value)) {
      throw invalid(name, '')
    }
  }
  checkRedrive(attributes['RedrivePolicy'] ?? '', exists)
  return attributes
}
