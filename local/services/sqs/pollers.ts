import {asObject, objectsIn} from '../../../shared/json'
import type {Clock, InvocationResult} from '../../runtime/core/types'
import type {WiredEventSource} from '../../../shared/wiring/event-sources'
import type {Message, Messages} from './messages'
import type {Queue} from './queues'
import {takeMessages} from './receive'
import {sqsRecord} from './wire'

export interface PollerDeps {
  readonly clock: Clock
  readonly messages: Messages
  readonly queue: () => Queue
  /** Rejects where the function cannot be invoked at all: the messages come again as if it had failed. */
  readonly invoke: (functionName: string, payload: string) => Promise<InvocationResult>
}

/** Hands the messages of one queue to its function, batch by batch. */
export interface Poller {
  /** There may be messages. */
  wake: () => void
  stop: () => void
}

const idsIn = (payload: string): readonly unknown[] =>
  objectsIn(asObject(JSON.parse(payload))['batchItemFailures']).map(({itemIdentifier}) => itemIdentifier)

/** Messages that are done: none if the answer names one that is not in the batch. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html */
export const doneOf = (batch: readonly Message[], {functionError, payload}: InvocationResult, reportsFailures: boolean): readonly Message[] => {
  if (functionError !== undefined) {
    return []
  }
  const failed = reportsFailures ? idsIn(payload) : []
  return failed.every((id) => batch.some((message) => message.id === id)) ? batch.filter(({id}) => !failed.includes(id)) : []
}

export const createPoller = ({clock, messages, queue, invoke}: PollerDeps, source: WiredEventSource): Poller => {
  let running = 0
  let isStopped = false
  let cancel = (): void => undefined

  const work = async (batch: readonly Message[]): Promise<void> => {
    const records = batch.map((message) => sqsRecord(message, queue()))
    const result = await invoke(source.functionName, JSON.stringify({Records: records})).catch(() => undefined)
    if (result !== undefined && !isStopped) {
      doneOf(batch, result, source.reportsFailures).forEach(({receipt}) => messages.remove(queue().name, receipt!))
    }
  }

  const poll = (): void => {
    cancel()
    while (!isStopped && running < source.maximumConcurrency) {
      const batch = takeMessages(messages, queue(), source.batchSize, queue().visibilitySeconds)
      if (batch.length === 0) {
        lookAgain()
        return
      }
      running += 1
      void work(batch).finally(() => {
        running -= 1
        poll()
      })
    }
  }

  /** What is hidden comes back by time. */
  const lookAgain = (): void => {
    const at = messages.nextVisible(queue().name)
    cancel = at === undefined ? () => undefined : clock.at(at, poll)
  }

  const wake = (): void => {
    if (!isStopped && running < source.maximumConcurrency) {
      cancel()
      cancel = clock.at(clock.now() + source.windowSeconds * 1000, poll)
    }
  }

  return {
    wake,
    stop: () => {
      isStopped = true
      cancel()
    }
  }
}
