import {randomUUID} from 'node:crypto'
import type {PutEventsRequestEntry} from '@aws-sdk/client-eventbridge'
import {traceId} from '../../lib/vendor/AWS/Environment'
import {eventSources, type EventDetails, type EventName} from '../../types/eventbridge'
import {currentCorrelation} from '../correlation'
import {env} from '../env'
import {NamedError} from '../errors'
import {entryBytes} from './event-size'
import {isEventName, validateDetail} from './validate-detail'

/** The detail of an event as a publisher gives it: without a correlation id it takes that of the work at hand, else a new one. */
export type Publishable<E extends EventName> = Omit<EventDetails[E], 'correlationId'> & {readonly correlationId?: string}

/** An event to publish. */
export type OutgoingEvent = {[E in EventName]: {readonly detailType: E, readonly detail: Publishable<E>}}[EventName]

/** An entry of PutEvents, how error messages call it, and by what logs find it. */
export interface Outgoing {
  readonly label: string
  readonly ids: {readonly fileId: string, readonly correlationId: string}
  readonly entry: PutEventsRequestEntry
}

/** What Step Functions takes as input; the bus takes more. */
const maxEventBytes = 256 * 1024

/** The entry of an event. Throws UnknownEventError, InvalidEventError and, over 256 KiB, EventTooLargeError. */
export const toOutgoing = ({detailType, detail}: OutgoingEvent): Outgoing => {
  if (!isEventName(detailType)) {
    throw new NamedError('UnknownEventError', `Expected an event of src/types/events to publish; got '${String(detailType)}'.`)
  }
  const label = `${detailType} of file ${detail?.fileId}`
  const correlationId = detail?.correlationId ?? currentCorrelation().correlationId ?? randomUUID()
  const valid = validateDetail(detailType, {...detail, correlationId}, label)
  return withinLimit({label, ids: {fileId: detail.fileId, correlationId}, entry: {
    EventBusName: env('EVENT_BUS_NAME'),
    Source: eventSources[detailType],
    DetailType: detailType,
    Detail: JSON.stringify(valid),
    ...traceHeader()
  }})
}

const withinLimit = (outgoing: Outgoing): Outgoing => {
  const bytes = entryBytes(outgoing.entry)
  if (bytes > maxEventBytes) {
    throw new NamedError('EventTooLargeError',
      `Expected ${outgoing.label} to have at most ${maxEventBytes} bytes; it has ${bytes}.`
        + ' Put large values into S3 or the table and publish their key.')
  }
  return outgoing
}

/** PutEvents refuses a header over 500 characters, and a trace is not worth an event. */
const traceHeader = (): {readonly TraceHeader?: string} => {
  const trace = traceId()
  return trace !== undefined && trace.length <= 500 ? {TraceHeader: trace} : {}
}
