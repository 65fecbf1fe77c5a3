import type {DatabaseSync} from 'node:sqlite'
import type {Observation} from '../../runtime/core/types'
import type {Entry} from './entry'
import {collectFacts} from './facts'
import {type Filter, type JournalTable, openJournalTable, type Query} from './journal-table'
import {createRelate} from './relate'

/** Everything that was observed, newest of each kind: what the console shows after a reload, and where a stream continues. */
export interface Journal {
  record: (observation: Observation) => void
  select: (query: Query) => Entry[]
  count: (filter: Filter & {readonly text?: string}) => number
  /** Id of the newest entry; 0 before the first. */
  last: () => number
  /** Greatest id that was dropped of these types: what a reader has not seen up to here it will never see. */
  lostUpTo: (types?: readonly string[]) => number
  /** Returns a function that ends the subscription. */
  subscribe: (watcher: (entry: Entry) => void) => () => void
  /** Writes what waits; nothing is recorded any more. */
  close: () => void
}

/** Entries of one type that are kept; a busy type does not push out the others. */
const keep = 20_000
const slack = keep / 10
const flushMilliseconds = 50
/** A killed process may have reported entries that it had not written: their ids are not given again. */
const gap = 10_000

/** Counts what is written, and drops the oldest of a type that has too many. */
const trimmer = (table: JournalTable) => {
  const counts = new Map<Observation['type'], number>()
  return ({type}: Entry): void => {
    const count = counts.has(type) ? counts.get(type)! + 1 : table.count({type})
    counts.set(type, count > keep + slack ? keep : count)
    if (count > keep + slack) {
      table.trim(type, keep)
    }
  }
}

export const openJournal = (db: DatabaseSync): Journal => {
  const table = openJournalTable(db)
  const relate = createRelate()
  const watchers = new Set<(entry: Entry) => void>()
  const trim = trimmer(table)
  const lastWritten = table.last()
  let last = lastWritten === 0 ? 0 : lastWritten + gap
  let waiting: Entry[] = []
  let timer: NodeJS.Timeout | undefined
  let closed = false

  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    const entries = waiting
    waiting = []
    table.insert(entries)
    entries.forEach(trim)
  }
  return {
    record: (observation) => {
      if (closed) {
        return
      }
      last += 1
      const entry: Entry = {...relate(collectFacts(observation)), ...observation, id: last}
      waiting.push(entry)
      timer ??= setTimeout(flush, flushMilliseconds).unref()
      watchers.forEach((watcher) => watcher(entry))
    },
    select: (query) => {
      flush()
      return table.select(query)
    },
    count: (filter) => {
      flush()
      return table.count(filter)
    },
    last: () => last,
    lostUpTo: table.lostUpTo,
    subscribe: (watcher) => {
      watchers.add(watcher)
      return () => { watchers.delete(watcher) }
    },
    close: () => {
      flush()
      closed = true
    }
  }
}
