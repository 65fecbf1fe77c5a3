import {ServiceError} from '../../runtime/core/errors'
import {requiredString} from '../../runtime/core/json'
import {eventFields} from '../../../shared/patterns/event-fields'
import {compilePattern} from '../../services/events/pattern'
import {type Entry, type EntryOf, isOfType} from './entry'
import type {Journal} from './journal'
import {numberIn, textsIn} from '../../runtime/core/query'
import type {LocalRoute} from '../../runtime/core/router'
import type {Judge} from './verdict'

const maxAtOnce = 500
/** Newest events that a pattern is tried on. */
const maxTried = 2000

/** What became of an event at one target: the last that was reported of it. */
const listFates = (entries: readonly Entry[]) => {
  const fates = new Map(entries.filter(isOfType('delivery')).map((delivery) => [`${delivery.rule} ${delivery.target}`, delivery]))
  return [...fates.values()].map(({at, rule, target, outcome, attempt, error}) => ({at, rule, target, outcome, attempts: attempt, error}))
}

const listConsumers = (entries: readonly Entry[]) => entries.filter(isOfType('invocation'))
  .map(({at, functionName, requestId, milliseconds, error}) => ({at, functionName, requestId, milliseconds, error}))

/** An event with all that is known of it. */
const shown = (judge: Judge, {id, at, event, bus, rules}: EntryOf<'event'>, about: readonly Entry[]) =>
  ({id, at, event, bus, rules, ...judge(event), deliveries: listFates(about), invocations: listConsumers(about)})

const byEvent = (entries: readonly Entry[]): ReadonlyMap<string, Entry[]> => {
  const groups = new Map<string, Entry[]>()
  entries.forEach((entry) => {
    const key = entry.eventId ?? ''
    groups.set(key, [...groups.get(key) ?? [], entry])
  })
  return groups
}

const related = (journal: Journal, events: readonly EntryOf<'event'>[]): ReadonlyMap<string, Entry[]> => byEvent(events.length === 0
  ? []
  : journal.select({type: ['delivery', 'invocation'], eventId: events.map(({event}) => event.id), limit: maxAtOnce * 20, ascending: true}))

const list = (journal: Journal, judge: Judge, query: URLSearchParams) => {
  const filter = {type: 'event', ...textsIn(query, ['name', 'fileId', 'correlationId', 'text'])}
  const before = numberIn(query, 'before', Number.MAX_SAFE_INTEGER)
  const limit = numberIn(query, 'limit', maxAtOnce) ?? 100
  const last = journal.last()
  const events = journal.select({...filter, limit, ...(before !== undefined && {before})}).filter(isOfType('event'))
  const about = related(journal, events)
  return {
    last,
    total: journal.count(filter),
    events: events.map((entry) => shown(judge, entry, about.get(entry.event.id) ?? [])),
    next: events.length === limit ? events.at(-1)!.id : null
  }
}

const attempts = (entries: readonly Entry[]) => entries.filter(isOfType('delivery'))
  .map(({at, rule, target, outcome, attempt, error}) => ({at, rule, target, outcome, attempt, error}))

const one = (journal: Journal, judge: Judge, eventId: string) => {
  const entries = journal.select({eventId, limit: maxAtOnce, ascending: true})
  const found = entries.find(isOfType('event'))
  if (found === undefined) {
    throw new ServiceError('NotFoundException', `No event '${eventId}' was seen lately.`, 404)
  }
  return {...shown(judge, found, entries), attempts: attempts(entries)}
}

const tried = (journal: Journal, text: string) => {
  const pattern = compilePattern(text)
  const events = journal.select({type: 'event', limit: maxTried}).filter(isOfType('event'))
  const matching = events.filter(({event}) => pattern(eventFields(event)))
  return {tried: events.length, matching: matching.map(({id, at, event}) => ({id, at, eventId: event.id, name: event['detail-type'], fileId: event.detail['fileId']}))}
}

/** What was said on the bus and what became of it. */
export const eventRoutes = (journal: Journal, judge: Judge): LocalRoute[] => [
  {method: 'GET', path: '/events', answer: ({query}) => list(journal, judge, query)},
  {method: 'GET', path: '/events/{eventId}', answer: ({path}) => one(journal, judge, path['eventId']!)},
  {method: 'POST', path: '/verdict', answer: async ({body}) => judge(await body())},
  {method: 'POST', path: '/patterns', answer: async ({body}) => tried(journal, requiredString(await body(), 'pattern'))}
]
