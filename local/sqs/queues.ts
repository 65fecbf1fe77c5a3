import {ServiceError} from '../core/errors'
import {number, text} from '../wiring/values'
import type {Wiring} from '../wiring/wiring'

export interface Queue {
  readonly name: string
  readonly arn: string
  readonly visibilitySeconds: number
  readonly retentionSeconds: number
}

export const wiredQueues = (wiring: Wiring): Queue[] => wiring.ofType('aws_sqs_queue').map(({values}) => ({
  name: text(values, 'name'),
  arn: text(values, 'arn'),
  visibilitySeconds: number(values, 'visibility_timeout_seconds', 30),
  retentionSeconds: number(values, 'message_retention_seconds', 345_600)
}))

/** The queue that a name, a URL or an ARN ends in. Throws QueueDoesNotExist. */
export const queueFinder = (queues: readonly Queue[]): (nameOrUrlOrArn: string) => Queue => {
  const byName = new Map(queues.map((queue) => [queue.name, queue]))
  return (nameOrUrlOrArn) => {
    const queue = byName.get(nameOrUrlOrArn.split(/[/:]/).at(-1) ?? '')
    if (queue === undefined) {
      throw new ServiceError('QueueDoesNotExist', `The specified queue does not exist: ${nameOrUrlOrArn}`)
    }
    return queue
  }
}
