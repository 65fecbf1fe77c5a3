import {openDocuments, type Documents} from '../../runtime/core/documents'
import type {ArchivedEvent, ArchivedEvents} from './archived-events'
import type {EventsDeps} from './deps'
import type {EventEnvelope} from '../../runtime/core/types'
import type {Archive, Replay} from './model'
import {busName} from './names'
import type {Registry} from './registry'
import type {Router} from './router'

export interface Replays {
  readonly documents: Documents<Replay>
  /** Stores a replay and starts it. */
  start: (replay: Replay) => void
  /** Resumes what an earlier process left. */
  resume: () => void
  stop: () => void
  /** Resolves once no replay is under way. */
  idle: () => Promise<void>
}

interface Work {
  readonly deps: EventsDeps
  readonly registry: Registry
  readonly archived: ArchivedEvents
  readonly router: Router
  readonly documents: Documents<Replay>
  readonly running: Set<Promise<void>>
  stopped: boolean
}

/** Events sent before the next look at the replay's state; also how many deliveries run at once. */
const PAGE = 200

const seconds = ({deps}: Work): number => Math.floor(deps.clock.now() / 1000)

const change = ({documents}: Work, name: string, members: Partial<Replay>): Replay => {
  const replay = {...documents.get(name)!, ...members}
  documents.put(name, replay)
  return replay
}

/** The name stands between region and resources, as in events that AWS replays. */
const replayed = ({resources, detail, ...head}: EventEnvelope, name: string): EventEnvelope => ({...head, 'replay-name': name, resources, detail})

const send = async (work: Work, replay: Replay, events: readonly ArchivedEvent[]): Promise<void> => {
  const {Destination: {Arn, FilterArns}, ReplayName} = replay
  const last = events.at(-1)!
  const only = FilterArns === undefined ? {} : {only: FilterArns}
  const arrivals = events.map(({event}) => ({bus: busName(Arn), event: replayed(event, ReplayName), ...only}))
  await work.router.take(arrivals, () => {
    change(work, ReplayName, {cursor: [last.time, last.id], EventLastReplayedTime: Math.floor(last.time / 1000)})
  })
}

const findArchive = ({registry}: Work, {EventSourceArn}: Replay): Archive | undefined =>
  registry.archives.all().find(({ArchiveArn}) => ArchiveArn === EventSourceArn)

const nextPage = (work: Work, replay: Replay): ArchivedEvent[] => {
  const archive = findArchive(work, replay)
  return archive === undefined ? [] : work.archived.page(archive, [replay.EventStartTime * 1000, replay.EventEndTime * 1000], replay.cursor, PAGE)
}

/** Page by page, each with its cursor in one transaction: a restart sends what was not sent, and nothing twice. */
const run = async (work: Work, name: string): Promise<void> => {
  await new Promise((resolve) => setImmediate(resolve))
  if (!work.stopped && work.documents.get(name)?.State === 'STARTING') {
    change(work, name, {State: 'RUNNING'})
  }
  while (!work.stopped) {
    const replay = work.documents.get(name)!
    if (replay.State === 'CANCELLING') {
      change(work, name, {State: 'CANCELLED', ReplayEndTime: seconds(work)})
      return
    }
    const events = nextPage(work, replay)
    if (events.length === 0) {
      change(work, name, {State: 'COMPLETED', ReplayEndTime: seconds(work)})
      return
    }
    await send(work, replay, events)
  }
}

const track = (work: Work, name: string): void => {
  const running = run(work, name)
    .catch((error: unknown) => { change(work, name, {State: 'FAILED', StateReason: String(error), ReplayEndTime: seconds(work)}) })
    .finally(() => work.running.delete(running))
  work.running.add(running)
}

const unfinished = new Set<Replay['State']>(['STARTING', 'RUNNING', 'CANCELLING'])

export const isUnfinished = ({State}: Replay): boolean => unfinished.has(State)

/** Sends archived events to their own bus again, oldest first (AWS promises no order). */
export const createReplays = (parts: Pick<Work, 'deps' | 'registry' | 'archived' | 'router'>): Replays => {
  const work: Work = {...parts, documents: openDocuments<Replay>(parts.deps.db, 'events_replays'), running: new Set(), stopped: false}
  return {
    documents: work.documents,
    start: (replay) => {
      work.documents.put(replay.ReplayName, replay)
      track(work, replay.ReplayName)
    },
    resume: () => work.documents.all().filter(isUnfinished).forEach(({ReplayName}) => track(work, ReplayName)),
    stop: () => { work.stopped = true },
    idle: async () => { await Promise.all(work.running) }
  }
}
