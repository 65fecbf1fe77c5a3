import type {EventEnvelope} from '../runtime/core/types'
import {type Attempt, listLateRequests, findRequest} from './attempts'
import type {Played} from './stage'

type Detail = EventEnvelope['detail']

/** How far a transfer is, depends on bytes and time, of which a shadow has none. */
const progress = new Set(['FileDownloadProgressed'])

/** What an execution is called says nothing about what it does. */
const incidental = new Set(['executionArn'])

const isTime = (value: string): boolean => value.endsWith('Z') && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)

/** Times say when something happened; only one that was still to come then is a decision, to the second. */
const comparable = (name: string, value: unknown, {time}: EventEnvelope): unknown => {
  if (incidental.has(name)) {
    return undefined
  }
  if (typeof value === 'string' && isTime(value)) {
    return name === 'availableAt' && Date.parse(value) > Date.parse(time) + 5_000 ? Math.round(Date.parse(value) / 1000) : 'some time'
  }
  return value
}

const comparableDetail = (event: EventEnvelope): Detail =>
  Object.fromEntries(Object.entries(event.detail).map(([name, value]) => [name, comparable(name, value, event)]))

const shown = (value: unknown, most = 120): string => value === undefined ? 'absent' : JSON.stringify(value).slice(0, most)

/** The first property in which two events of a kind differ. */
const propertyDifference = (kind: string, was: Detail, is: Detail): string | undefined => {
  const name = [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .find((property) => was[property] !== is[property] && JSON.stringify(was[property]) !== JSON.stringify(is[property]))
  return name === undefined ? undefined : `${kind}.${name} was ${shown(was[name])}, is ${shown(is[name])}`
}

const byKind = (events: readonly EventEnvelope[]): Map<string, Detail[]> => {
  const kinds = new Map<string, Detail[]>()
  for (const event of events) {
    const kind = event.detail['alreadyDownloaded'] === true ? `${event['detail-type']} (late)` : event['detail-type']
    if (!progress.has(kind)) {
      kinds.set(kind, [...kinds.get(kind) ?? [], comparableDetail(event)])
    }
  }
  return kinds
}

/** What was published twice was one decision: publishers may say a thing again. */
const distinct = (details: readonly Detail[]): readonly Detail[] =>
  details.length < 2 ? details : [...new Map(details.map((detail) => [JSON.stringify(detail), detail])).values()]

const kindDifferences = (kind: string, was: readonly Detail[], is: readonly Detail[]): string[] => {
  if (was.length === is.length) {
    return was.flatMap((detail, index) => propertyDifference(kind, detail, is[index]!) ?? [])
  }
  if (was.length === 0) {
    return [`${kind} is published, and was not: ${shown(is[0], 500)}`]
  }
  return [is.length === 0 ? `${kind} was published, and is not` : `${kind} was published ${was.length} times, is ${is.length} times`]
}

/** In which events today's code differs from an archive. */
export const eventDifferences = (attempt: Attempt, played: Pick<Played, 'events'>): string[] => {
  const [was, is] = [byKind(attempt.events), byKind(played.events)]
  const isWhole = findRequest(attempt) !== undefined
  return [...new Set([...was.keys(), ...is.keys()])]
    // Of what lies before the window nothing is known.
    .filter((kind) => isWhole || was.has(kind))
    // A wish that was announced again is one wish.
    .flatMap((kind) => kindDifferences(kind, kind === 'FileRequested' ? was.get(kind)?.slice(0, 1) ?? [] : distinct(was.get(kind) ?? []), is.get(kind) ?? []))
}

const count = (users: readonly string[]): Map<string, number> => {
  const counted = new Map<string, number>()
  users.forEach((user) => counted.set(user, (counted.get(user) ?? 0) + 1))
  return counted
}

/** Pushes are in no archive; their purpose is that each user who asked is notified once of an outcome. */
const pushDifferences = (attempt: Attempt, played: Played, users: ReadonlySet<string>): string[] => {
  const settled = attempt.events.filter((event) => ['FileDownloadCompleted', 'FileDownloadFailed'].includes(event['detail-type']))
  if (settled.length === 0 || findRequest(attempt) === undefined) {
    return []
  }
  const isDone = settled.some((event) => event['detail-type'] === 'FileDownloadCompleted')
  const wanted = new Set([...users, ...isDone ? listLateRequests(attempt).map(({detail}) => String(detail['userId'])) : []])
  const sent = count(played.pushes.map(({userId}) => userId))
  return [...new Set([...wanted, ...sent.keys()])].flatMap((user) => {
    const [was, is] = [Number(wanted.has(user)), sent.get(user) ?? 0]
    return was === is ? [] : [`a push to ${user} was due ${was === 1 ? 'once' : 'never'}, goes out ${is === 1 ? 'once' : is === 0 ? 'never' : `${is} times`}`]
  })
}

/** Why what today's code makes of an attempt is not what came of it; `users` asked for the file in it or before it. */
export const listDifferences = (attempt: Attempt, played: Played, users: ReadonlySet<string>): string[] => [
  ...played.refused === undefined ? [] : [`the request was taken, is refused: ${played.refused.slice(0, 300)}`],
  ...eventDifferences(attempt, played),
  ...played.givenUp.map(({functionName, error}) => `${functionName} gives up: ${error.slice(0, 300)}`),
  ...played.isOpen ? [] : pushDifferences(attempt, played, users)
]
