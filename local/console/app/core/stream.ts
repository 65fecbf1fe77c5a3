import {signal} from '@preact/signals'
import {trustedJson} from '../../../../shared/json'
import type {Entry} from '../../api/entry'

type Watcher = (entry: Entry) => unknown

export type Connection = 'connecting' | 'live' | 'lost'

/** How the stream stands. */
export const connection = signal<Connection>('connecting')

/** Counts up when the journal has lost entries that were not seen: everything that was loaded is to be loaded again. */
export const resets = signal(0)

interface Shared {
  readonly watchers: Set<Watcher>
  close: () => void
}

const open = (path: string, onState: (state: Connection) => void): Shared => {
  const watchers = new Set<Watcher>()
  const source = new EventSource(path)
  source.onopen = () => onState('live')
  source.onerror = () => onState('lost')
  source.onmessage = ({data}: MessageEvent<string>) => {
    const entry = trustedJson<Entry>(data)
    watchers.forEach((watcher) => watcher(entry))
  }
  source.addEventListener('reset', () => { resets.value += 1 })
  return {watchers, close: () => source.close()}
}

const everythingButLogs = '/_local/stream?types=event,delivery,state,execution,invocation,object,notification'

const streams = new Map<string, Shared>()

const watchPath = (path: string, watcher: Watcher, keep: boolean): () => void => {
  const shared = streams.get(path) ?? open(path, (state) => {
    if (keep) {
      connection.value = state
    }
  })
  streams.set(path, shared)
  shared.watchers.add(watcher)
  return () => {
    shared.watchers.delete(watcher)
    if (shared.watchers.size === 0 && !keep) {
      shared.close()
      streams.delete(path)
    }
  }
}

/** Watches everything but log lines. A dropped connection continues where it was: the browser names the last entry that it has. */
export const watch = (watcher: Watcher): (() => void) => watchPath(everythingButLogs, watcher, true)

/** Watches log lines, for as long as someone does. */
export const watchLogs = (watcher: Watcher): (() => void) => watchPath('/_local/stream?types=log', watcher, false)
