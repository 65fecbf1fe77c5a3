import {DatabaseSync} from 'node:sqlite'

/**
 * The one durable store. WAL with `synchronous = NORMAL`: a killed process loses nothing it has committed; a power
 * failure may lose the last moments, never consistency.
 */
export const openStore = (path: string): DatabaseSync => {
  const db = new DatabaseSync(path)
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON')
  return db
}

/** Runs `work` as one transaction, or as part of the one that is open already. */
export const transaction = <T>(db: DatabaseSync, work: () => T): T => {
  if (db.isTransaction) {
    return work()
  }
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}
