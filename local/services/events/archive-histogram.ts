import type {DatabaseSync} from 'node:sqlite'

export interface HistogramQuery {
  readonly archive: string
  /** Epoch ms, both ends included. */
  readonly from: number
  readonly to: number
  readonly buckets: number
}

export interface Bucket {
  readonly from: number
  readonly name: string
  readonly count: number
}

/** How many events of each kind an archive holds in each part of a window. */
export const archiveHistogram = (db: DatabaseSync) => {
  const select = db.prepare(`SELECT CAST((time - ?2) / ?4 AS INTEGER) AS bucket, json_extract(event, '$."detail-type"') AS name, count(*) AS count
    FROM events_archived WHERE archive = ?1 AND time BETWEEN ?2 AND ?3 GROUP BY bucket, name ORDER BY bucket, name`)
  const span = db.prepare('SELECT min(time) AS first, max(time) AS last, count(*) AS count FROM events_archived WHERE archive = ?')
  return {
    /** Time of the first and the last event; undefined if there is none. */
    span: (archive: string): {first: number, last: number} | undefined => {
      const {first, last, count} = span.get(archive)!
      return Number(count) === 0 ? undefined : {first: Number(first), last: Number(last)}
    },
    count: ({archive, from, to, buckets}: HistogramQuery): Bucket[] => {
      const width = Math.max(1, (to - from) / buckets)
      return select.all(archive, from, to, width)
        .map(({bucket, name, count}) => ({from: from + Number(bucket) * width, name: String(name), count: Number(count)}))
    }
  }
}
