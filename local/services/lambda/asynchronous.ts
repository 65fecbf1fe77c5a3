import {randomUUID} from 'node:crypto'
import type {DatabaseSync} from 'node:sqlite'
import {transaction} from '../../runtime/core/store'
import type {Clock} from '../../runtime/core/types'
import type {WiredFunction} from '../../../shared/wiring/functions'
import {type AsynchronousRow, type AsynchronousRows, openAsynchronousRows} from './asynchronous-rows'
import {failureRecord} from './destination'
import {describeFailure, type Invocation, type Outcome} from './outcome'

/** Milliseconds before the first and the second repetition: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
export const lambdaRetryDelays: readonly number[] = [60_000, 120_000]

/** Milliseconds between the tries of what found no place, growing from the one to the other: the same page. */
const throttleDelays = {least: 1_000, most: 300_000}

/** One try of an invocation. */
export interface Attempt {
  readonly outcome: Outcome
  /** There was no place for it, so it has not run: that is no attempt. */
  readonly isThrottled: boolean
}

export interface AsynchronousDeps {
  readonly db: DatabaseSync
  readonly clock: Clock
  readonly retryDelays: readonly number[]
  /** Undefined if the wiring has lost the function. */
  readonly functionOf: (name: string) => WiredFunction | undefined
  /** In [0, 1): so that what was refused at once does not come back at once. */
  readonly random: () => number
  readonly invoke: (wired: WiredFunction, invocation: Invocation) => Promise<Attempt>
  readonly sendToQueue: (queueArn: string, body: string) => void
}

/** Invocations that were accepted with 202: kept until they succeeded or went to their destination, across restarts. */
export interface AsynchronousQueue {
  /** Durable with the transaction that is open, if one is. */
  add: (wired: WiredFunction, payload: string, delayMilliseconds?: number) => void
  start: () => void
  stop: () => void
}

/** Why it is not tried again; undefined if it is. */
const finalCondition = ({attempts, queuedAt}: AsynchronousRow, {asynchronous}: WiredFunction, now: number): string | undefined => {
  if (attempts > asynchronous.maximumRetryAttempts) {
    return 'RetriesExhausted'
  }
  return now - queuedAt > asynchronous.maximumEventAgeSeconds * 1000 ? 'EventAgeExceeded' : undefined
}

interface GivenUp {
  readonly wired: WiredFunction
  readonly condition: string
  readonly outcome: Outcome
}

const giveUp = (deps: AsynchronousDeps, rows: AsynchronousRows, row: AsynchronousRow, {wired, condition, outcome}: GivenUp): void => {
  const {requestId, payload, attempts} = row
  const {asynchronous: {onFailureArn}, arn: functionArn} = wired
  transaction(deps.db, () => {
    rows.remove(requestId)
    if (onFailureArn !== undefined) {
      deps.sendToQueue(onFailureArn, failureRecord({requestId, functionArn, condition, attempts, payload, outcome, at: deps.clock.now()}))
    }
  })
}

/** Twice the age each time, give or take: 1 s at first, then up to 5 minutes more. Returns when to try again; undefined if it is given up. */
const putBack = (
  deps: AsynchronousDeps, rows: AsynchronousRows, row: AsynchronousRow, wired: WiredFunction, outcome: Outcome
): number | undefined => {
  const now = deps.clock.now()
  const age = now - row.queuedAt
  if (age > wired.asynchronous.maximumEventAgeSeconds * 1000) {
    giveUp(deps, rows, row, {wired, condition: 'EventAgeExceeded', outcome})
    return undefined
  }
  const delay = Math.min(Math.max(age, throttleDelays.least), throttleDelays.most)
  const dueAt = Math.round(now + delay * (0.5 + deps.random() / 2))
  rows.postpone({...row, dueAt})
  return dueAt
}

/** Returns when to try again; undefined if all is done. */
const settle = (deps: AsynchronousDeps, rows: AsynchronousRows, row: AsynchronousRow, wired: WiredFunction, outcome: Outcome): number | undefined => {
  if (describeFailure(outcome) === undefined) {
    rows.remove(row.requestId)
    return undefined
  }
  const condition = finalCondition(row, wired, deps.clock.now())
  if (condition !== undefined) {
    giveUp(deps, rows, row, {wired, condition, outcome})
    return undefined
  }
  const dueAt = deps.clock.now() + (deps.retryDelays[row.attempts - 1] ?? deps.retryDelays.at(-1) ?? 0)
  rows.postpone({...row, dueAt})
  return dueAt
}

export const createAsynchronousQueue = (deps: AsynchronousDeps): AsynchronousQueue => {
  const {db, clock} = deps
  const rows = openAsynchronousRows(db)
  const timers = new Map<string, () => void>()
  let stopped = false

  const schedule = (requestId: string, dueAt: number): void => {
    timers.set(requestId, clock.at(dueAt, () => attempt(requestId)))
  }

  const attempt = async (requestId: string): Promise<void> => {
    timers.delete(requestId)
    const row = rows.find(requestId)
    const wired = row && deps.functionOf(row.functionName)
    if (stopped || row === undefined || wired === undefined) {
      return
    }
    const {outcome, isThrottled} = await deps.invoke(wired, {requestId, payload: row.payload})
    if (stopped) {
      return
    }
    const dueAt = isThrottled ? putBack(deps, rows, row, wired, outcome) : settle(deps, rows, {...row, attempts: row.attempts + 1}, wired, outcome)
    if (dueAt !== undefined) {
      schedule(requestId, dueAt)
    }
  }

  return {
    add: (wired, payload, delayMilliseconds = 0) => {
      const queuedAt = clock.now() + delayMilliseconds
      const row = {requestId: randomUUID(), functionName: wired.name, payload, queuedAt, attempts: 0, dueAt: queuedAt}
      rows.insert(row)
      schedule(row.requestId, queuedAt)
    },
    start: () => rows.due().forEach(({requestId, dueAt}) => schedule(requestId, dueAt)),
    stop: () => {
      stopped = true
      timers.forEach((cancel) => cancel())
    }
  }
}
