import type {SQSBatchResponse, SQSEvent, SQSRecord} from 'aws-lambda'
import {changeMessageVisibility} from '../../../lib/vendor/AWS/SQS'
import {asObject} from '../../../types/json'
import {withCorrelation} from '../../../util/correlation'
import {env} from '../../../util/env'
import {NamedError} from '../../../util/errors'
import {logger} from '../../../util/logger'
import {perform, type Task} from './fan-out'
import type {TimeLeft} from './tell'

/** Whether an event is a batch of our queue. */
export const isBatch = (event: unknown): event is SQSEvent => {
  const {Records} = asObject(event)
  return Array.isArray(Records) && Records.length > 0
    && Records.every((record: Partial<SQSRecord> | null) => record?.eventSource === 'aws:sqs')
}

const isTask = (body: unknown): body is Task => {
  const {outcome, userIds, partition} = asObject(body)
  const {fileId, name, notice} = asObject(outcome)
  const isOutcome = typeof fileId === 'string' && typeof name === 'string' && typeof notice === 'object' && notice !== null
  return isOutcome && (typeof partition === 'string' || (Array.isArray(userIds) && userIds.every((userId) => typeof userId === 'string')))
}

const parseTask = ({body, messageId}: SQSRecord): Task => {
  const task: unknown = JSON.parse(body)
  if (!isTask(task)) {
    throw new NamedError('InvalidEventError', `Expected the message ${messageId} to have an outcome, and userIds or a partition.`)
  }
  return task
}

const performRecord = async (record: SQSRecord, context: TimeLeft): Promise<number> => {
  const task = parseTask(record)
  return withCorrelation({fileId: task.outcome.fileId}, async () => {
    const sent = await perform(task, context)
    logger.info('Some users of a file were told.', {sent, ...('partition' in task && {partition: task.partition})})
    return sent
  })
}

// The queue hides a message for as long as several tries of the function take: one that is known to have failed comes again sooner.
const [firstSeconds, maxSeconds] = [10, 360]

const comeAgainSoon = async ({receiptHandle, messageId, attributes: {ApproximateReceiveCount}}: SQSRecord): Promise<void> => {
  const seconds = Math.min(maxSeconds, firstSeconds * 2 ** (Number(ApproximateReceiveCount) - 1))
  try {
    await changeMessageVisibility({QueueUrl: env('PUSH_QUEUE_URL'), ReceiptHandle: receiptHandle, VisibilityTimeout: seconds})
  } catch (error) {
    logger.warn('A message about pushes comes again later than it could.', {messageId, error})
  }
}

/** What came of a batch: the pushes that went out, and the messages that come again. */
export type BatchResult = SQSBatchResponse & {readonly sent: number}

/**
 * Does what the messages ask for, one after another; those that failed, or had no time left, come again after seconds, and then ever later.
 */
export const performBatch = async ({Records}: SQSEvent, context: TimeLeft): Promise<BatchResult> => {
  const batchItemFailures: {itemIdentifier: string}[] = []
  let sent = 0
  for (const record of Records) {
    try {
      sent += await performRecord(record, context)
    } catch (error) {
      logger.error('A message about pushes could not be done; it comes again.', {messageId: record.messageId, error})
      batchItemFailures.push({itemIdentifier: record.messageId})
      await comeAgainSoon(record)
    }
  }
  return {sent, batchItemFailures}
}
