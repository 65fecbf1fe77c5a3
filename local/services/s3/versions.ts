import {createHash, randomBytes} from 'node:crypto'
import type {DatabaseSync} from 'node:sqlite'
import {readRow, readRows} from '../../runtime/core/store'
import {fromRow, type ObjectRow, type StoredObject, toRow} from './objects'

/** A version of a key: one that was replaced or deleted, a delete marker, or (in lists) the current one. */
export interface Version {
  readonly object: StoredObject
  readonly isMarker: boolean
  /** Grows with time; those of one key are ordered by it. */
  readonly sequence: number
  /** Since when it is not the current one, epoch milliseconds. */
  readonly noncurrentSince: number
}

interface Row extends ObjectRow {
  readonly marker: number
  readonly sequence: number
  readonly since: number
}

/** Markers have no file; the current object is newer than any of these. */
const schema = `CREATE TABLE IF NOT EXISTS s3_versions (
  bucket TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, modified INTEGER NOT NULL,
  headers TEXT NOT NULL, checksum TEXT, extras TEXT,
  version TEXT NOT NULL, marker INTEGER NOT NULL, since INTEGER NOT NULL, sequence INTEGER PRIMARY KEY AUTOINCREMENT
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS s3_versions_by_key ON s3_versions (bucket, key, version)`

const columns = 'bucket, key, id, size, etag, modified, headers, checksum, extras'
const currentSequence = Number.MAX_SAFE_INTEGER
const all = `SELECT * FROM (
  SELECT ${columns}, 0 AS marker, 0 AS since, ${currentSequence} AS sequence FROM s3_objects WHERE bucket = ?1 AND key >= ?2
  UNION ALL SELECT ${columns}, marker, since, sequence FROM s3_versions WHERE bucket = ?1 AND key >= ?2
) WHERE key > ?2 OR sequence < ?3 ORDER BY key, sequence DESC LIMIT 1000`

export interface Versions {
  add: (object: StoredObject, isMarker: boolean, now: number) => void
  find: (bucket: string, key: string, version: string) => Version | undefined
  newest: (bucket: string, key: string) => Version | undefined
  remove: (sequence: number) => void
  /** By key, the newest first, behind a key's version of the sequence `below`; the current objects too. */
  list: (bucket: string, prefix: string, from: string, below: number) => IterableIterator<Version>
  replace: (version: Version) => void
  isEmpty: (bucket: string) => boolean
  ids: () => Set<string>
}

/** A version's id as requests and answers have it. */
export const versionId = ({version = 'null'}: Pick<StoredObject, 'version'>): string => version

const seal = (id: Buffer): Buffer => createHash('sha256').update('version').update(id).digest().subarray(0, 8)

/** 32 characters, as long as AWS's. The last are a seal of the others: a forged id is told from one that is gone, as on AWS. */
export const newVersionId = (): string => {
  const id = randomBytes(16)
  return Buffer.concat([id, seal(id)]).toString('base64url')
}

export const isVersionId = (text: string): boolean => {
  const bytes = Buffer.from(text, 'base64url')
  return text === 'null' || (bytes.length === 24 && text.length === 32 && seal(bytes.subarray(0, 16)).equals(bytes.subarray(16)))
}

const toVersion = (row: Row): Version => ({object: fromRow(row), isMarker: row.marker === 1, sequence: row.sequence, noncurrentSince: row.since})

export const openVersions = (db: DatabaseSync): Versions => {
  db.exec(schema)
  const add = db.prepare(`INSERT OR REPLACE INTO s3_versions (${columns}, version, marker, since) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const find = db.prepare('SELECT * FROM s3_versions WHERE bucket = ? AND key = ? AND version = ?')
  const newest = db.prepare('SELECT * FROM s3_versions WHERE bucket = ? AND key = ? ORDER BY sequence DESC LIMIT 1')
  const remove = db.prepare('DELETE FROM s3_versions WHERE sequence = ?')
  const batch = db.prepare(all)
  const replace = db.prepare('UPDATE s3_versions SET extras = ? WHERE sequence = ?')
  const any = db.prepare('SELECT 1 AS found FROM s3_versions WHERE bucket = ? LIMIT 1')

  const list = function* (bucket: string, prefix: string, from: string, below: number): IterableIterator<Version> {
    for (let at = {key: from < prefix ? prefix : from, below: from < prefix ? Infinity : below}; ;) {
      const rows = readRows<Row>(batch, bucket, at.key, Math.min(at.below, currentSequence + 1))
      for (const row of rows) {
        if (!row.key.startsWith(prefix)) {
          return
        }
        yield toVersion(row)
      }
      if (rows.length === 0) {
        return
      }
      at = {key: rows.at(-1)!.key, below: rows.at(-1)!.sequence}
    }
  }

  const one = (row: Row | undefined): Version | undefined => row && toVersion(row)
  return {
    list,
    add: (object, isMarker, now) => { add.run(...toRow(object), versionId(object), isMarker ? 1 : 0, now) },
    find: (bucket, key, version) => one(readRow<Row>(find, bucket, key, version)),
    newest: (bucket, key) => one(readRow<Row>(newest, bucket, key)),
    remove: (sequence) => { remove.run(sequence) },
    replace: ({object, sequence}) => { replace.run(toRow(object).at(-1)!, sequence) },
    isEmpty: (bucket) => any.get(bucket) === undefined,
    ids: () => new Set(db.prepare('SELECT id FROM s3_versions WHERE marker = 0').all().map(({id}) => String(id)))
  }
}
