import {setTimeout as sleep} from 'node:timers/promises'
import type {PutEventsResponse} from '@aws-sdk/client-eventbridge'
import {putEvents} from '../../lib/vendor/AWS/EventBridge'
import {NamedError} from '../errors'
import {entryBytes, inBatches} from './event-size'
import {logger} from '../logger'
import {countPublishFailure} from '../metrics'
import {toOutgoing, type Outgoing, type OutgoingEvent} from './outgoing-event'

interface Failure {
  readonly outgoing: Outgoing
  readonly code: string
  readonly reason: string
}

/** 10 entries may hold 1 MB since 2026; ours are small, and what keeps to the older 256 KB (emulators) takes them as well. */
const requestLimits = {items: 10, bytes: 256 * 1024}
const maxRounds = 5
const backoff = {firstMilliseconds: 100, maxMilliseconds: 2_000}
const retryableCodes = new Set(['InternalFailure', 'InternalException', 'ThrottlingException'])

/**
 * Publishes events in order. Nothing is sent unless every event fits its contract and the size limit; entries that fail inside a 200 are
 * resent, if that may help, in at most 5 rounds. Throws UnknownEventError, InvalidEventError, EventTooLargeError and EventPublishError.
 */
export const publishEvents = async (events: readonly OutgoingEvent[]): Promise<void> => {
  const outgoing = events.map(toOutgoing)
  const published: string[] = []
  for (const batch of inBatches(outgoing, ({entry}) => entryBytes(entry), requestLimits)) {
    await publishBatch(batch, published)
  }
}

const publishBatch = async (batch: readonly Outgoing[], published: string[]): Promise<void> => {
  let pending = batch
  for (let round = 1; pending.length > 0; round++) {
    const publishedAt = new Date().toISOString()
    const failures = await send(pending, published)
    const failed = failures.map(({outgoing}) => outgoing)
    // For npm run timeline: the bus itself reports to no one what it took, and consumers may be at work before it answers.
    const taken = pending.filter((outgoing) => !failed.includes(outgoing))
    taken.forEach(({ids, entry}) => logger.info('An event is on the bus.', {event: entry.DetailType, publishedAt, ...ids}))
    published.push(...taken.map(({label}) => label))
    if (failures.some(({code}) => !retryableCodes.has(code)) || (failures.length > 0 && round === maxRounds)) {
      throw publishError(failures, published)
    }
    pending = failed
    if (pending.length > 0) {
      await sleep(fullJitter(round))
    }
  }
}

const send = async (pending: readonly Outgoing[], published: readonly string[]): Promise<Failure[]> => {
  try {
    return listFailures(pending, await putEvents({Entries: pending.map(({entry}) => entry)}))
  } catch (cause) {
    const {name = 'Error', message = String(cause)} = cause instanceof Error ? cause : {}
    throw publishError(pending.map((outgoing) => ({outgoing, code: name, reason: message})), published, cause)
  }
}

/** Results stand in the order of the entries; the few that a malformed answer lacks count as failed. */
const listFailures = (pending: readonly Outgoing[], {FailedEntryCount = 0, Entries = []}: PutEventsResponse): Failure[] =>
  FailedEntryCount === 0
    ? []
    : pending.flatMap((outgoing, index) => {
        const {EventId, ErrorCode = 'InternalFailure', ErrorMessage = 'no reason given'} = Entries[index] ?? {}
        return EventId === undefined ? [{outgoing, code: ErrorCode, reason: ErrorMessage}] : []
      })

const publishError = (failures: readonly Failure[], published: readonly string[], cause?: unknown): NamedError => {
  const refused = failures.map(({outgoing, code, reason}) => `${outgoing.label}: ${code} (${reason})`)
  logger.error('EventBridge did not take every event', {published, refused})
  countPublishFailure(failures.length)
  const more = refused.length > 3 ? ` and ${refused.length - 3} more` : ''
  return new NamedError('EventPublishError',
    `EventBridge did not take ${refused.slice(0, 3).join('; ')}${more}. Already on the bus: ${published.length}.`, {cause})
}

const fullJitter = (round: number): number =>
  Math.random() * Math.min(backoff.maxMilliseconds, backoff.firstMilliseconds * 2 ** (round - 1))
