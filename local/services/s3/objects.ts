import type {DatabaseSync} from 'node:sqlite'
import {trustedJson} from '../../../shared/json'
import {readRow, readRows} from '../../runtime/core/store'
import type {Algorithm, ChecksumType} from './checksums'

/** A stored object. */
export interface StoredObject extends Extras {
  readonly bucket: string
  readonly key: string
  /** Of its file. */
  readonly id: string
  readonly size: number
  /** Without quotes. */
  readonly etag: string
  /** Epoch milliseconds. */
  readonly modified: number
  readonly headers: ObjectHeaders
  readonly checksum?: ObjectChecksum
}

/** What few objects have. */
export interface Extras {
  /** Id of the version; of the null version if it is left out. */
  readonly version?: string
  readonly tags?: Tags
  /** Of a multipart upload, in order. */
  readonly parts?: readonly ObjectPart[]
}

export type Tags = ReadonlyArray<readonly [key: string, value: string]>

export interface ObjectPart {
  readonly number: number
  readonly size: number
  readonly checksum?: string
}

/** Standard headers and user metadata (`x-amz-meta-…`), by lower-case name. */
export type ObjectHeaders = Readonly<Record<string, string>>

export interface ObjectChecksum {
  readonly algorithm: Algorithm
  readonly type: ChecksumType
  readonly value: string
}

export interface ObjectRow {
  readonly bucket: string
  readonly key: string
  readonly id: string
  readonly size: number
  readonly etag: string
  readonly modified: number
  readonly headers: string
  readonly checksum: string | null
  readonly extras: string | null
}

const schema = `CREATE TABLE IF NOT EXISTS s3_objects (
  bucket TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, modified INTEGER NOT NULL,
  headers TEXT NOT NULL, checksum TEXT, extras TEXT, PRIMARY KEY (bucket, key)
) STRICT, WITHOUT ROWID`

/** The current version of each key; older ones and delete markers are elsewhere. */
export interface Objects {
  find: (bucket: string, key: string) => StoredObject | undefined
  put: (object: StoredObject) => void
  remove: (bucket: string, key: string) => void
  /** In the order of their keys as UTF-8, those beyond `after` that begin with `prefix`. */
  list: (bucket: string, prefix: string, after: string) => IterableIterator<StoredObject>
  ids: () => Set<string>
}

export const fromRow = ({bucket, key, id, size, etag, modified, headers, checksum, extras}: ObjectRow): StoredObject => ({
  bucket, key, id, size, etag, modified,
  headers: trustedJson<ObjectHeaders>(headers),
  ...(checksum !== null && {checksum: trustedJson<ObjectChecksum>(checksum)}),
  ...(extras !== null && trustedJson<Extras>(extras))
})

const extrasOf = ({version, tags, parts}: Extras): string | null => version === undefined && tags === undefined && parts === undefined
  ? null
  : JSON.stringify({version, tags, parts})

/** The columns of an object, in the order of the tables that have them. */
export const toRow = (object: StoredObject): Array<string | number | null> => {
  const {bucket, key, id, size, etag, modified, headers, checksum} = object
  return [bucket, key, id, size, etag, modified, JSON.stringify(headers), checksum === undefined ? null : JSON.stringify(checksum), extrasOf(object)]
}

/** A data folder of an earlier release has the table without this column. */
const addColumn = (db: DatabaseSync): void => {
  if (!db.prepare('PRAGMA table_info(s3_objects)').all().some(({name}) => name === 'extras')) {
    db.exec('ALTER TABLE s3_objects ADD COLUMN extras TEXT')
  }
}

export const openObjects = (db: DatabaseSync): Objects => {
  db.exec(schema)
  addColumn(db)
  const find = db.prepare('SELECT * FROM s3_objects WHERE bucket = ? AND key = ?')
  const put = db.prepare('INSERT OR REPLACE INTO s3_objects VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const remove = db.prepare('DELETE FROM s3_objects WHERE bucket = ? AND key = ?')
  const batch = db.prepare('SELECT * FROM s3_objects WHERE bucket = ? AND key > ? AND key >= ? ORDER BY key LIMIT 1000')

  const list = function* (bucket: string, prefix: string, after: string): IterableIterator<StoredObject> {
    for (let from = after; ;) {
      const rows = readRows<ObjectRow>(batch, bucket, from, prefix)
      for (const row of rows) {
        if (!row.key.startsWith(prefix)) {
          return
        }
        yield fromRow(row)
      }
      if (rows.length === 0) {
        return
      }
      from = rows.at(-1)!.key
    }
  }

  return {
    list,
    find: (bucket, key) => {
      const row = readRow<ObjectRow>(find, bucket, key)
      return row && fromRow(row)
    },
    put: (object) => { put.run(...toRow(object)) },
    remove: (bucket, key) => { remove.run(bucket, key) },
    ids: () => new Set(db.prepare('SELECT id FROM s3_objects').all().map(({id}) => String(id)))
  }
}
