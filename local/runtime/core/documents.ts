import type {DatabaseSync} from 'node:sqlite'
import {trustedJson} from '../../../shared/json'
import {readRows} from './store'

/** A durable map from key to JSON document, kept in memory for reading. */
export interface Documents<T> {
  get: (key: string) => T | undefined
  /** In the order of their keys. */
  all: () => readonly T[]
  put: (key: string, document: T) => void
  /** Whether there was one. */
  delete: (key: string) => boolean
  /**
   * Takes what the wiring says, as a deploy would: a document is written if its wiring is new or has changed since it was last written,
   * and goes if its wiring is gone. What was changed through an API meanwhile stays.
   */
  deploy: (wired: ReadonlyMap<string, T>) => void
}

interface Row {
  readonly key: string
  readonly document: string
  readonly wired: string | null
}

export const openDocuments = <T>(db: DatabaseSync, table: string): Documents<T> => {
  db.exec(`CREATE TABLE IF NOT EXISTS ${table} (key TEXT PRIMARY KEY, document TEXT NOT NULL, wired TEXT)`)
  const rows = readRows<Row>(db.prepare(`SELECT key, document, wired FROM ${table} ORDER BY key`))
  const documents = new Map(rows.map(({key, document}) => [key, trustedJson<T>(document)]))
  const wirings = new Map(rows.map(({key, wired}) => [key, wired]))
  const write = db.prepare(`INSERT OR REPLACE INTO ${table} (key, document, wired) VALUES (?, ?, ?)`)
  const erase = db.prepare(`DELETE FROM ${table} WHERE key = ?`)

  let ordered: readonly T[] | undefined

  const store = (key: string, document: T, wired: string | null): void => {
    write.run(key, JSON.stringify(document), wired)
    documents.set(key, document)
    ordered = undefined
    wirings.set(key, wired)
  }
  const remove = (key: string): boolean => {
    erase.run(key)
    ordered = undefined
    wirings.delete(key)
    return documents.delete(key)
  }
  return {
    get: (key) => documents.get(key),
    all: () => {
      ordered ??= [...documents].sort(([left], [right]) => left < right ? -1 : 1).map(([, document]) => document)
      return ordered
    },
    put: (key, document) => store(key, document, wirings.get(key) ?? null),
    delete: remove,
    deploy: (wired) => {
      for (const [key, source] of [...wirings]) {
        if (source !== null && !wired.has(key)) {
          remove(key)
        }
      }
      for (const [key, document] of wired) {
        if (wirings.get(key) !== JSON.stringify(document)) {
          store(key, document, JSON.stringify(document))
        }
      }
    }
  }
}
