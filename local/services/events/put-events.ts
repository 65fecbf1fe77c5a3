import {randomUUID} from 'node:crypto'
import {isObject, type Json} from '../../../shared/json'
import {ServiceError} from '../../runtime/core/errors'
import type {EventEnvelope, PutEventsEntry, PutEventsResult} from '../../runtime/core/types'
import type {EventsDeps} from './deps'
import {entrySize, createEnvelope} from './entry'
import {busName} from './names'
import type {Registry} from './registry'
import type {Router} from './router'

const MAX_ENTRIES = 10
const TOTAL_BYTES = 1024 * 1024
const BUS = '(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[\\.\\-_A-Za-z0-9]+'

const shown = ({Time, Source, Resources, DetailType, Detail, EventBusName, TraceHeader}: PutEventsEntry): string =>
  `PutEventsRequestEntry(time=${Time ?? null}, source=${Source ?? null}, resources=${Resources === undefined ? null : `[${Resources.join(', ')}]`}, `
  + `detailType=${DetailType ?? null}, detail=${Detail ?? null}, eventBusName=${EventBusName ?? null}, traceHeader=${TraceHeader ?? null}, `
  + 'kmsKeyIdentifier=null, internalMetadata=null)'

const refuse = (value: string, path: string, constraint: string): never => {
  throw new ServiceError('ValidationException', `1 validation error detected: Value '${value}' at '${path}' failed to satisfy constraint: ${constraint}`)
}

const texts = ['Source', 'DetailType', 'Detail', 'EventBusName', 'TraceHeader'] as const
const LATEST = 253_402_300_799

const wellTyped = (entry: unknown): boolean => {
  if (!isObject(entry)) {
    return false
  }
  const {Time, Resources} = entry
  return texts.every((name) => entry[name] === undefined || entry[name] === null || typeof entry[name] === 'string')
    && (Time === undefined || Time === null || (typeof Time === 'number' && Math.abs(Time) <= LATEST))
    && (Resources === undefined || Resources === null || (Array.isArray(Resources) && Resources.every((resource) => typeof resource === 'string')))
}

/** The entries of a request, without the members that are null. Throws SerializationException if one has the wrong type. */
export const readEntries = (input: Json): PutEventsEntry[] => {
  const entries = input['Entries'] ?? []
  if (!Array.isArray(entries) || !entries.every(wellTyped)) {
    throw new ServiceError('SerializationException', 'Expected Entries to be a list of entries whose members have the types that the API names.')
  }
  return entries.map((entry: object) => Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null)))
}

const check = (entries: readonly PutEventsEntry[]): void => {
  if (entries.length < 1 || entries.length > MAX_ENTRIES) {
    refuse(`[${entries.map(shown).join(', ')}]`, 'entries', `Member must have length ${entries.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${MAX_ENTRIES}`}`)
  }
  entries.forEach(({EventBusName}, index) => {
    if (EventBusName !== undefined && !new RegExp(`^${BUS}$`).test(EventBusName)) {
      refuse(EventBusName, `entries.${index + 1}.member.eventBusName`, `Member must satisfy regular expression pattern: ${BUS}`)
    }
  })
  if (entries.reduce((size, entry) => size + entrySize(entry), 0) >= TOTAL_BYTES) {
    throw new ServiceError('ValidationException', 'Total size of the entries in the request is over the limit.')
  }
}

const isEvent = (outcome: EventEnvelope | PutEventsResult['Entries'][number]): outcome is EventEnvelope => 'version' in outcome

/** PutEvents: what it accepts is in the store when it returns. An unknown bus swallows its events with a 200, as on AWS. */
export const createPutEvents = (deps: EventsDeps, registry: Registry, router: Router) => (entries: readonly PutEventsEntry[]): PutEventsResult => {
  check(entries)
  const outcomes = entries.map((entry) => createEnvelope(entry, registry.place, deps.clock.now(), (deps.newId ?? randomUUID)()))
  const arrivals = outcomes.flatMap((event, index) =>
    isEvent(event) ? [{bus: busName(entries[index]?.EventBusName), event, detail: entries[index]?.Detail}] : [])
  void router.take(arrivals)
  return {
    FailedEntryCount: entries.length - arrivals.length,
    Entries: outcomes.map((outcome) => isEvent(outcome) ? {EventId: outcome.id} : outcome)
  }
}
