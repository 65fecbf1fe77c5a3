import {createHash} from 'node:crypto'
import {isObject, type Json, trustedJson} from '../../../shared/json'
import type {Message, QueueCounts} from './messages'
import {delaySeconds, maximumBytes, type Queue, type Redrive, waitSeconds} from './queues'

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

const wants = (input: Json, lists: readonly string[], name: string): boolean =>
  lists.some((list) => Array.isArray(input[list]) && (input[list].includes(name) || input[list].includes('All')))

const systemAttributes = (message: Message): Record<string, string> => ({
  SenderId: 'embedded-aws',
  SentTimestamp: String(message.sent_at),
  ApproximateReceiveCount: String(message.receives),
  ApproximateFirstReceiveTimestamp: String(message.first_received_at)
})

/** A message as a function gets it: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export const sqsRecord = (message: Message, {arn}: Queue): Json => ({
  messageId: message.id,
  receiptHandle: message.receipt,
  body: message.body,
  attributes: systemAttributes(message),
  messageAttributes: {},
  md5OfBody: md5(message.body),
  eventSource: 'aws:sqs',
  eventSourceARN: arn,
  awsRegion: arn.split(':')[3]
})

/** A message as ReceiveMessage returns it; of a dead-letter queue, `sourceArn` is the queue that it came from. */
export const receivedMessage = (message: Message, input: Json, sourceArn?: string): Json => {
  const shown = Object.entries({...systemAttributes(message), ...(sourceArn !== undefined && {DeadLetterQueueSourceArn: sourceArn})})
    .filter(([name]) => wants(input, ['AttributeNames', 'MessageSystemAttributeNames'], name))
  const own = trustedJson<Json>(message.attributes)
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

const redrivePolicy = ({deadLetterArn, maxReceives}: Redrive): string =>
  JSON.stringify({deadLetterTargetArn: deadLetterArn, maxReceiveCount: maxReceives})

export const queueAttributes = (queue: Queue, counts: QueueCounts, input: Json): Json => {
  const all = allAttributes(queue, counts)
  return Object.fromEntries(Object.entries(all).filter(([name]) => wants(input, ['AttributeNames'], name)))
}

/** Each attribute that a queue has. */
export const allAttributes = (queue: Queue, counts: QueueCounts): Readonly<Record<string, string>> => ({
  QueueArn: queue.arn,
  ApproximateNumberOfMessages: String(counts.visible),
  ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
  ApproximateNumberOfMessagesDelayed: String(counts.delayed),
  VisibilityTimeout: String(queue.visibilitySeconds),
  MessageRetentionPeriod: String(queue.retentionSeconds),
  DelaySeconds: String(delaySeconds(queue)),
  ReceiveMessageWaitTimeSeconds: String(waitSeconds(queue)),
  MaximumMessageSize: String(maximumBytes(queue)),
  SqsManagedSseEnabled: 'true',
  ...queue.others,
  ...(queue.redrive && {RedrivePolicy: redrivePolicy(queue.redrive)})
})

/** Attributes of one of our own messages as on the wire. */
export const stringAttributes = (attributes: Readonly<Record<string, string>>): Json =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, {DataType: 'String', StringValue: value}]))

export const readAttributes = (input: Json): Json => isObject(input['MessageAttributes']) ? input['MessageAttributes'] : {}
