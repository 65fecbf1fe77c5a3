import type {Message} from '@aws-sdk/client-sqs'
import {asObject, isObject, type Json} from '../../shared/json'
import {arnName} from '../../shared/wiring/arn'

/** What was given up: by EventBridge, which could not hand an event over, by Lambda, whose function could not handle one, or by a queue whose function failed with a message. */
export interface Letter {
  readonly queue: string
  readonly messageId: string
  readonly receipt: string
  /** ISO 8601 UTC: when it came into the queue. */
  readonly since: string
  /** The rule that did not reach its target, the function that failed, or the queue that gave up. */
  readonly from: string
  readonly error: string
  readonly reason: string
  readonly attempts: number
  /** Detail-type of an event, `S3 notification`, or what the body calls itself. */
  readonly event: string
  readonly fileId?: string
  readonly correlationId?: string
  /** Who was to get it. */
  readonly targetArn: string
  /** Bus of the rule, if there is one. */
  readonly bus?: string
  /** What the target was to get. */
  readonly payload: unknown
  /** What `npm run quarantine -- fix` made of an event's detail, and since when the event was there before it did. */
  readonly fix?: {readonly detail: unknown, readonly since: string}
}

const asText = (value: unknown): string | undefined => typeof value === 'string' && value !== '' ? value : undefined

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const unversionedName = (arn: string): string => arnName(arn.replace(/:\$LATEST$/, ''))

/** `arn:…:rule/<bus>/<rule>`; the default bus is not named. */
const parseBusName = (ruleArn: string): string | undefined => /:rule\/([^/]+)\/[^/]+$/.exec(ruleArn)?.[1]

/** A key as a notification has it; one that is not encoded, as someone may have sent it by hand, as it is. */
const decoded = (key: string): string => {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '))
  } catch {
    return key
  }
}

/** The file of an S3 notification, by its key. */
const fileOfRecords = ({Records}: Json): string | undefined => {
  const [record] = Array.isArray(Records) ? Records as readonly Json[] : []
  const key = asText(asObject(asObject(record?.s3).object).key)
  return key === undefined ? undefined : /^media\/(.+)\.[^.]+$/.exec(decoded(key))?.[1]
}

const about = (payload: unknown): Pick<Letter, 'event' | 'fileId' | 'correlationId'> => {
  const body = asObject(payload)
  const detail = asObject(body.detail)
  const outcome = asObject(body.outcome)
  const fileId = asText(detail.fileId) ?? asText(body.fileId) ?? asText(outcome.fileId) ?? fileOfRecords(body)
  const correlationId = asText(detail.correlationId) ?? asText(body.correlationId)
  return {
    event: asText(body['detail-type']) ?? asText(outcome.name)?.split('#')[0] ?? (Array.isArray(body.Records) ? 'S3 notification' : 'unknown'),
    ...(fileId !== undefined && {fileId}),
    ...(correlationId !== undefined && {correlationId})
  }
}

interface Sent {
  readonly messageId: string
  readonly receipt: string
  readonly since: string
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html: the event, and in the attributes why it is here. */
const undelivered = (queue: string, sent: Sent, {Body = '', MessageAttributes = {}}: Message): Letter => {
  const attribute = (name: string): string => MessageAttributes[name]?.StringValue ?? ''
  const payload = parsed(Body)
  const bus = parseBusName(attribute('RULE_ARN'))
  return {
    queue, ...sent,
    from: unversionedName(attribute('RULE_ARN')),
    error: attribute('ERROR_CODE') || 'unknown',
    reason: attribute('ERROR_MESSAGE'),
    attempts: Number(attribute('RETRY_ATTEMPTS') || 0) + 1,
    ...about(payload),
    targetArn: attribute('TARGET_ARN'),
    ...(bus !== undefined && {bus}),
    payload
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html: the invocation record around the event. */
const failed = (queue: string, sent: Sent, record: Json): Letter => {
  const context = asObject(record.requestContext)
  const response = asObject(record.responsePayload)
  const functionArn = asText(context.functionArn) ?? ''
  return {
    queue, ...sent,
    from: unversionedName(functionArn),
    error: asText(response.errorType) ?? asText(context.condition) ?? 'unknown',
    reason: asText(response.errorMessage) ?? '',
    attempts: Number(context.approximateInvokeCount ?? 0),
    ...about(record.requestPayload),
    targetArn: functionArn.replace(/:\$LATEST$/, ''),
    payload: record.requestPayload,
    ...(isObject(record.fix) && {fix: {detail: record.fix.detail, since: String(record.fix.since)}})
  }
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html: the message as it was, and where it was. */
const receivedTooOften = (queue: string, sent: Sent, payload: unknown, sourceArn: string): Letter => ({
  queue, ...sent,
  from: unversionedName(sourceArn),
  error: 'ReceivedTooOften',
  reason: 'The function failed with it each time; its logs say why.',
  attempts: 0,
  ...about(payload),
  targetArn: sourceArn,
  payload
})

/** Reads a message of a dead-letter queue, of any kind; also one that someone put there by hand. */
export const readLetter = (queue: string, message: Message): Letter => {
  const {MessageId = '', ReceiptHandle = '', Attributes, Body = ''} = message
  const sent = {messageId: MessageId, receipt: ReceiptHandle, since: new Date(Number(Attributes?.SentTimestamp ?? 0)).toISOString()}
  const body = asObject(parsed(Body))
  const sourceArn = asText(Attributes?.DeadLetterQueueSourceArn)
  if (sourceArn !== undefined) {
    return receivedTooOften(queue, sent, parsed(Body), sourceArn)
  }
  return body.requestContext !== undefined && 'requestPayload' in body ? failed(queue, sent, body) : undelivered(queue, sent, message)
}
