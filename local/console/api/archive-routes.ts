import type {DatabaseSync} from 'node:sqlite'
import {trustedJson} from '../../../shared/json'
import {ServiceError} from '../../runtime/core/errors'
import type {EventEnvelope} from '../../runtime/core/types'
import {archiveHistogram} from '../../services/events/archive-histogram'
import {runShadow} from '../../replay/shadow'
import type {Wiring} from '../../../shared/wiring/wiring'
import {numberIn, timeIn} from '../../runtime/core/query'
import type {LocalRoute} from '../../runtime/core/router'

const iso = (at: number): string => new Date(at).toISOString()

/** The window of a query. Throws ValidationException. */
const windowIn = (query: URLSearchParams): {from: number, to: number} => {
  const [from, to] = [timeIn(query, 'from'), timeIn(query, 'to')]
  if (from >= to) {
    throw new ServiceError('ValidationException', `The time from ${iso(from)} to ${iso(to)} is empty. Choose an end after its start.`)
  }
  return {from, to}
}

/** What an archive holds, over time, and what today's code makes of it. */
export const archiveRoutes = (db: DatabaseSync, wiring: Wiring): LocalRoute[] => {
  const {span, count} = archiveHistogram(db)
  const select = db.prepare('SELECT event FROM events_archived WHERE archive = ? AND time BETWEEN ? AND ? ORDER BY time, id')
  return [
    {
      method: 'GET', path: '/archives/{archive}', answer: ({path}) => {
        const found = span(path['archive']!)
        return {firstAt: found === undefined ? null : iso(found.first), lastAt: found === undefined ? null : iso(found.last)}
      }
    },
    {
      method: 'GET', path: '/archives/{archive}/histogram', answer: ({path, query}) => {
        const {from, to} = windowIn(query)
        const buckets = numberIn(query, 'buckets', 500) ?? 60
        return {buckets: count({archive: path['archive']!, from, to, buckets}).map((bucket) => ({...bucket, from: iso(bucket.from)}))}
      }
    },
    {
      method: 'POST', path: '/archives/{archive}/shadow', answer: ({path, query}) => {
        const {from, to} = windowIn(query)
        return runShadow({wiring, events: select.all(path['archive']!, from, to).map(({event}) => trustedJson<EventEnvelope>(String(event)))})
      }
    }
  ]
}
