import type {DatabaseSync} from 'node:sqlite'
import {isObject, type Json} from '../../../shared/json'
import {ServiceError} from '../../runtime/core/errors'
import {optionalString, requiredString} from '../../runtime/core/json'
import {answerJson, type Operations} from '../../runtime/core/json-protocol'
import {type HoldOf, neverHeld} from '../../runtime/core/hold'
import type {Clock, LambdaService, SqsService} from '../../runtime/core/types'
import {wiredEventSources} from '../../../shared/wiring/event-sources'
import type {Wiring} from '../../../shared/wiring/wiring'
import {type Attributes, readQueueAttributes} from './attributes'
import {inBatch} from './batch'
import {integer, messageBody} from './input'
import {type Messages, openMessages} from './messages'
import {createPoller, type Poller} from './pollers'
import {delaySeconds, maximumBytes, openQueues, type Queue, type Queues, waitSeconds, withAttributes} from './queues'
import {tagOperations} from './tags'
import {answerSqsQuery} from './query'
import {receiveMessages} from './receive'
import {createWaiters, type Waiters} from './waiters'
import {allAttributes, readAttributes, md5, queueAttributes, receivedMessage, stringAttributes} from './wire'

/** All that SQS needs of the world around it. */
export interface SqsDeps {
  readonly db: DatabaseSync
  readonly clock: Clock
  readonly wiring: Wiring
  /** `http://127.0.0.1:<port>`: queue URLs begin with it, and the SDK sends there. */
  readonly endpoint: () => string
  /** For queues that functions work off; without it none is. */
  readonly invoke?: LambdaService['invoke']
  readonly holdOf?: HoldOf
}

interface Parts {
  readonly queues: Queues
  readonly messages: Messages
  readonly waiters: Waiters
  readonly pollers: ReadonlyMap<string, Poller>
  readonly endpoint: () => string
}

const maximumSeconds = 12 * 60 * 60

/** Codes of the query protocol, which SDKs name their exceptions after. */
const queryCodes = {
  QueueNameExists: 'QueueAlreadyExists',
  UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  ReceiptHandleIsInvalid: 'ReceiptHandleIsInvalid',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct'
}

const add = ({messages, waiters, pollers}: Parts, queue: Queue, body: string, attributes: Json, delaySeconds: number): string => {
  const id = messages.add(queue.name, body, attributes, delaySeconds)
  waiters.wake()
  pollers.get(queue.arn)?.wake()
  return id
}

const messageOperations = (parts: Parts): Operations => {
  const {queues, messages, waiters, pollers} = parts
  const findQueue = (input: Json): Queue => queues.find(requiredString(input, 'QueueUrl', 'MissingParameter'))
  const send = (input: Json): Json => {
    const queue = findQueue(input)
    const body = messageBody(input, maximumBytes(queue))
    return {
      MessageId: add(parts, queue, body, readAttributes(input), integer(input, 'DelaySeconds', delaySeconds(queue), 900)), MD5OfMessageBody: md5(body)
    }
  }
  const remove = (input: Json): void => { messages.remove(findQueue(input).name, requiredString(input, 'ReceiptHandle')) }
  const hide = (input: Json): void => {
    const queue = findQueue(input)
    if (!messages.hide(queue.name, requiredString(input, 'ReceiptHandle'), integer(input, 'VisibilityTimeout', 0, maximumSeconds))) {
      throw new ServiceError('ReceiptHandleIsInvalid', 'The input receipt handle is not a valid receipt handle.')
    }
    pollers.get(queue.arn)?.wake()
  }
  return {
    SendMessage: send,
    SendMessageBatch: inBatch(send),
    DeleteMessage: remove,
    DeleteMessageBatch: inBatch(remove),
    ChangeMessageVisibility: hide,
    ChangeMessageVisibilityBatch: inBatch(hide),
    ReceiveMessage: async (input) => {
      const queue = findQueue(input)
      const taken = await receiveMessages(messages, waiters, {
        queue,
        count: Math.max(1, integer(input, 'MaxNumberOfMessages', 1, 10)),
        visibilitySeconds: integer(input, 'VisibilityTimeout', queue.visibilitySeconds, maximumSeconds),
        waitSeconds: integer(input, 'WaitTimeSeconds', waitSeconds(queue), 20)
      })
      return taken.length === 0 ? {} : {Messages: taken.map((message) => receivedMessage(message, input, queues.sourceOf(queue)))}
    },
    GetQueueAttributes: (input) => {
      const queue = findQueue(input)
      return {Attributes: queueAttributes(queue, messages.count(queue.name), input)}
    },
    PurgeQueue: (input) => messages.purge(findQueue(input).name)
  }
}

