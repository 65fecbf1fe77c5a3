import type {DatabaseSync, SQLInputValue, SQLOutputValue} from 'node:sqlite'
import {listKeys, trustedJson} from '../../../shared/json'
import {transaction} from '../../runtime/core/store'
import type {Observation} from '../../runtime/core/types'
import type {Entry} from './entry'
import type {Facts} from './facts'

/** Members that a query may ask for by their value. */
const columns = {
  type: 'type', name: 'name', fileId: 'file_id', correlationId: 'correlation_id', eventId: 'event_id', requestId: 'request_id', userId: 'user_id'
} as const

export type Filter = Partial<Readonly<Record<keyof typeof columns, string | readonly string[]>>>

export interface Query extends Filter {
  /** Ids that are passed over: all from this one on, or all up to this one. */
  readonly before?: number
  readonly after?: number
  /** Text somewhere in the observation. */
  readonly text?: string
  readonly limit: number
  /** Oldest first; newest first otherwise. */
  readonly ascending?: boolean
}

export interface JournalTable {
  insert: (entries: readonly Entry[]) => void
  select: (query: Query) => Entry[]
  count: (filter: Filter & {readonly text?: string}) => number
  /** Greatest id; 0 if there is none. */
  last: () => number
  /** Greatest id that was dropped of these types, of all types if none are named; 0 if nothing was. */
  lostUpTo: (types?: readonly string[]) => number
  /** Drops what is older than the newest `keep` of a type. */
  trim: (type: Observation['type'], keep: number) => void
}

const schema = `
  CREATE TABLE IF NOT EXISTS local_journal (
    id INTEGER PRIMARY KEY, type TEXT NOT NULL, name TEXT, file_id TEXT, correlation_id TEXT, event_id TEXT, request_id TEXT, user_id TEXT,
    entry TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS local_journal_lost (type TEXT PRIMARY KEY, id INTEGER NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS local_journal_type ON local_journal (type, id);
  CREATE INDEX IF NOT EXISTS local_journal_file ON local_journal (file_id, id) WHERE file_id IS NOT NULL;
  CREATE INDEX IF NOT EXISTS local_journal_correlation ON local_journal (correlation_id, id) WHERE correlation_id IS NOT NULL;
  CREATE INDEX IF NOT EXISTS local_journal_event ON local_journal (event_id, id) WHERE event_id IS NOT NULL`

type Condition = readonly [sql: string, ...values: SQLInputValue[]]

const equals = (column: string, wanted: string | readonly string[]): Condition => {
  const values = typeof wanted === 'string' ? [wanted] : wanted
  return [`${column} IN (${values.map(() => '?').join(', ')})`, ...values]
}

const escaped = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

const buildConditions = ({before, after, text, ...query}: Omit<Query, 'limit'>): Condition[] => [
  ...listKeys(columns).flatMap((member): Condition[] => {
    const wanted = query[member]
    return wanted === undefined ? [] : [equals(columns[member], wanted)]
  }),
  ...(before === undefined ? [] : [['id < ?', before] as const]),
  ...(after === undefined ? [] : [['id > ?', after] as const]),
  ...(text === undefined ? [] : [['entry LIKE ? ESCAPE \'\\\'', escaped(text)] as const])
]

const where = (conditions: readonly Condition[]): [string, SQLInputValue[]] =>
  [conditions.length === 0 ? '' : `WHERE ${conditions.map(([sql]) => sql).join(' AND ')}`, conditions.flatMap(([, ...values]) => values)]

const readEntry = (row: Record<string, SQLOutputValue>): Entry => trustedJson<Entry>(String(row['entry']))

/** Old entries go type by type; from where on each type is complete is kept. */
const trimming = (db: DatabaseSync): Pick<JournalTable, 'trim' | 'lostUpTo'> => {
  const oldest = db.prepare('SELECT id FROM local_journal WHERE type = ? ORDER BY id DESC LIMIT 1 OFFSET ?')
  const remove = db.prepare('DELETE FROM local_journal WHERE type = ? AND id <= ?')
  const remember = db.prepare('INSERT OR REPLACE INTO local_journal_lost VALUES (?, ?)')
  const lost = db.prepare('SELECT type, id FROM local_journal_lost')
  return {
    trim: (type, keep) => {
      const row = oldest.get(type, keep)
      if (row !== undefined) {
        remove.run(type, row['id']!)
        remember.run(type, row['id']!)
      }
    },
    lostUpTo: (types) => Math.max(0, ...lost.all().filter(({type}) => types?.includes(String(type)) ?? true).map(({id}) => Number(id)))
  }
}

export const openJournalTable = (db: DatabaseSync): JournalTable => {
  db.exec(schema)
  const put = db.prepare('INSERT INTO local_journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const greatest = db.prepare('SELECT coalesce(max(id), 0) AS id FROM local_journal')
  const insert = (entry: Entry): void => {
    const {name, fileId, correlationId, eventId, requestId, userId}: Facts = entry
    put.run(entry.id, entry.type, ...[name, fileId, correlationId, eventId, requestId, userId].map((fact) => fact ?? null), JSON.stringify(entry))
  }
  return {
    insert: (entries) => transaction(db, () => entries.forEach(insert)),
    select: ({limit, ascending = false, ...query}) => {
      const [condition, values] = where(buildConditions(query))
      return db.prepare(`SELECT * FROM local_journal ${condition} ORDER BY id ${ascending ? 'ASC' : 'DESC'} LIMIT ?`).all(...values, limit).map(readEntry)
    },
    count: (filter) => {
      const [condition, values] = where(buildConditions(filter))
      return Number(db.prepare(`SELECT count(*) AS n FROM local_journal ${condition}`).get(...values)!['n'])
    },
    last: () => Number(greatest.get()!['id']),
    ...trimming(db)
  }
}
