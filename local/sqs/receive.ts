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

/** Takes messages, or waits for some. Hidden ones come back by time, so it looks again now and then. */
export const receiveMessages = async (
  messages: Messages, waiters: Waiters, {queue, count, visibilitySeconds, waitSeconds}: ReceiveRequest
): Promise<Message[]> => {
  const until = Date.now() + waitSeconds * 1000
  messages.expire(queue.name, queue.retentionSeconds)
  for (;;) {
    const taken = messages.take(queue.name, count, visibilitySeconds)
    const left = until - Date.now()
    if (taken.length > 0 || left <= 0 || waiters.isClosed()) {
      return taken
    }
    await waiters.wait(Math.min(pollMilliseconds, left))
  }
}
