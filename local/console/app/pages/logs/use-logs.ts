import {useEffect, useState} from 'preact/hooks'
import {isOfType, type Entry, type EntryOf} from '../../../api/entry'
import {local, explain} from '../../core/http'
import {resets, watchLogs} from '../../core/stream'

export interface LogFilter {
  readonly name: string
  readonly correlationId: string
  readonly requestId: string
  readonly text: string
}

type Log = EntryOf<'log'>

interface Page {
  readonly last: number
  readonly entries: readonly Log[]
  readonly next: number | null
}

const most = 5000
const settleMilliseconds = 100

const load = (filter: LogFilter, before?: number): Promise<Page> => {
  const given = Object.entries(filter).filter(([, value]) => value !== '')
  return local(`/logs?${new URLSearchParams({limit: '500', ...Object.fromEntries(given), ...(before !== undefined && {before: String(before)})})}`)
}

const fits = (filter: LogFilter) => (entry: Entry): boolean => (filter.name === '' || entry.name === filter.name)
  && (filter.correlationId === '' || entry.correlationId === filter.correlationId)
  && (filter.requestId === '' || entry.requestId === filter.requestId)
  && (filter.text === '' || JSON.stringify(entry).toLowerCase().includes(filter.text.toLowerCase()))

const appended = (known: readonly Log[], more: readonly Log[]): readonly Log[] => {
  const last = known.at(-1)?.id ?? 0
  return [...known, ...more.filter(({id}) => id > last)].slice(-most)
}

/** Log lines, oldest first: the newest that there are, and those that come. */
export const useLogs = (filter: LogFilter) => {
  const [lines, setLines] = useState<readonly Log[]>()
  const [next, setNext] = useState<number | null>(null)
  const [error, setError] = useState<string>()
  useEffect(() => {
    let isGone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    let waiting: Log[] = []
    const flush = (): void => {
      timer = undefined
      const more = waiting
      waiting = []
      setLines((known) => appended(known ?? [], more))
    }
    const begin = (): void => void load(filter).then(({entries, next: older}) => {
      if (!isGone) {
        setLines(appended(entries.toReversed(), waiting))
        setNext(older)
      }
    }, (reason: unknown) => setError(explain(reason)))
    const isWanted = fits(filter)
    const ends = [resets.subscribe(() => undefined), watchLogs((entry) => {
      if (isOfType('log')(entry) && isWanted(entry)) {
        waiting.push(entry)
        timer ??= setTimeout(flush, settleMilliseconds)
      }
    })]
    begin()
    return () => {
      isGone = true
      clearTimeout(timer)
      ends.forEach((end) => end())
    }
  }, Object.values(filter))
  const older = (): void => {
    if (next !== null) {
      void load(filter, next).then((page) => {
        setLines((known) => [...page.entries.toReversed(), ...known ?? []])
        setNext(page.next)
      })
    }
  }
  return {lines, error, ...(next !== null && {older})}
}
