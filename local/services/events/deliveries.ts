import {describeError} from '../../../shared/errors'
import {isoTime} from '../../runtime/core/clock'
import {type DeliveriesTable, type Delivery, openDeliveries} from './deliveries-table'
import {deliveryError, type DeliveryError} from './delivery-error'
import type {EventsDeps} from './deps'
import {type Passage, targetInput} from './input'
import {isBus} from './names'
import {exhausted, type Exhausted, exponentialDelay} from './retry'

/** Takes an event to a bus of this runtime. Throws ServiceError if there is none. */
export type Forward = (busArn: string, delivery: Delivery) => void

export interface Deliveries {
  /** Writes a delivery into the store; it starts with `begin`, after the caller's transaction. */
  add: (passage: Passage, forwarded: boolean) => Delivery
  /** Resolves once the first attempt is over, however it ended. */
  begin: (delivery: Delivery) => Promise<void>
  /** Resumes what an earlier process left. */
  resume: () => void
  stop: () => void
}

/** What a delivery needs of the world around it. */
export type DeliveryDeps = Pick<EventsDeps, 'clock' | 'db' | 'deliver' | 'deadLetter' | 'observe' | 'random' | 'retryDelay'>

export interface Letter {
  readonly body: string
  readonly attributes: Readonly<Record<string, string>>
}

/** What a service does otherwise than a bus. */
export interface DeliveryOptions {
  readonly table?: string
  /** Body and attributes of a dead letter, from those that a bus would write. */
  readonly letter?: (delivery: Delivery, attributes: Letter['attributes']) => Letter
}

interface Work extends DeliveryOptions {
  readonly deps: DeliveryDeps
  readonly rows: DeliveriesTable
  readonly forward: Forward
  readonly timers: Map<number, () => void>
  stopped: boolean
}

const tell = ({deps}: Work, delivery: Delivery, outcome: 'delivered' | 'retrying' | 'dead-lettered', error?: string): void => deps.observe({
  type: 'delivery',
  at: isoTime(deps.clock),
  rule: delivery.ruleName,
  target: delivery.target.Arn,
  eventId: delivery.event.id,
  outcome,
  attempt: delivery.attempts + 1,
  ...(error !== undefined && {error})
})

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html: the original event, and why it came here. */
const deadLetter = ({deps, letter}: Work, queue: string, delivery: Delivery, failure: DeliveryError, condition?: Exhausted): void => {
  const usual = {
    RULE_ARN: delivery.ruleArn,
    TARGET_ARN: delivery.target.Arn,
    ERROR_CODE: failure.code,
    ERROR_MESSAGE: failure.message,
    RETRY_ATTEMPTS: String(delivery.attempts),
    ...(condition !== undefined && {EXHAUSTED_RETRY_CONDITION: condition})
  }
  const {body, attributes} = letter?.(delivery, usual) ?? {body: JSON.stringify(delivery.event), attributes: usual}
  deps.deadLetter(queue, body, attributes)
}

const bury = (work: Work, delivery: Delivery, failure: DeliveryError, condition?: Exhausted): void => {
  const queue = delivery.target.DeadLetterConfig?.Arn
  let fate = ''
  try {
    if (queue === undefined) {
      fate = ' (dropped: the target has no dead-letter queue)'
    } else {
      deadLetter(work, queue, delivery, failure, condition)
    }
  } catch (error) {
    fate = ` (dropped: its dead-letter queue failed: ${describeError(error)})`
  }
  work.rows.erase(delivery)
  tell(work, delivery, 'dead-lettered', `${failure.code}: ${failure.message}${fate}`)
}

const settle = (work: Work, delivery: Delivery, error: unknown): void => {
  const {clock, random = Math.random, retryDelay = exponentialDelay} = work.deps
  const failure = deliveryError(error)
  const failures = delivery.attempts + 1
  const due = clock.now() + retryDelay(failures, random)
  const condition = exhausted(delivery.target.RetryPolicy, failures, delivery.ingested, due)
  if (!failure.retriable || condition !== undefined) {
    bury(work, delivery, failure, failure.retriable ? condition : undefined)
    return
  }
  const next = {...delivery, attempts: failures, due}
  work.rows.postpone(next)
  tell(work, delivery, 'retrying', `${failure.code}: ${failure.message}`)
  later(work, next)
}

const hand = async ({deps, forward}: Work, delivery: Delivery): Promise<void> => {
  const {Arn, RoleArn} = delivery.target
  if (isBus(Arn)) {
    forward(Arn, delivery)
  } else {
    await deps.deliver({arn: Arn, eventId: delivery.event.id, ...(RoleArn !== undefined && {roleArn: RoleArn})}, targetInput(delivery))
  }
}

const attempt = async (work: Work, delivery: Delivery): Promise<void> => {
  const failure = await hand(work, delivery).then(() => undefined, (error: unknown) => ({error}))
  if (work.stopped) {
    return
  }
  if (failure !== undefined) {
    settle(work, delivery, failure.error)
    return
  }
  work.rows.erase(delivery)
  tell(work, delivery, 'delivered')
}

const later = (work: Work, delivery: Delivery): void => {
  work.timers.set(delivery.id, work.deps.clock.at(delivery.due, () => {
    work.timers.delete(delivery.id)
    void attempt(work, delivery)
  }))
}

/** Delivers events to targets: durable, retried as the target's policy says, then sent to its dead-letter queue. */
export const createDeliveries = (deps: DeliveryDeps, forward: Forward, options: DeliveryOptions = {}): Deliveries => {
  const work: Work = {...options, deps, rows: openDeliveries(deps.db, options.table), forward, timers: new Map(), stopped: false}
  return {
    add: (passage, forwarded) => work.rows.add(passage, forwarded, deps.clock.now()),
    begin: (delivery) => new Promise((resolve) => {
      setImmediate(() => resolve(work.stopped ? undefined : attempt(work, delivery)))
    }),
    resume: () => work.rows.all().forEach((delivery) => later(work, delivery)),
    stop: () => {
      work.stopped = true
      work.timers.forEach((cancel) => cancel())
    }
  }
}
