import {ServiceError} from '../core/errors'
import {openDocuments} from '../core/documents'
import {transaction} from '../core/store'
import {number, text} from '../wiring/values'
import {placeOf} from '../wiring/place'
import type {Wiring} from '../wiring/wiring'
import type {DatabaseSync} from 'node:sqlite'

export interface Queue {
  readonly name: string
  readonly arn: string
  readonly visibilitySeconds: number
  readonly retentionSeconds: number
}

/** The queues of the wiring, and those that were made through the API. */
export interface Queues {
  all(): readonly Queue[]
  /** The queue that a name, a URL or an ARN ends in. Throws QueueDoesNotExist. */
  find(nameOrUrlOrArn: string): Queue
  /** Makes a queue, or changes the one of that name. */
  put(queue: Omit<Queue, 'arn'>): Queue
  remove(name: string): void
}

const defaults = {visibilitySeconds: 30, retentionSeconds: 345_600}

const wiredQueues = (wiring: Wiring): Map<string, Queue> => new Map(wiring.ofType('aws_sqs_queue').map(({values}) => [text(values, 'name'), {
  name: text(values, 'name'),
  arn: text(values, 'arn'),
  visibilitySeconds: number(values, 'visibility_timeout_seconds', defaults.visibilitySeconds),
  retentionSeconds: number(values, 'message_retention_seconds', defaults.retentionSeconds)
}]))

/** Settings of CreateQueue and SetQueueAttributes over those that a queue has; policies are taken and not asked for. */
export const withAttributes = (name: string, attributes: Readonly<Record<string, unknown>>, queue: Partial<Queue> = {}): Omit<Queue, 'arn'> => ({
  name,
  visibilitySeconds: Number(attributes['VisibilityTimeout'] ?? queue.visibilitySeconds ?? defaults.visibilitySeconds),
  retentionSeconds: Number(attributes['MessageRetentionPeriod'] ?? queue.retentionSeconds ?? defaults.retentionSeconds)
})

export const openQueues = (db: DatabaseSync, wiring: Wiring): Queues => {
  const queues = openDocuments<Queue>(db, 'sqs_queues')
  const {partition, region, account} = placeOf(wiring)
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
    put: (queue) => {
      const made = {...queue, arn: `arn:${partition}:sqs:${region}:${account}:${queue.name}`}
      queues.put(queue.name, made)
      return made
    },
    remove: (name) => { queues.delete(name) }
  }
}
