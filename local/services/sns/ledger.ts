import {randomUUID} from 'node:crypto'
import type {DatabaseSync} from 'node:sqlite'
import {trustedJson} from '../../../shared/json'
import {isoTime} from '../../runtime/core/clock'
import type {Clock, Observe} from '../../runtime/core/types'

/** What a push service, or a topic, would have got. */
export interface Notification {
  readonly targetArn: string
  readonly platform: string
  /** CustomUserData of the endpoint: our Lambdas keep the user there. */
  readonly userId?: string
  readonly message: unknown
  readonly attributes: Readonly<Record<string, string>>
}

export interface NotificationLedger {
  /** Returns the message's id. */
  record: (notification: Notification) => string
  /** Oldest first; only those that contain a text, such as a file's id, if one is given. */
  all: (text?: string) => Notification[]
}

const schema = `CREATE TABLE IF NOT EXISTS sns_notifications (
  id TEXT PRIMARY KEY, sent_at INTEGER NOT NULL, notification TEXT NOT NULL
) STRICT`

/** Nothing leaves this machine: a push ends here, where tests and people can read it. */
export const openLedger = (db: DatabaseSync, clock: Clock, observe: Observe): NotificationLedger => {
  db.exec(schema)
  const insert = db.prepare('INSERT INTO sns_notifications VALUES (?, ?, ?)')
  const select = db.prepare('SELECT notification FROM sns_notifications WHERE instr(notification, ?) ORDER BY rowid')
  return {
    record: (notification) => {
      const id = randomUUID()
      insert.run(id, clock.now(), JSON.stringify(notification))
      const {targetArn, userId, platform, message} = notification
      observe({type: 'notification', at: isoTime(clock), endpointArn: targetArn, platform, message, ...(userId && {userId})})
      return id
    },
    all: (text = '') => select.all(text).map((row) => trustedJson<Notification>(String(row['notification'])))
  }
}
