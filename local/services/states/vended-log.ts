import type {DatabaseSync} from 'node:sqlite'
import {isObject} from '../../../shared/json'
import {openTables} from './engine/tables'

/** A record of a workflow's log group, at level ALL and without execution data, as the HCL sets them. */
export interface VendedRecord {
  /** Epoch milliseconds. */
  readonly timestamp: number
  readonly message: string
}

/** With include_execution_data off, what went in and came out is not written. */
const isData = /^(?:input|output|inputDetails|outputDetails|parameters|cause)$/

const withoutData = (details: unknown): unknown =>
  isObject(details) ? Object.fromEntries(Object.entries(details).filter(([name]) => !isData.test(name))) : details

/** What a workflow's executions wrote, oldest first. */
export const vendedLog = (db: DatabaseSync) => {
  const tables = openTables(db)
  return (machineArn: string): VendedRecord[] => tables.executionsOf(machineArn)
    .flatMap(({arn}) => tables.events(arn).map(({timestamp, type, id, previousEventId, ...details}) => ({
      timestamp,
      message: JSON.stringify({
        id: String(id), type, details: withoutData(Object.values(details)[0] ?? {}), redrive_count: '0', previous_event_id: String(previousEventId),
        event_timestamp: String(timestamp), execution_arn: arn
      })
    })))
    .sort((one, other) => one.timestamp - other.timestamp)
}
