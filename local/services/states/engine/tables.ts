import {createHash} from 'node:crypto'
import type {DatabaseSync, SQLOutputValue} from 'node:sqlite'
import {trustedJson} from '../../../../shared/json'
import type {Execution, Frame} from './model'

/** An event of a history, as GetExecutionHistory gives it; its time in epoch seconds. */
export interface HistoryEvent {
  readonly timestamp: number
  readonly type: string
  readonly id: number
  readonly previousEventId: number
  readonly [details: string]: unknown
}

export interface Tables {
  /** Whether anybody will read histories. */
  readonly keepsHistory: boolean
  putExecution: (execution: Execution) => void
  execution: (arn: string) => Execution | undefined
  running: () => Execution[]
  /** Forgets executions that ended before a moment, with all that belongs to them. */
  purge: (before: number) => void
  /** Newest first. */
  executionsOf: (machineArn: string, status?: string) => Execution[]
  /** Keeps a definition's text; returns its digest. */
  putDefinition: (definition: string) => string
  definition: (digest: string) => string
  putFrame: (execution: string, frame: Frame) => void
  deleteFrame: (execution: string, id: number) => void
  frames: (execution: string) => Frame[]
  addEvent: (execution: string, event: HistoryEvent) => void
  events: (execution: string) => HistoryEvent[]
  eventCount: (execution: string) => number
}

const schema = `
  CREATE TABLE IF NOT EXISTS states_executions (
    arn TEXT PRIMARY KEY, machine TEXT NOT NULL, status TEXT NOT NULL, started INTEGER NOT NULL, document TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS states_executions_started ON states_executions (machine, started);
  CREATE INDEX IF NOT EXISTS states_executions_status ON states_executions (status);
  CREATE TABLE IF NOT EXISTS states_definitions (digest TEXT PRIMARY KEY, definition TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS states_frames (execution TEXT NOT NULL, id INTEGER NOT NULL, document TEXT NOT NULL, PRIMARY KEY (execution, id)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS states_history (execution TEXT NOT NULL, id INTEGER NOT NULL, document TEXT NOT NULL, PRIMARY KEY (execution, id)) WITHOUT ROWID`

type Row = Record<string, SQLOutputValue>

const documents = <T>(rows: readonly Row[]): T[] => rows.map(({document}) => trustedJson(String(document)))

const executionTable = (db: DatabaseSync): Pick<Tables, 'putExecution' | 'execution' | 'running' | 'executionsOf'> => {
  const put = db.prepare('INSERT OR REPLACE INTO states_executions (arn, machine, status, started, document) VALUES (?, ?, ?, ?, ?)')
  const get = db.prepare('SELECT document FROM states_executions WHERE arn = ?')
  const running = db.prepare('SELECT document FROM states_executions WHERE status = \'RUNNING\' ORDER BY started, rowid')
  const list = db.prepare('SELECT document FROM states_executions WHERE machine = ? AND (? = \'\' OR status = ?) ORDER BY started DESC, rowid DESC')
  return {
    putExecution: (execution) => { put.run(execution.arn, execution.machineArn, execution.status, execution.started, JSON.stringify(execution)) },
    execution: (arn) => documents<Execution>(get.all(arn))[0],
    running: () => documents(running.all()),
    executionsOf: (machineArn, status = '') => documents(list.all(machineArn, status, status))
  }
}

const definitionTable = (db: DatabaseSync): Pick<Tables, 'putDefinition' | 'definition'> => {
  const put = db.prepare('INSERT OR IGNORE INTO states_definitions (digest, definition) VALUES (?, ?)')
  const get = db.prepare('SELECT definition FROM states_definitions WHERE digest = ?')
  return {
    putDefinition: (definition) => {
      const digest = createHash('sha256').update(definition).digest('hex')
      put.run(digest, definition)
      return digest
    },
    definition: (digest) => String(get.get(digest)?.['definition'])
  }
}

const frameTable = (db: DatabaseSync): Pick<Tables, 'putFrame' | 'deleteFrame' | 'frames'> => {
  const put = db.prepare('INSERT OR REPLACE INTO states_frames (execution, id, document) VALUES (?, ?, ?)')
  const remove = db.prepare('DELETE FROM states_frames WHERE execution = ? AND id = ?')
  const list = db.prepare('SELECT document FROM states_frames WHERE execution = ? ORDER BY id')
  return {
    putFrame: (execution, frame) => { put.run(execution, frame.id, JSON.stringify(frame)) },
    deleteFrame: (execution, id) => { remove.run(execution, id) },
    frames: (execution) => documents(list.all(execution))
  }
}

const historyTable = (db: DatabaseSync): Pick<Tables, 'addEvent' | 'events' | 'eventCount'> => {
  const add = db.prepare('INSERT INTO states_history (execution, id, document) VALUES (?, ?, ?)')
  const list = db.prepare('SELECT document FROM states_history WHERE execution = ? ORDER BY id')
  const count = db.prepare('SELECT coalesce(max(id), 0) AS events FROM states_history WHERE execution = ?')
  return {
    addEvent: (execution, event) => { add.run(execution, event.id, JSON.stringify(event)) },
    events: (execution) => documents(list.all(execution)),
    eventCount: (execution) => Number(count.get(execution)?.['events'])
  }
}

const purging = (db: DatabaseSync): Tables['purge'] => {
  const old = '(SELECT arn FROM states_executions WHERE status <> \'RUNNING\' AND json_extract(document, \'$.stopped\') < ?)'
  const statements = [
    `DELETE FROM states_frames WHERE execution IN ${old}`,
    `DELETE FROM states_history WHERE execution IN ${old}`,
    `DELETE FROM states_executions WHERE arn IN ${old}`
  ].map((statement) => db.prepare(statement))
  return (before) => statements.forEach((statement) => statement.run(before))
}

/** All that the engine keeps: executions, their definitions, where they stand, and what happened. */
export const openTables = (db: DatabaseSync): Tables => {
  db.exec(schema)
  return {keepsHistory: true, ...executionTable(db), ...definitionTable(db), ...frameTable(db), ...historyTable(db), purge: purging(db)}
}
