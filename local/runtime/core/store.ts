import {DatabaseSync, type SQLInputValue, type StatementSync} from 'node:sqlite'

/**
 * The one durable store. WAL with `synchronous = NORMAL`: a killed process loses nothing it has committed; a power
 * failure may lose the last moments, never consistency.
 */
export const openStore = (path: string): DatabaseSync => {
  const db = new DatabaseSync(path)
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON')
  return db
}

/** The first row that a statement of ours finds: what it selects of tables that are ours, and STRICT. */
export const readRow = <Row>(statement: StatementSync, ...values: readonly SQLInputValue[]): Row | undefined =>
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- a strict table keeps the types of its columns
  statement.get(...values) as Row | undefined

/** All rows, as `readRow`. */
export const readRows = <Row>(statement: StatementSync, ...values: readonly SQLInputValue[]): Row[] =>
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- as in readRow
  statement.all(...values) as Row[]

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
