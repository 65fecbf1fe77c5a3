import type {DatabaseSync} from 'node:sqlite'
import {ServiceError} from '../core/errors'
import {archiveHistogram} from '../events/archive-histogram'
import {numberIn, timeIn} from './query'
import type {LocalRoute} from './router'

const iso = (at: number): string => new Date(at).toISOString()

/** What an archive holds, over time. */
export const archiveRoutes = (db: DatabaseSync): LocalRoute[] => {
  const {span, count} = archiveHistogram(db)
  return [
    {
      method: 'GET', path: '/archives/{archive}', answer: ({path}) => {
        const found = span(path['archive']!)
        return {firstAt: found === undefined ? null : iso(found.first), lastAt: found === undefined ? null : iso(found.last)}
      }
    },
    {
      method: 'GET', path: '/archives/{archive}/histogram', answer: ({path, query}) => {
        const [from, to] = [timeIn(query, 'from'), timeIn(query, 'to')]
        if (from >= to) {
          throw new ServiceError('ValidationException', `Expected from to be before to; got ${iso(from)} and ${iso(to)}.`)
        }
        const buckets = numberIn(query, 'buckets', 500) ?? 60
        return {buckets: count({archive: path['archive']!, from, to, buckets}).map((bucket) => ({...bucket, from: iso(bucket.from)}))}
      }
    }
  ]
}
