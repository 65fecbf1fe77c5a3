import {DeleteRuleCommand, type EventBridgeClient, PutRuleCommand, PutTargetsCommand, RemoveTargetsCommand} from '@aws-sdk/client-eventbridge'
import {
  CreateQueueCommand, DeleteMessageBatchCommand, DeleteQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SetQueueAttributesCommand,
  type SQSClient
} from '@aws-sdk/client-sqs'
import {setTimeout as sleep} from 'node:timers/promises'
import type {ArchiveFacts} from './replays'

/** A temporary rule with a queue of its own, by which a replay's events can be read: the archive itself cannot. */
export interface Tap {
  readonly ruleArn: string
  /** Takes what has come, until nothing comes any more. */
  drain: (onMessage: (body: string) => void) => Promise<void>
  /** Removes rule and queue. */
  close: () => Promise<void>
}

export interface TapOptions {
  readonly events: EventBridgeClient
  readonly queues: SQSClient
  readonly archive: ArchiveFacts
  /** Of the replay, which is the rule's and the queue's as well. */
  readonly name: string
  readonly pattern: Readonly<Record<string, unknown>>
  /** What of each event is sent; the whole event if it is left out. */
  readonly inputPath?: string
}

/** A new rule takes a while before it matches; emulators need none. */
const settleMilliseconds = process.env['AWS_ENDPOINT_URL'] === undefined ? 30_000 : 0
/** Deliveries come a while after a replay is over. */
const emptyLooks = 3

const policy = (queueArn: string, ruleArn: string): string => JSON.stringify({
  Version: '2012-10-17',
  Statement: [{
    Sid: 'TakeReplayedEvents', Effect: 'Allow', Principal: {Service: 'events.amazonaws.com'}, Action: 'sqs:SendMessage', Resource: queueArn,
    Condition: {ArnEquals: {'aws:SourceArn': ruleArn}}
  }]
})

const makeQueue = async ({queues, name}: TapOptions): Promise<{readonly url: string, readonly arn: string}> => {
  const {QueueUrl: url = ''} = await queues.send(new CreateQueueCommand({
    QueueName: name, Attributes: {MessageRetentionPeriod: '86400', SqsManagedSseEnabled: 'true'}
  }))
  const {Attributes} = await queues.send(new GetQueueAttributesCommand({QueueUrl: url, AttributeNames: ['QueueArn']}))
  return {url, arn: Attributes?.['QueueArn'] ?? ''}
}

const makeRule = async ({events, archive, name, pattern, inputPath}: TapOptions, queueArn: string): Promise<string> => {
  const {RuleArn = ''} = await events.send(new PutRuleCommand({
    Name: name, EventBusName: archive.busName, Description: 'Temporary: lets npm run replay read a replay.', EventPattern: JSON.stringify(pattern)
  }))
  await events.send(new PutTargetsCommand({
    Rule: name, EventBusName: archive.busName, Targets: [{Id: 'Read', Arn: queueArn, ...(inputPath !== undefined && {InputPath: inputPath})}]
  }))
  return RuleArn
}

const drain = async ({queues}: TapOptions, QueueUrl: string, onMessage: (body: string) => void): Promise<void> => {
  for (let empty = 0; empty < emptyLooks;) {
    const {Messages = []} = await queues.send(new ReceiveMessageCommand({QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1}))
    Messages.forEach(({Body = ''}) => onMessage(Body))
    if (Messages.length > 0) {
      const Entries = Messages.map(({ReceiptHandle}, index) => ({Id: String(index), ReceiptHandle}))
      await queues.send(new DeleteMessageBatchCommand({QueueUrl, Entries}))
    }
    empty = Messages.length > 0 ? 0 : empty + 1
  }
}

/** Makes the rule and the queue; whatever fails, none of them stays. */
export const openTap = async (options: TapOptions): Promise<Tap> => {
  const {events, queues, archive, name} = options
  const queue = await makeQueue(options)
  const close = async (): Promise<void> => {
    await events.send(new RemoveTargetsCommand({Rule: name, EventBusName: archive.busName, Ids: ['Read']})).catch(() => undefined)
    await events.send(new DeleteRuleCommand({Name: name, EventBusName: archive.busName})).catch(() => undefined)
    await queues.send(new DeleteQueueCommand({QueueUrl: queue.url}))
  }
  try {
    const ruleArn = await makeRule(options, queue.arn)
    await queues.send(new SetQueueAttributesCommand({QueueUrl: queue.url, Attributes: {Policy: policy(queue.arn, ruleArn)}}))
    await sleep(settleMilliseconds)
    return {ruleArn, close, drain: (onMessage) => drain(options, queue.url, onMessage)}
  } catch (error) {
    await close()
    throw error
  }
}
