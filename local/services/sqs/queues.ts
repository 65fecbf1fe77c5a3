import {asObject} from '../../../shared/json'
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
}

export interface Redrive {
  readonly deadLetterArn: string
  readonly maxReceives: number
}

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

/** Settings of CreateQueue and SetQueueAttributes over those that a queue has; policies are taken and not asked for. */
export const withAttributes = (name: string, attributes: Readonly<Record<string, unknown>>, queue: Partial<Queue> = {}): Omit<Queue, 'arn'> => ({
  name,
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
