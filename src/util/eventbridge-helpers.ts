import type {EventDetails, EventName} from '../types/eventbridge'
import {eventSources} from '../types/eventbridge'
import {type Json} from '../types/json'
import {setCorrelation} from './correlation'
import {NamedError} from './errors'
import type {Publishable} from './events/outgoing-event'
import {publishEvents} from './events/publish'
import {isEventName, validateDetail, versioned} from './events/validate-detail'

/** Says that a user asked for a URL. Throws as publishEvents does. */
export const publishFileRequested = (detail: Publishable<'FileRequested'>): Promise<void> =>
  publishEvents([{detailType: 'FileRequested', detail}])

/** Says that the media is known; without `availableAt` it is available now. Throws as publishEvents does. */
export const publishFileMetadataReady = (
  detail: Omit<Publishable<'FileMetadataReady'>, 'availableAt'> & {readonly availableAt?: string}
): Promise<void> =>
  publishEvents([{detailType: 'FileMetadataReady', detail: {...detail, availableAt: detail.availableAt ?? new Date().toISOString()}}])

/** Says that the transfer begins; the workflow says so itself. Throws as publishEvents does. */
export const publishFileDownloadStarted = (detail: Publishable<'FileDownloadStarted'>): Promise<void> =>
  publishEvents([{detailType: 'FileDownloadStarted', detail}])

/** Says how far the transfer is. Throws as publishEvents does. */
export const publishFileDownloadProgressed = (detail: Publishable<'FileDownloadProgressed'>): Promise<void> =>
  publishEvents([{detailType: 'FileDownloadProgressed', detail}])

/** Says that the whole object is in S3. Throws as publishEvents does. */
export const publishFileDownloadCompleted = (detail: Publishable<'FileDownloadCompleted'>): Promise<void> =>
  publishEvents([{detailType: 'FileDownloadCompleted', detail}])

/** Says that the file will not come, and whether asking again helps. Throws as publishEvents does. */
export const publishFileDownloadFailed = (detail: Publishable<'FileDownloadFailed'>): Promise<void> =>
  publishEvents([{detailType: 'FileDownloadFailed', detail}])

/** A consumed event: the detail, which fits its contract, and what the envelope says about it. */
export type ParsedEvent<E extends EventName = EventName> = {[Name in E]: {
  readonly detailType: Name
  readonly detail: EventDetails[Name]
  readonly id: string
  /** ISO 8601 UTC. */
  readonly time: string
  /** Set if the archive replays the event. */
  readonly replayName?: string
}}[E]

/**
 * Reads an event at a consumer's door, and makes its correlation id and file those of the invocation.
 * Throws UnknownEventError if the detail-type is not one of the expected, InvalidEventError if envelope or detail do not fit.
 */
export const parseEvent = <E extends EventName>(expected: E | readonly E[], event: unknown): ParsedEvent<E> => {
  const envelope = readEnvelope(event)
  const {'detail-type': detailType, id = 'without id', time = '', 'replay-name': replayName} = envelope
  const names: readonly EventName[] = typeof expected === 'string' ? [expected] : expected
  if (!isEventName(detailType) || !names.includes(detailType)) {
    throw new NamedError(
      'UnknownEventError', `Expected the detail-type ${names.join(' or ')}; event ${id} has '${detailType}'. Look at the rule that sent it.`
    )
  }
  if (envelope.source !== eventSources[detailType]) {
    throw new NamedError('InvalidEventError',
      `Expected ${versioned(detailType)} to have the source '${eventSources[detailType]}'; event ${id} has '${envelope.source}'.`)
  }
  const detail = validateDetail(detailType, envelope.detail, `Event ${id}`)
  setCorrelation(detail)
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- the detail-type is one of E, and the detail fits its contract
  return {detailType, detail, id, time, ...replayName === undefined ? {} : {replayName}} as ParsedEvent<E>
}

interface Envelope {
  readonly 'detail-type'?: string
  readonly source?: string
  readonly id?: string
  readonly time?: string
  readonly detail?: unknown
  readonly 'replay-name'?: string
}

const envelopeTexts = ['detail-type', 'source', 'id', 'time', 'replay-name'] as const

const readEnvelope = (event: unknown): Envelope => {
  if (typeof event !== 'object' || event === null) {
    throw new NamedError('InvalidEventError',
      `Expected an EventBridge event, an object with detail-type, source and detail; got ${JSON.stringify(event) ?? 'nothing'}.`)
  }
  const fields: Json = {...event}
  const odd = envelopeTexts.find((name) => !['string', 'undefined'].includes(typeof fields[name]))
  if (odd !== undefined) {
    throw new NamedError(
      'InvalidEventError', `Expected an EventBridge event with text as its ${odd}; got ${JSON.stringify(event).slice(0, 200)}.`
    )
  }
  return event
}
