import {asObject} from '../../../shared/json'
import type {Attributes} from './attributes'
import {ServiceError} from '../../runtime/core/errors'
import {openDocuments} from '../../runtime/core/documents'
import {transaction} from '../../runtime/core/store'
import {number, text} from '../../../shared/wiring/values'
import {findPlace} from '../../../shared/wiring/place'
import type {Wiring} from '../../../shared/wiring/wiring'
import type {DatabaseSync} from 'node:sqlite'

export interface Queue {
  readonly name: string
  readonly arn: string
  readonly visibilitySeconds: number
  readonly retentionSeconds: number
  /** Where messages go that were received too often. */
  readonly redrive?: Redrive
  /** What a program set besides. */
  readonly others?: Attributes
}

export interface Redrive {
  readonly deadLetterArn: string
  readonly maxReceives: number
}

/** Seconds by default before a message shows, and for which ReceiveMessage waits; bytes that a message may have. */
export const delaySeconds = ({others}: Queue): number => Number(others?.['DelaySeconds'] ?? 0)
export const waitSeconds = ({others}: Queue): number => Number(others?.['ReceiveMessageWaitTimeSeconds'] ?? 0)
export const maximumBytes = ({others}: Queue): number => Number(others?.['MaximumMessageSize'] ?? 1_048_576)

/** The queues of the wiring, and those that were made through the API. */
export interface Queues {
  all: () => readonly Queue[]
  /** The queue that a name, a URL or an ARN ends in. Throws QueueDoesNotExist. */
  find: (nameOrUrlOrArn: string) => Queue
  /** ARN of the queue whose dead letters go to this one. */
  sourceOf: (queue: Queue) => string | undefined
  /** Makes a queue, or changes the one of that name. */
  put: (queue: Omit<Queue, 'arn'>) => Queue
  remove: (name: string) => void
}

const defaults = {visibilitySeconds: 30, retentionSeconds: 345_600}

const parseRedrive = (policy: unknown): {redrive?: Redrive} => {
  const {deadLetterTargetArn, maxReceiveCount} = asObject(typeof policy === 'string' && policy !== '' ? JSON.parse(policy) : {})
  return typeof deadLetterTargetArn === 'string' ? {redrive: {deadLetterArn: deadLetterTargetArn, maxReceives: Number(maxReceiveCount)}} : {}
}

const wiredQueues = (wiring: Wiring): Map<string, Queue> => new Map(wiring.ofType('aws_sqs_queue').map(({values}) => [text(values, 'name'), {
  name: text(values, 'name'),
  arn: text(values, 'arn'),
  visibilitySeconds: number(values, 'visibility_timeout_seconds', defaults.visibilitySeconds),
  retentionSeconds: number(values, 'message_retention_seconds', defaults.retentionSeconds),
  ...parseRedrive(values['redrive_policy'])
}]))

/** An attribute that is set to nothing is no more. */
const othersOf = (
  {VisibilityTimeout: _, MessageRetentionPeriod: __, RedrivePolicy: ___, ...given}: Attributes, before: Attributes = {}
): Attributes =>
  Object.fromEntries(Object.entries({...before, ...given}).filter(([, value]) => value !== ''))

/** Settings of CreateQueue and SetQueueAttributes over those that a queue has; who may do what by its policy is not asked. */
export const withAttributes = (name: string, attributes: Attributes, queue: Partial<Queue> = {}): Omit<Queue, 'arn'> => ({
  name,
  others: othersOf(attributes, queue.others),
  visibilitySeconds: Number(attributes['VisibilityTimeout'] ?? queue.visibilitySeconds ?? defaults.visibilitySeconds),
  retentionSeconds: Number(attributes['MessageRetentionPeriod'] ?? queue.retentionSeconds ?? defaults.retentionSeconds),
  ...(attributes['RedrivePolicy'] === undefined ? queue.redrive && {redrive: queue.redrive} : parseRedrive(attributes['RedrivePolicy']))
})

export const openQueues = (db: DatabaseSync, wiring: Wiring): Queues => {
  const queues = openDocuments<Queue>(db, 'sqs_queues')
  const {partition, region, account} = findPlace(wiring)
  transaction(db, () => queues.deploy(wiredQueues(wiring)))
  return {
    all: () => queues.all(),
    find: (nameOrUrlOrArn) => {
      const queue = queues.get(nameOrUrlOrArn.split(/[/:]/).at(-1) ?? '')
      if (queue === undefined) {
        throw new ServiceError('QueueDoesNotExist', `The specified queue does not exist: ${nameOrUrlOrArn}`)
      }
      return queue
    },
    sourceOf: ({arn}) => queues.all().find(({redrive}) => redrive?.deadLetterArn === arn)?.arn,
    put: (queue) => {
      const made = {...queue, arn: `arn:${partition}:sqs:${region}:${account}:${queue.name}`}
      queues.put(queue.name, made)
      return made
    },
    remove: (name) => { queues.delete(name) }
  }
}
