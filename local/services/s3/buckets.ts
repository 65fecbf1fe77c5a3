import type {DatabaseSync} from 'node:sqlite'
import {isAmong, isObject, trustedJson} from '../../../shared/json'
import {readRow, readRows} from '../../runtime/core/store'
import type {Clock} from '../../runtime/core/types'
import type {Setting} from './setting'
import type {WiredBucket} from './wired-buckets'

export interface Bucket {
  readonly name: string
  /** Epoch milliseconds. */
  readonly created: number
  /** One of the wiring is set up by it alone. */
  readonly isWired: boolean
}

export interface Buckets {
  /** By name. */
  all: () => Bucket[]
  find: (name: string) => Bucket | undefined
  create: (name: string) => void
  remove: (name: string) => void
  /** What the wiring or a program says of a bucket under a sub-resource's name; undefined if nothing was said. */
  setting: (bucket: string, name: string) => Setting | undefined
  set: (bucket: string, name: string, value: Setting) => void
  /** Sub-resources that the wiring sets up in a way that cannot be told here. */
  isUntold: (bucket: string, name: string) => boolean
  versioning: (bucket: string) => 'Enabled' | 'Suspended' | undefined
}

const schema = `CREATE TABLE IF NOT EXISTS s3_buckets (name TEXT PRIMARY KEY, created INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS s3_bucket_settings (
  bucket TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (bucket, name)
) STRICT`

/** The wiring's buckets are older than anything in them. */
const wiredSince = Date.parse('2026-01-01T00:00:00Z')

const statements = (db: DatabaseSync) => ({
  list: db.prepare('SELECT name, created FROM s3_buckets'),
  insert: db.prepare('INSERT INTO s3_buckets VALUES (?, ?)'),
  remove: db.prepare('DELETE FROM s3_buckets WHERE name = ?'),
  forget: db.prepare('DELETE FROM s3_bucket_settings WHERE bucket = ?'),
  setting: db.prepare('SELECT value FROM s3_bucket_settings WHERE bucket = ? AND name = ?'),
  set: db.prepare('INSERT OR REPLACE INTO s3_bucket_settings VALUES (?, ?, ?)')
})

/** The buckets of the wiring, and those that programs make for a while. */
export const openBuckets = (db: DatabaseSync, clock: Clock, wired: ReadonlyMap<string, WiredBucket>): Buckets => {
  db.exec(schema)
  const {list, insert, remove, forget, setting, set} = statements(db)

  const made = new Map(readRows<{name: string, created: number}>(list).map(({name, created}) => [name, {name, created, isWired: false}]))
  const find = (name: string): Bucket | undefined => wired.has(name) ? {name, created: wiredSince, isWired: true} : made.get(name)
  const settingOf = (bucket: string, name: string): Setting | undefined => {
    const known = wired.get(bucket)
    if (known !== undefined) {
      return known.settings[name]
    }
    const row = readRow<{value: string}>(setting, bucket, name)
    return row && trustedJson<Setting>(row.value)
  }
  const versioning = (bucket: string): 'Enabled' | 'Suspended' | undefined => {
    const value = settingOf(bucket, 'versioning')
    const status = isObject(value) ? value['Status'] : undefined
    return isAmong(['Enabled', 'Suspended'] as const, status) ? status : undefined
  }
  // Asked for at each request for an object; it changes only here.
  const versionings = new Map<string, ReturnType<typeof versioning>>()
  return {
    find,
    all: () => [...wired.keys(), ...[...made.keys()].filter((name) => !wired.has(name))].sort().map((name) => find(name)!),
    create: (name) => {
      const created = clock.now()
      insert.run(name, created)
      made.set(name, {name, created, isWired: false})
    },
    remove: (name) => {
      remove.run(name)
      forget.run(name)
      made.delete(name)
      versionings.delete(name)
    },
    setting: settingOf,
    set: (bucket, name, value) => {
      set.run(bucket, name, JSON.stringify(value))
      versionings.delete(bucket)
    },
    isUntold: (bucket, name) => wired.get(bucket)?.untold.has(name) === true,
    versioning: (bucket) => {
      if (!versionings.has(bucket)) {
        versionings.set(bucket, versioning(bucket))
      }
      return versionings.get(bucket)
    }
  }
}
