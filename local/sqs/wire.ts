import {createHash} from 'node:crypto'
import {type Json, isObject} from '../core/json'
import type {Message, QueueCounts} from './messages'
import type {Queue} from './queues'

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

const wants = (input: Json, lists: readonly string[], name: string): boolean =>
  lists.some((list) => Array.isArray(input[list]) && (input[list].includes(name) || input[list].includes('All')))

/** A message as ReceiveMessage answers it. */
export const receivedMessage = (message: Message, input: Json): Json => {
  const system: Record<string, string> = {
    SenderId: 'embedded-aws',
    SentTimestamp: String(message.sent_at),
    ApproximateReceiveCount: String(message.receives),
    ApproximateFirstReceiveTimestamp: String(message.first_received_at)
  }
  const shown = Object.entries(system).filter(([name]) => wants(input, ['AttributeNames', 'MessageSystemAttributeNames'], name))
  const own = JSON.parse(message.attributes) as Json
  const shownOwn = Object.entries(own).filter(([name]) => wants(input, ['MessageAttributeNames'], name))
  return {
    MessageId: message.id,
    ReceiptHandle: message.receipt,
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(shown.length > 0 && {Attributes: Object.fromEntries(shown)}),
    ...(shownOwn.length > 0 && {MessageAttributes: Object.fromEntries(shownOwn)})
  }
}

export const queueAttributes = (queue: Queue, counts: QueueCounts, input: Json): Json => {
  const all: Record<string, string> = {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    VisibilityTimeout: String(queue.visibilitySeconds),
    MessageRetentionPeriod: String(queue.retentionSeconds)
  }
  return Object.fromEntries(Object.entries(all).filter(([name]) => wants(input, ['AttributeNames'], name)))
}

/** Attributes of one of our own messages as on the wire. */
export const stringAttributes = (attributes: Readonly<Record<string, string>>): Json =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, {DataType: 'String', StringValue: value}]))

export const attributesOf = (input: Json): Json => isObject(input['MessageAttributes']) ? input['MessageAttributes'] : {}
