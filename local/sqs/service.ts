import type {DatabaseSync} from 'node:sqlite'
import {ServiceError} from '../core/errors'
import {type Json, optionalString, requiredString} from '../core/json'
import {answerJson, type Operations} from '../core/json-protocol'
import type {Clock, SqsService} from '../core/types'
import type {Wiring} from '../wiring/wiring'
import {type Message, openMessages} from './messages'
import {type Queue, queueFinder, wiredQueues} from './queues'
import {createWaiters} from './waiters'
import {attributesOf, md5, queueAttributes, receivedMessage, stringAttributes} from './wire'

/** All that SQS needs of the world around it. */
export interface SqsDeps {
  readonly db: DatabaseSync
  readonly clock: Clock
  readonly wiring: Wiring
  /** `http://127.0.0.1:<port>`: queue URLs begin with it, and the SDK sends there. */
  readonly endpoint: () => string
}

const maximumBytes = 1024 * 1024
const pollMilliseconds = 200

const integer = (input: Json, name: string, otherwise: number, maximum: number): number => {
  const value = input[name] ?? otherwise
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > maximum) {
    throw new ServiceError('InvalidParameterValue', `Value ${String(value)} for parameter ${name} is invalid. Reason: Must be between 0 and ${maximum}.`)
  }
  return value
}

const checkedBody = (input: Json): string => {
  const body = requiredString(input, 'MessageBody', 'MissingParameter')
  if (Buffer.byteLength(body) > maximumBytes) {
    throw new ServiceError('InvalidParameterValue', `One or more parameters are invalid. Reason: Message must be shorter than ${maximumBytes} bytes.`)
  }
  return body
}

/** Codes that the query protocol had; SDKs name their exceptions after them. */
const queryCodes = {QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue', ReceiptHandleIsInvalid: 'ReceiptHandleIsInvalid'}

/** The queues of the wiring: dead letters, and what failed for good. */
export const createSqs = ({db, clock, wiring, endpoint}: SqsDeps): SqsService => {
  const queues = wiredQueues(wiring)
  const find = queueFinder(queues)
  const messages = openMessages(db, clock)
  const waiters = createWaiters()
  let stopped = false

  const urlOf = ({name, arn}: Queue): string => `${endpoint()}/${arn.split(':')[4]}/${name}`
  const queueOf = (input: Json): Queue => find(requiredString(input, 'QueueUrl', 'MissingParameter'))

  const add = (queue: Queue, body: string, attributes: Json, delaySeconds: number): string => {
    const id = messages.add(queue.name, body, attributes, delaySeconds)
    waiters.wake()
    return id
  }

  const receive = async (input: Json): Promise<Json> => {
    const queue = queueOf(input)
    const count = Math.max(1, integer(input, 'MaxNumberOfMessages', 1, 10))
    const visibility = integer(input, 'VisibilityTimeout', queue.visibilitySeconds, 43_200)
    const until = Date.now() + integer(input, 'WaitTimeSeconds', 0, 20) * 1000
    messages.expire(queue.name, queue.retentionSeconds)
    let taken: Message[] = messages.take(queue.name, count, visibility)
    while (taken.length === 0 && Date.now() < until && !stopped) {
      await waiters.wait(Math.min(pollMilliseconds, until - Date.now()))
      taken = stopped ? [] : messages.take(queue.name, count, visibility)
    }
    return taken.length === 0 ? {} : {Messages: taken.map((message) => receivedMessage(message, input))}
  }

  const change = (input: Json): void => {
    const done = messages.hide(queueOf(input).name, requiredString(input, 'ReceiptHandle'), integer(input, 'VisibilityTimeout', 0, 43_200))
    if (!done) {
      throw new ServiceError('ReceiptHandleIsInvalid', 'The input receipt handle is not a valid receipt handle.')
    }
  }

  const operations: Operations = {
    SendMessage: (input) => {
      const body = checkedBody(input)
      return {MessageId: add(queueOf(input), body, attributesOf(input), integer(input, 'DelaySeconds', 0, 900)), MD5OfMessageBody: md5(body)}
    },
    ReceiveMessage: receive,
    DeleteMessage: (input) => { messages.remove(queueOf(input).name, requiredString(input, 'ReceiptHandle')) },
    ChangeMessageVisibility: change,
    GetQueueUrl: (input) => ({QueueUrl: urlOf(find(requiredString(input, 'QueueName')))}),
    GetQueueAttributes: (input) => {
      const queue = queueOf(input)
      return {Attributes: queueAttributes(queue, messages.count(queue.name), input)}
    },
    PurgeQueue: (input) => messages.purge(queueOf(input).name),
    ListQueues: (input) => ({QueueUrls: queues.filter(({name}) => name.startsWith(optionalString(input, 'QueueNamePrefix') ?? '')).map(urlOf)})
  }

  return {
    signingName: 'sqs',
    send: (queueArn, body, attributes = {}) => add(find(queueArn), body, stringAttributes(attributes), 0),
    handle: (request, response) => answerJson(request, response, operations, queryCodes),
    stop: () => {
      stopped = true
      waiters.wake()
    }
  }
}
