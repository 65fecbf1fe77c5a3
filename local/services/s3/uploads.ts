import type {DatabaseSync} from 'node:sqlite'
import {trustedJson} from '../../../shared/json'
import {readRow, readRows} from '../../runtime/core/store'
import type {Algorithm, ChecksumType} from './checksums'
import type {ObjectHeaders, Tags} from './objects'

/** An open multipart upload, or one that was completed a short while ago: its client may not have heard. */
export interface Upload {
  readonly id: string
  readonly bucket: string
  readonly key: string
  /** Epoch milliseconds. */
  readonly initiated: number
  readonly headers: ObjectHeaders
  readonly algorithm?: Algorithm
  readonly checksumType?: ChecksumType
  readonly tags?: Tags
  /** Whether its key was written or deleted since it was begun. */
  readonly isDisturbed?: boolean
  /** What CompleteMultipartUpload answered, as JSON. */
  readonly completed?: string
}

/** A part in place `offset` of the file `file` of its upload. */
export interface Part {
  readonly number: number
  readonly etag: string
  readonly size: number
  readonly modified: number
  readonly checksum: string | null
  readonly file: string
  readonly offset: number
}

interface Row {
  readonly id: string
  readonly bucket: string
  readonly key: string
  readonly initiated: number
  readonly headers: string
  readonly algorithm: Algorithm | null
  readonly checksum_type: ChecksumType | null
  readonly completed: string | null
  readonly tags: string | null
  readonly disturbed: number
}

const schema = `CREATE TABLE IF NOT EXISTS s3_uploads (
  id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, initiated INTEGER NOT NULL, headers TEXT NOT NULL,
  algorithm TEXT, checksum_type TEXT, completed TEXT, tags TEXT, disturbed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS s3_parts (
  upload_id TEXT NOT NULL REFERENCES s3_uploads (id) ON DELETE CASCADE, number INTEGER NOT NULL, etag TEXT NOT NULL, size INTEGER NOT NULL,
  modified INTEGER NOT NULL, checksum TEXT, file TEXT NOT NULL, offset INTEGER NOT NULL, PRIMARY KEY (upload_id, number)
) STRICT;
CREATE INDEX IF NOT EXISTS s3_uploads_open ON s3_uploads (bucket, key) WHERE completed IS NULL`

export interface Uploads {
  create: (upload: Upload) => void
  find: (id: string) => Upload | undefined
  /** Open ones, by key and age. */
  list: (bucket: string, prefix: string) => Upload[]
  complete: (id: string, answer: string) => void
  remove: (id: string) => void
  /** Says to the open uploads of a key that it was written or deleted. */
  disturb: (bucket: string, key: string) => void
  putPart: (id: string, part: Part) => void
  parts: (id: string) => Part[]
  /** Initiated before a time. */
  before: (time: number) => Upload[]
  ids: () => Set<string>
}

const fromRow = ({headers, algorithm, checksum_type: checksumType, completed, tags, disturbed, ...row}: Row): Upload => ({
  ...row,
  headers: trustedJson<ObjectHeaders>(headers),
  ...(algorithm !== null && {algorithm}),
  ...(checksumType !== null && {checksumType}),
  ...(completed !== null && {completed}),
  ...(tags !== null && {tags: trustedJson<Tags>(tags)}),
  isDisturbed: disturbed === 1
})

/** A data folder of an earlier release has the table without these columns. */
const addColumns = (db: DatabaseSync): void => {
  if (!db.prepare('PRAGMA table_info(s3_uploads)').all().some(({name}) => name === 'tags')) {
    db.exec('ALTER TABLE s3_uploads ADD COLUMN tags TEXT; ALTER TABLE s3_uploads ADD COLUMN disturbed INTEGER NOT NULL DEFAULT 0')
  }
}

export const openUploads = (db: DatabaseSync): Uploads => {
  db.exec(schema)
  addColumns(db)
  const insert = db.prepare('INSERT INTO s3_uploads VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?, 0)')
  const find = db.prepare('SELECT * FROM s3_uploads WHERE id = ?')
  const list = db.prepare('SELECT * FROM s3_uploads WHERE bucket = ? AND completed IS NULL ORDER BY key, initiated')
  const complete = db.prepare('UPDATE s3_uploads SET completed = ? WHERE id = ?')
  const clear = db.prepare('DELETE FROM s3_parts WHERE upload_id = ?')
  const remove = db.prepare('DELETE FROM s3_uploads WHERE id = ?')
  const putPart = db.prepare('INSERT OR REPLACE INTO s3_parts VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const parts = db.prepare('SELECT number, etag, size, modified, checksum, file, offset FROM s3_parts WHERE upload_id = ? ORDER BY number')
  const disturb = db.prepare('UPDATE s3_uploads SET disturbed = 1 WHERE bucket = ? AND key = ? AND completed IS NULL')
  const before = db.prepare('SELECT * FROM s3_uploads WHERE initiated < ?')
  return {
    create: ({id, bucket, key, initiated, headers, algorithm, checksumType, tags}) => {
      const written = tags === undefined ? null : JSON.stringify(tags)
      insert.run(id, bucket, key, initiated, JSON.stringify(headers), algorithm ?? null, checksumType ?? null, written)
    },
    find: (id) => {
      const row = readRow<Row>(find, id)
      return row && fromRow(row)
    },
    list: (bucket, prefix) => readRows<Row>(list, bucket).filter(({key}) => key.startsWith(prefix)).map(fromRow),
    complete: (id, answer) => {
      complete.run(answer, id)
      clear.run(id)
    },
    remove: (id) => { remove.run(id) },
    disturb: (bucket, key) => { disturb.run(bucket, key) },
    putPart: (id, part) => { putPart.run(id, part.number, part.etag, part.size, part.modified, part.checksum, part.file, part.offset) },
    parts: (id) => readRows(parts, id),
    before: (time) => readRows<Row>(before, time).map(fromRow),
    ids: () => new Set(db.prepare('SELECT id FROM s3_uploads WHERE completed IS NULL').all().map(({id}) => String(id)))
  }
}
