export type Kind = 'request' | 'event' | 'state' | 'workflow' | 'bytes' | 'record' | 'push' | 'log'

/** One thing that happened. */
export interface Entry {
  /** ISO 8601 UTC. */
  readonly at: string
  readonly kind: Kind
  readonly subject: string
  readonly detail: string
  /** Where it was read. */
  readonly from: 'table' | 'history' | 'logs'
}

/** Of things at the same millisecond, causes before effects; what one execution says keeps its own order. */
const rank: Readonly<Record<Kind, number>> = {request: 0, log: 1, event: 2, workflow: 3, state: 3, bytes: 3, record: 4, push: 5}

/** One story out of many: by time, and causes first. */
export const inOrder = (entries: readonly Entry[]): Entry[] =>
  [...entries].sort((one, other) => one.at.localeCompare(other.at) || rank[one.kind] - rank[other.kind])

const offset = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(3).padStart(9)} s`

/** Lines for people; times count from the first entry. */
export const formatStory = (entries: readonly Entry[]): string[] => {
  const start = Date.parse(entries[0]?.at ?? '')
  return entries.map(({at, kind, subject, detail}) =>
    `${offset(Date.parse(at) - start)}  ${kind.padEnd(8)}  ${subject.padEnd(26)}  ${detail}`.trimEnd())
}
