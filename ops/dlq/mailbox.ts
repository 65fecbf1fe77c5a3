import {
  ChangeMessageVisibilityBatchCommand, DeleteMessageCommand, GetQueueUrlCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient
} from '@aws-sdk/client-sqs'
import {asObject} from '../../shared/json'
import type {ClientOptions} from '../program/target'
import {type Letter, readLetter} from './letter'

/** The dead-letter queues of a stack. */
export interface Mailbox {
  /** Letters of a queue, oldest first; they stay hidden from others until `putBack` or for ten minutes. */
  take: (queue: string, limit: number) => Promise<Letter[]>
  putBack: (letters: readonly Letter[]) => Promise<void>
  remove: (letter: Letter) => Promise<void>
}

/** Dead-letter queues whose letters can be written again. */
export interface EditableMailbox extends Mailbox {
  /** Puts a letter into its queue with more in its record; its stay there begins again. */
  addTo: (letter: Letter, more: Readonly<Record<string, unknown>>) => Promise<void>
}

const hiddenSeconds = 600
const batch = 10

const byAge = (one: Letter, other: Letter): number => one.since < other.since ? -1 : 1

/** Asks for the URL of a queue once. */
const askForUrls = (client: SQSClient): (queue: string) => Promise<string> => {
  const urls = new Map<string, string>()
  return async (queue) => {
    const known = urls.get(queue)
    if (known !== undefined) {
      return known
    }
    const {QueueUrl = ''} = await client.send(new GetQueueUrlCommand({QueueName: queue}))
    urls.set(queue, QueueUrl)
    return QueueUrl
  }
}

/** Opens the queues of a stack. */
export const openMailbox = (options: ClientOptions, client = new SQSClient(options)): EditableMailbox => {
  const urlOf = askForUrls(client)
  const bodies = new WeakMap<Letter, string>()

  const receive = async (queue: string, url: string): Promise<Letter[]> => {
    const {Messages = []} = await client.send(new ReceiveMessageCommand({
      QueueUrl: url, MaxNumberOfMessages: batch, VisibilityTimeout: hiddenSeconds, WaitTimeSeconds: 1,
      MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['SentTimestamp', 'DeadLetterQueueSourceArn']
    }))
    return Messages.map((message) => {
      const letter = readLetter(queue, message)
      bodies.set(letter, message.Body ?? '')
      return letter
    })
  }

  const take = async (queue: string, limit: number): Promise<Letter[]> => {
    const url = await urlOf(queue)
    const letters: Letter[] = []
    while (letters.length < limit) {
      const received = await receive(queue, url)
      if (received.length === 0) {
        break
      }
      letters.push(...received)
    }
    return letters.sort(byAge)
  }

  const putBack = async (letters: readonly Letter[]): Promise<void> => {
    for (let first = 0; first < letters.length; first += batch) {
      const some = letters.slice(first, first + batch)
      const Entries = some.map(({receipt}, index) => ({Id: String(index), ReceiptHandle: receipt, VisibilityTimeout: 0}))
      await client.send(new ChangeMessageVisibilityBatchCommand({QueueUrl: await urlOf(some[0]?.queue ?? ''), Entries}))
    }
  }

  const remove = async ({queue, receipt}: Letter): Promise<void> => {
    await client.send(new DeleteMessageCommand({QueueUrl: await urlOf(queue), ReceiptHandle: receipt}))
  }

  /** Sent before it is removed: whatever happens between, it is there twice rather than gone. */
  const addTo = async (letter: Letter, more: Readonly<Record<string, unknown>>): Promise<void> => {
    const body = JSON.stringify({...asObject(JSON.parse(bodies.get(letter) ?? '{}')), ...more})
    await client.send(new SendMessageCommand({QueueUrl: await urlOf(letter.queue), MessageBody: body}))
    await remove(letter)
  }

  return {take, putBack, remove, addTo}
}
