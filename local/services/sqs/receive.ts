import type {Message, Messages} from './messages'
import type {Queue} from './queues'
import type {Waiters} from './waiters'

const pollMilliseconds = 200

export interface ReceiveRequest {
  readonly queue: Queue
  readonly count: number
  readonly visibilitySeconds: number
  readonly waitSeconds: number
}

/** What is there to be taken, once what is too old, or was received too often, is out of the way. */
export const takeMessages = (messages: Messages, {name, retentionSeconds, redrive}: Queue, count: number, visibilitySeconds: number): Message[] => {
  messages.expire(name, retentionSeconds)
  if (redrive !== undefined) {
    messages.redrive(name, redrive.maxReceives, redrive.deadLetterArn.split(':').at(-1)!)
  }
  return messages.take(name, count, visibilitySeconds)
}

/** Takes messages, or waits for some. Hidden ones come back by time, so it looks again now and then. */
export const receiveMessages = async (
  messages: Messages, waiters: Waiters, {queue, count, visibilitySeconds, waitSeconds}: ReceiveRequest
): Promise<Message[]> => {
  const until = Date.now() + waitSeconds * 1000
  for (;;) {
    const taken = takeMessages(messages, queue, count, visibilitySeconds)
    const left = until - Date.now()
    if (taken.length > 0 || left <= 0 || waiters.isClosed()) {
      return taken
    }
    await waiters.wait(Math.min(pollMilliseconds, left))
  }
}
