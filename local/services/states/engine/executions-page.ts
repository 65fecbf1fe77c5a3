import type {DatabaseSync} from 'node:sqlite'
import {trustedJson} from '../../../../shared/json'
import type {Execution} from './model'

export interface ExecutionsQuery {
  readonly status?: string
  readonly fileId?: string
  /** The last execution of the page before. */
  readonly after?: {readonly started: number, readonly arn: string}
  readonly limit: number
}

/** Executions of all state machines, newest first, page by page. */
export const executionsPage = (db: DatabaseSync): ((query: ExecutionsQuery) => Execution[]) => {
  const select = db.prepare(`SELECT document FROM states_executions
    WHERE (?1 = '' OR status = ?1) AND (?2 = '' OR json_extract(json_extract(document, '$.input'), '$.fileId') = ?2) AND (started, arn) < (?3, ?4)
    ORDER BY started DESC, arn DESC LIMIT ?5`)
  return ({status = '', fileId = '', after = {started: Number.MAX_SAFE_INTEGER, arn: ''}, limit}) =>
    select.all(status, fileId, after.started, after.arn, limit).map(({document}) => trustedJson<Execution>(String(document)))
}
