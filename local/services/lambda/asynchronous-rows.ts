import type {DatabaseSync} from 'node:sqlite'
import {readRow, readRows} from '../../runtime/core/store'

/** An asynchronous invocation that is not settled; times are epoch milliseconds. */
export interface AsynchronousRow {
  readonly requestId: string
  readonly functionName: string
  readonly payload: string
  readonly queuedAt: number
  /** So far. */
  readonly attempts: number
  readonly dueAt: number
}

export interface AsynchronousRows {
  insert: (row: AsynchronousRow) => void
  find: (requestId: string) => AsynchronousRow | undefined
  postpone: (row: Pick<AsynchronousRow, 'requestId' | 'attempts' | 'dueAt'>) => void
  remove: (requestId: string) => void
  due: () => Array<Pick<AsynchronousRow, 'requestId' | 'dueAt'>>
}

const schema = `CREATE TABLE IF NOT EXISTS lambda_asynchronous (
  requestId TEXT PRIMARY KEY, functionName TEXT NOT NULL, payload TEXT NOT NULL,
  queuedAt INTEGER NOT NULL, attempts INTEGER NOT NULL, dueAt INTEGER NOT NULL
) STRICT`

export const openAsynchronousRows = (db: DatabaseSync): AsynchronousRows => {
  db.exec(schema)
  const insert = db.prepare('INSERT INTO lambda_asynchronous VALUES (?, ?, ?, ?, ?, ?)')
  const find = db.prepare('SELECT * FROM lambda_asynchronous WHERE requestId = ?')
  const postpone = db.prepare('UPDATE lambda_asynchronous SET attempts = ?, dueAt = ? WHERE requestId = ?')
  const remove = db.prepare('DELETE FROM lambda_asynchronous WHERE requestId = ?')
  const due = db.prepare('SELECT requestId, dueAt FROM lambda_asynchronous ORDER BY dueAt')
  return {
    insert: (row) => { insert.run(row.requestId, row.functionName, row.payload, row.queuedAt, row.attempts, row.dueAt) },
    find: (requestId) => readRow(find, requestId),
    postpone: ({requestId, attempts, dueAt}) => { postpone.run(attempts, dueAt, requestId) },
    remove: (requestId) => { remove.run(requestId) },
    due: () => readRows(due)
  }
}
