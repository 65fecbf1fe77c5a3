import {randomUUID} from 'node:crypto'
import type {DatabaseSync} from 'node:sqlite'
import type {Clock} from '../../runtime/core/types'
import {readRow, readRows, transaction} from '../../runtime/core/store'

export interface Message {
  readonly id: string
  readonly body: string
  /** Message attributes as on the wire, as JSON. */
  readonly attributes: string
  readonly sent_at: number
  readonly visible_at: number
  readonly receives: number
  readonly first_received_at: number | null
  readonly receipt: string | null
}

export interface QueueCounts {
  readonly visible: number
  readonly inFlight: number
  readonly delayed: number
}

const schema = `CREATE TABLE IF NOT EXISTS sqs_messages (
  id TEXT PRIMARY KEY, queue TEXT NOT NULL, body TEXT NOT NULL, attributes TEXT NOT NULL, sent_at INTEGER NOT NULL,
  visible_at INTEGER NOT NULL, receives INTEGER NOT NULL DEFAULT 0, first_received_at INTEGER, receipt TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS sqs_messages_by_queue ON sqs_messages (queue, visible_at)`

/** The messages of all queues. Times are epoch milliseconds, waits are seconds. */
export interface Messages {
  add: (queue: string, body: string, attributes: unknown, delaySeconds: number) => string
  /** Takes up to `count` messages and hides them for `visibilitySeconds`. */
  take: (queue: string, count: number, visibilitySeconds: number) => Message[]
  /** Whether there was such a message in flight. */
  remove: (queue: string, receipt: string) => boolean
  hide: (queue: string, receipt: string, visibilitySeconds: number) => boolean
  purge: (queue: string) => void
  /** Moves what is visible and was received too often to another queue, as new; its age stays. */
  redrive: (queue: string, maxReceives: number, to: string) => void
  /** When the next message becomes visible, or became so; undefined if there is none. */
  nextVisible: (queue: string) => number | undefined
  /** Drops what is older than the queue keeps. */
  expire: (queue: string, retentionSeconds: number) => void
  count: (queue: string) => QueueCounts
}

export const openMessages = (db: DatabaseSync, clock: Clock): Messages => {
  db.exec(schema)
  const insert = db.prepare('INSERT INTO sqs_messages (id, queue, body, attributes, sent_at, visible_at) VALUES (?, ?, ?, ?, ?, ?)')
  const due = db.prepare('SELECT * FROM sqs_messages WHERE queue = ? AND visible_at <= ? ORDER BY sent_at, rowid LIMIT ?')
  const receive = db.prepare('UPDATE sqs_messages SET receipt = ?, visible_at = ?, receives = receives + 1, first_received_at = ifnull(first_received_at, ?) WHERE id = ? RETURNING *')
  const remove = db.prepare('DELETE FROM sqs_messages WHERE queue = ? AND receipt = ?')
  const hide = db.prepare('UPDATE sqs_messages SET visible_at = ? WHERE queue = ? AND receipt = ?')
  const purge = db.prepare('DELETE FROM sqs_messages WHERE queue = ?')
  const expire = db.prepare('DELETE FROM sqs_messages WHERE queue = ? AND sent_at < ?')
  const redrive = db.prepare('UPDATE sqs_messages SET queue = ?, receives = 0, first_received_at = NULL, receipt = NULL WHERE queue = ? AND visible_at <= ? AND receives >= ?')
  const next = db.prepare('SELECT min(visible_at) visible_at FROM sqs_messages WHERE queue = ?')
  const count = db.prepare(`SELECT count(*) FILTER (WHERE visible_at <= ?1) visible, count(*) FILTER (WHERE visible_at > ?1 AND receives > 0) inFlight,
    count(*) FILTER (WHERE visible_at > ?1 AND receives = 0) delayed FROM sqs_messages WHERE queue = ?2`)
  const later = (seconds: number): number => clock.now() + seconds * 1000
  return {
    add: (queue, body, attributes, delaySeconds) => {
      const id = randomUUID()
      insert.run(id, queue, body, JSON.stringify(attributes), clock.now(), later(delaySeconds))
      return id
    },
    take: (queue, limit, visibilitySeconds) => transaction(db, () => readRows<Message>(due, queue, clock.now(), limit)
      .map(({id}) => readRow<Message>(receive, randomUUID(), later(visibilitySeconds), clock.now(), id)!)),
    remove: (queue, receipt) => remove.run(queue, receipt).changes > 0,
    hide: (queue, receipt, seconds) => hide.run(later(seconds), queue, receipt).changes > 0,
    purge: (queue) => { purge.run(queue) },
    redrive: (queue, maxReceives, to) => { redrive.run(to, queue, clock.now(), maxReceives) },
    nextVisible: (queue) => readRow<{visible_at: number | null}>(next, queue)?.visible_at ?? undefined,
    expire: (queue, seconds) => { expire.run(queue, later(-seconds)) },
    count: (queue) => readRow<QueueCounts>(count, clock.now(), queue)!
  }
}
