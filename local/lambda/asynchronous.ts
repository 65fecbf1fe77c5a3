import {randomUUID} from 'node:crypto'
import type {DatabaseSync} from 'node:sqlite'
import {transaction} from '../core/store'
import type {Clock} from '../core/types'
import type {WiredFunction} from '../wiring/functions'
import {failureRecord} from './destination'
import {errorOf, type Invocation, type Outcome} from './outcome'

/** Milliseconds before the first and the second repetition: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
export const lambdaRetryDelays: readonly number[] = [60_000, 120_000]

export interface AsynchronousDeps {
  readonly db: DatabaseSync
  readonly clock: Clock
  readonly retryDelays: readonly number[]
  readonly functionOf: (name: string) => WiredFunction
  readonly invoke: (wired: WiredFunction, invocation: Invocation) => Promise<Outcome>
  readonly sendToQueue: (queueArn: string, body: string) => void
}

/** Invocations that were accepted with 202: kept until they succeeded or went to their destination, across restarts. */
export interface AsynchronousQueue {
  /** Returns the request id; it is durable with the transaction that is open, if one is. */
  add(wired: WiredFunction, payload: string): string
  start(): void
  stop(): void
}

interface Row {
  readonly request_id: string
  readonly function_name: string
  readonly payload: string
  readonly queued_at: number
  readonly attempts: number
  readonly due_at: number
}

const schema = `CREATE TABLE IF NOT EXISTS lambda_asynchronous (
  request_id TEXT PRIMARY KEY, function_name TEXT NOT NULL, payload TEXT NOT NULL,
  queued_at INTEGER NOT NULL, attempts INTEGER NOT NULL, due_at INTEGER NOT NULL
) STRICT`

/** Whether it is tried again, or why not. */
const verdict = (row: Row, {asynchronous}: WiredFunction, now: number): 'retry' | 'RetriesExhausted' | 'EventAgeExceeded' => {
  if (row.attempts > asynchronous.maximumRetryAttempts) {
    return 'RetriesExhausted'
  }
  return now - row.queued_at > asynchronous.maximumEventAgeSeconds * 1000 ? 'EventAgeExceeded' : 'retry'
}

export const createAsynchronousQueue = (deps: AsynchronousDeps): AsynchronousQueue => {
  const {db, clock, retryDelays} = deps
  db.exec(schema)
  const insert = db.prepare('INSERT INTO lambda_asynchronous VALUES (?, ?, ?, ?, 0, ?)')
  const select = db.prepare('SELECT * FROM lambda_asynchronous WHERE request_id = ?')
  const update = db.prepare('UPDATE lambda_asynchronous SET attempts = ?, due_at = ? WHERE request_id = ?')
  const remove = db.prepare('DELETE FROM lambda_asynchronous WHERE request_id = ?')
  const timers = new Map<string, () => void>()
  let stopped = false

  const schedule = (requestId: string, dueAt: number): void => {
    timers.set(requestId, clock.at(dueAt, () => void attempt(requestId)))
  }

  const giveUp = (row: Row, wired: WiredFunction, condition: string, outcome: Outcome): void => transaction(db, () => {
    remove.run(row.request_id)
    const {onFailureArn} = wired.asynchronous
    if (onFailureArn !== undefined) {
      const {request_id: requestId, payload, attempts} = row
      deps.sendToQueue(onFailureArn, failureRecord({requestId, functionArn: wired.arn, condition, attempts, payload, outcome, at: clock.now()}))
    }
  })

  const settle = (row: Row, wired: WiredFunction, outcome: Outcome): void => {
    if (errorOf(outcome) === undefined) {
      remove.run(row.request_id)
      return
    }
    const judged = verdict(row, wired, clock.now())
    if (judged === 'retry') {
      const dueAt = clock.now() + (retryDelays[row.attempts - 1] ?? retryDelays.at(-1) ?? 0)
      update.run(row.attempts, dueAt, row.request_id)
      schedule(row.request_id, dueAt)
    } else {
      giveUp(row, wired, judged, outcome)
    }
  }

  const attempt = async (requestId: string): Promise<void> => {
    timers.delete(requestId)
    const row = select.get(requestId) as unknown as Row | undefined
    if (stopped || row === undefined) {
      return
    }
    const wired = deps.functionOf(row.function_name)
    const outcome = await deps.invoke(wired, {requestId, payload: row.payload})
    if (!stopped) {
      settle({...row, attempts: row.attempts + 1}, wired, outcome)
    }
  }

  return {
    add: (wired, payload) => {
      const requestId = randomUUID()
      insert.run(requestId, wired.name, payload, clock.now(), clock.now())
      schedule(requestId, clock.now())
      return requestId
    },
    start: () => {
      const rows = db.prepare('SELECT request_id, due_at FROM lambda_asynchronous').all() as Array<Pick<Row, 'request_id' | 'due_at'>>
      rows.forEach(({request_id: requestId, due_at: dueAt}) => schedule(requestId, dueAt))
    },
    stop: () => {
      stopped = true
      timers.forEach((cancel) => cancel())
    }
  }
}
