import type {DatabaseSync} from 'node:sqlite'
import {trustedJson} from '../../../shared/json'
import {readRow, readRows} from '../../runtime/core/store'
import type {Clock, EventEnvelope} from '../../runtime/core/types'
import type {Archive} from './model'

/** An event as an archive keeps it; `time` is the event's own, in ms. */
export interface ArchivedEvent {
  readonly id: number
  readonly time: number
  readonly event: EventEnvelope
}

export interface ArchivedEvents {
  add: (archive: Archive, event: EventEnvelope, size: number) => void
  /** The next events of a window, both ends included, after a cursor, oldest first. */
  page: (archive: Archive, window: readonly [from: number, to: number], after: readonly [time: number, id: number], limit: number) => ArchivedEvent[]
  count: (archive: Archive) => {readonly EventCount: number, readonly SizeBytes: number}
  forget: (archive: Archive) => void
}

const DAY = 86_400_000
const HOUR = 3_600_000

const keptSince = ({RetentionDays}: Archive, clock: Clock): number => RetentionDays === 0 ? 0 : clock.now() - RetentionDays * DAY

interface Row {
  readonly id: number
  readonly time: number
  readonly event: string
}

const createTable = (db: DatabaseSync): void => db.exec(`
  CREATE TABLE IF NOT EXISTS events_archived (
    id INTEGER PRIMARY KEY AUTOINCREMENT, archive TEXT NOT NULL, time INTEGER NOT NULL, stored INTEGER NOT NULL, size INTEGER NOT NULL, event TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS events_archived_time ON events_archived (archive, time, id);
  CREATE INDEX IF NOT EXISTS events_archived_stored ON events_archived (archive, stored)`)

/** The events of all archives, in the store. What is past its retention is not read, and goes with the next event of another hour. */
export const openArchivedEvents = (db: DatabaseSync, clock: Clock): ArchivedEvents => {
  createTable(db)
  const insert = db.prepare('INSERT INTO events_archived (archive, time, stored, size, event) VALUES (?, ?, ?, ?, ?)')
  const select = db.prepare(`SELECT id, time, event FROM events_archived
    WHERE archive = ? AND time BETWEEN ? AND ? AND stored >= ? AND (time, id) > (?, ?) ORDER BY time, id LIMIT ?`)
  const sum = db.prepare('SELECT count(*) AS events, coalesce(sum(size), 0) AS bytes FROM events_archived WHERE archive = ? AND stored >= ?')
  const remove = db.prepare('DELETE FROM events_archived WHERE archive = ? AND stored < ?')
  const purged = new Map<string, number>()
  const purge = (archive: Archive): void => {
    purged.set(archive.ArchiveName, clock.now())
    remove.run(archive.ArchiveName, keptSince(archive, clock))
  }
  return {
    add: (archive, event, size) => {
      if (clock.now() - (purged.get(archive.ArchiveName) ?? 0) >= HOUR) {
        purge(archive)
      }
      insert.run(archive.ArchiveName, Date.parse(event.time), clock.now(), size, JSON.stringify(event))
    },
    page: (archive, [from, to], [time, id], limit) =>
      readRows<Row>(select, archive.ArchiveName, from, to, keptSince(archive, clock), time, id, limit)
        .map((row) => ({...row, event: trustedJson<EventEnvelope>(row.event)})),
    count: (archive) => {
      const {events, bytes} = readRow<{events: number, bytes: number}>(sum, archive.ArchiveName, keptSince(archive, clock))!
      return {EventCount: events, SizeBytes: bytes}
    },
    forget: ({ArchiveName}) => { remove.run(ArchiveName, Number.MAX_SAFE_INTEGER) }
  }
}
