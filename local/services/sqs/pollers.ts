import {asObject, objectsIn} from '../../../shared/json'
import {type Hold, neverHeld} from '../../runtime/core/hold'
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
  /** Of the function; the messages that it has stay hidden while it is held. */
  readonly hold?: Hold
  /** Rejects if the function cannot be invoked at all: the messages come again as if it had failed. */
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
export const finishedMessages = (
  batch: readonly Message[], {functionError, payload}: InvocationResult, reportsFailures: boolean
): readonly Message[] => {
  if (functionError !== undefined) {
    return []
  }
  const failed = reportsFailures ? idsIn(payload) : []
  return failed.every((id) => batch.some((message) => message.id === id)) ? batch.filter(({id}) => !failed.includes(id)) : []
}

/** Hides messages for their whole time again as long as a debugger takes it from them, until the function that it returns is called. */
const keepHidden = ({messages, queue, hold = neverHeld}: PollerDeps, batch: readonly Message[]): (() => void) => {
  const {name, visibilitySeconds} = queue()
  const hide = (): void => {
    if (hold.isHeld()) {
      batch.forEach(({receipt}) => messages.hide(name, receipt!, visibilitySeconds))
    }
  }
  const timer = setInterval(hide, Math.min(1000, visibilitySeconds * 500)).unref()
  const unwatch = hold.watch(hide)
  return () => {
    clearInterval(timer)
    unwatch()
  }
}

export const createPoller = (deps: PollerDeps, source: WiredEventSource): Poller => {
  const {clock, messages, queue} = deps
  let running = 0
  let isStopped = false
  let cancel = (): void => undefined

  const work = async (batch: readonly Message[]): Promise<void> => {
    const payload = JSON.stringify({Records: batch.map((message) => sqsRecord(message, queue()))})
    const result = await deps.invoke(source.functionName, payload).catch(() => undefined).finally(keepHidden(deps, batch))
    if (result !== undefined && !isStopped) {
      finishedMessages(batch, result, source.reportsFailures).forEach(({receipt}) => messages.remove(queue().name, receipt!))
    }
  }

  const poll = (): void => {
    cancel()
    while (!isStopped && running < source.maximumConcurrency) {
      const batch = takeMessages(messages, queue(), source.batchSize, queue().visibilitySeconds)
      if (batch.length === 0) {
        return lookAgain()
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
