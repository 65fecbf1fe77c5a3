import type {ReadObserved} from '../../runtime/core/observed'
import {reportLine} from '../../runtime/core/report-line'

/** An event of a log stream, as FilterLogEvents has it. */
export interface LogEvent {
  readonly logStreamName: string
  /** Epoch milliseconds. */
  readonly timestamp: number
  readonly message: string
  readonly ingestionTime: number
  readonly eventId: string
}

/** One a day: sandboxes come and go here. */
const streamName = (at: string): string => `${at.slice(0, 10).replaceAll('-', '/')}/[$LATEST]local`

const event = (logStreamName: string, timestamp: number, message: string, id: number): LogEvent =>
  ({logStreamName, timestamp, message, ingestionTime: timestamp, eventId: String(id).padStart(56, '0')})

/** Lines of a function and the reports of its invocations, in their order. */
export const functionEvents = (read: ReadObserved, functionName: string): LogEvent[] => [
  ...read('log', functionName).map(({id, at, line}) => event(streamName(at), Date.parse(at), `${line}\n`, id)),
  ...read('invocation', functionName).map((each) => event(streamName(each.at), Date.parse(each.at), `${reportLine(each)}\n`, each.id))
].sort((one, other) => one.timestamp - other.timestamp || one.eventId.localeCompare(other.eventId))

/** Records of a workflow, one stream an hour. */
export const workflowEvents = (name: string, records: ReadonlyArray<{readonly timestamp: number, readonly message: string}>): LogEvent[] =>
  records.map(({timestamp, message}, index) =>
    event(`states/${name}/${new Date(timestamp).toISOString().slice(0, 13).replace('T', '-')}`, timestamp, message, index + 1))