const given = ({Attributes}: Json): Json => isObject(Attributes) ? Attributes : {}

const queueName = (input: Json): string => {
  const name = requiredString(input, 'QueueName')
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(name)) {
    throw new ServiceError('InvalidParameterValue', 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length')
  }
  return name
}

/** A queue is made again only as it is. */
const checkSame = (queue: Queue, attributes: Attributes, messages: Messages): void => {
  const all = allAttributes(queue, messages.count(queue.name))
  const other = Object.entries(attributes).find(([name, value]) => (all[name] ?? '') !== value)
  if (other !== undefined) {
    throw new ServiceError('QueueNameExists', `A queue already exists with the same name and a different value for attribute ${other[0]}`)
  }
}

const queueOperations = ({queues, messages, endpoint}: Parts): Operations => {
  const queueUrl = ({name, arn}: Queue): string => `${endpoint()}/${arn.split(':')[4]}/${name}`
  const findQueue = (input: Json): Queue => queues.find(requiredString(input, 'QueueUrl', 'MissingParameter'))
  const attributesIn = (input: Json): Attributes => readQueueAttributes(given(input), (target) => queues.all().some(({arn}) => arn === target))
  return {
    CreateQueue: (input) => {
      const [name, attributes] = [queueName(input), attributesIn(input)]
      const existing = queues.all().find((queue) => queue.name === name)
      if (existing !== undefined) {
        checkSame(existing, attributes, messages)
      }
      return {QueueUrl: queueUrl(existing ?? queues.put(withAttributes(name, attributes)))}
    },
    SetQueueAttributes: (input) => { queues.put(withAttributes(findQueue(input).name, attributesIn(input), findQueue(input))) },
    DeleteQueue: (input) => {
      const {name} = findQueue(input)
      messages.purge(name)
      queues.remove(name)
    },
    GetQueueUrl: (input) => ({QueueUrl: queueUrl(queues.find(requiredString(input, 'QueueName')))}),
    ListQueues: (input) => ({QueueUrls: queues.all().filter(({name}) => name.startsWith(optionalString(input, 'QueueNamePrefix') ?? '')).map(queueUrl)})
  }
}

const pollersFor = ({clock, wiring, invoke, holdOf = () => neverHeld}: SqsDeps, queues: Queues, messages: Messages): Map<string, Poller> => new Map(
  (invoke === undefined ? [] : wiredEventSources(wiring)).map((source) =>
    [source.queueArn, createPoller({
      clock, messages, queue: () => queues.find(source.queueArn), invoke: invoke!, hold: holdOf(source.functionName)
    }, source)]))

/** The queues of the wiring: work, dead letters, and what failed permanently; and those that programs make for a while. */
export const createSqs = (deps: SqsDeps): SqsService => {
  const {db, clock, wiring, endpoint} = deps
  const [queues, messages] = [openQueues(db, wiring), openMessages(db, clock)]
  const parts: Parts = {queues, messages, waiters: createWaiters(), pollers: pollersFor(deps, queues, messages), endpoint}
  const operations = {...messageOperations(parts), ...queueOperations(parts), ...tagOperations(db, parts.queues)}
  return {
    signingName: 'sqs',
    send: (queueArn, body, attributes = {}) => add(parts, queues.find(queueArn), body, stringAttributes(attributes), 0),
    handle: (request, response) => request.headers['x-amz-target'] === undefined
      ? answerSqsQuery(request, response, operations, queryCodes)
      : answerJson(request, response, operations, queryCodes),
    start: () => parts.pollers.forEach((poller) => poller.wake()),
    stop: () => {
      parts.pollers.forEach((poller) => poller.stop())
      parts.waiters.close()
    }
  }
}
