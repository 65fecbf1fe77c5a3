import {type Entry, type EntryOf, isOfType} from '../../../api/entry'
import {arnName} from '../../../../../shared/wiring/arn'

/** Something on the time axis; times are epoch ms. */
export interface Span {
  readonly lane: 'Events' | 'Workflow' | 'Functions' | 'Storage and pushes'
  readonly name: string
  readonly detail: string
  readonly from: number
  /** The same as `from` for what takes no time. */
  readonly to: number
  readonly tone: 'ok' | 'run' | 'bad' | 'wait' | 'plain'
  readonly isOpen?: boolean
}

const time = ({at}: Entry): number => Date.parse(at)

const eventSpan = (entry: EntryOf<'event'>): Span => {
  const name = entry.event['detail-type']
  const {errorCode, errorMessage} = entry.event.detail
  return {
    lane: 'Events', name, from: time(entry), to: time(entry), tone: name.endsWith('Failed') ? 'bad' : name.endsWith('Completed') ? 'ok' : 'plain',
    detail: errorCode === undefined ? `rules: ${entry.rules?.join(', ') || 'none'}` : `${String(errorCode)}: ${String(errorMessage)}`
  }
}

const deliverySpan = (entry: EntryOf<'delivery'>): Span => ({
  lane: 'Events', name: `${entry.rule} ${entry.outcome}`, from: time(entry), to: time(entry), tone: entry.outcome === 'retrying' ? 'wait' : 'bad',
  detail: `attempt ${entry.attempt} to ${arnName(entry.target)}: ${entry.error ?? ''}`
})

const invocationSpan = (entry: EntryOf<'invocation'>): Span => {
  const cold = entry.initMilliseconds === undefined ? '' : `, cold start ${entry.initMilliseconds} ms`
  return {
    lane: 'Functions', name: entry.functionName, from: time(entry) - entry.milliseconds, to: time(entry), tone: entry.error === undefined ? 'ok' : 'bad',
    detail: entry.error ?? `${entry.milliseconds} ms${entry.maxMemoryBytes === undefined ? '' : `, ${Math.ceil(entry.maxMemoryBytes / 1024 / 1024)} MB`}${cold}`
  }
}

const objectSpan = (entry: EntryOf<'object'>): Span =>
  ({lane: 'Storage and pushes', name: 'Object in S3', from: time(entry), to: time(entry), tone: 'ok', detail: `${entry.key}, ${entry.size} bytes`})

const pushSpan = (entry: EntryOf<'notification'>): Span =>
  ({lane: 'Storage and pushes', name: 'Push', from: time(entry), to: time(entry), tone: 'ok', detail: `${entry.platform}${entry.userId === undefined ? '' : ` to ${entry.userId}`}`})

const stateTones = {exited: 'ok', failed: 'bad', retrying: 'wait', entered: 'run'} as const

const lineOf = <Each>(lines: Map<string, Each[]>, key: string): Each[] => {
  const line = lines.get(key) ?? []
  lines.set(key, line)
  return line
}

/**
 * A state from its entry to its exit, also if a Catch leads out of it; each retry is a mark of its own. Several at once, as in a Map, end
 * first in, first out.
 */
const stateSpans = (entries: readonly Entry[], now: number): Span[] => {
  const open = new Map<string, Array<EntryOf<'state'>>>()
  const failed = new Map<string, Array<EntryOf<'state'>>>()
  const spans: Span[] = []
  const span = (entry: EntryOf<'state'>, to: number, phase: keyof typeof stateTones, detail: string): Span =>
    ({lane: 'Workflow', name: entry.state, from: time(entry), to, tone: stateTones[phase], detail, ...(phase === 'entered' && {isOpen: true})})
  entries.filter(isOfType('state')).forEach((entry) => {
    const key = `${entry.executionArn} ${entry.state}`
    const [line, failures] = [lineOf(open, key), lineOf(failed, key)]
    if (entry.phase === 'entered') {
      line.push(entry)
    } else if (entry.phase === 'failed') {
      failures.push(entry)
    } else if (entry.phase === 'retrying') {
      spans.push(span(entry, time(entry), 'retrying', `tries again: ${entry.error ?? ''}`))
    } else {
      const failure = failures.shift()
      spans.push(span(line.shift() ?? entry, time(entry), failure === undefined ? 'exited' : 'failed', failure?.error ?? ''))
    }
  })
  for (const [key, failures] of failed) {
    failures.forEach((failure) => spans.push(span(open.get(key)?.shift() ?? failure, time(failure), 'failed', failure.error ?? '')))
  }
  const isOver = entries.some((entry) => entry.type === 'execution' && entry.status !== 'RUNNING')
  const left = [...open.values()].flat().map((entry) => span(entry, isOver ? time(entry) : now, isOver ? 'exited' : 'entered', isOver ? '' : 'under way'))
  return [...spans, ...left]
}

/** Everything about a file on one axis, in the order of the beginnings. */
export const listSpans = (entries: readonly Entry[], now: number): Span[] => [
  ...entries.filter(isOfType('event')).map(eventSpan),
  ...entries.filter(isOfType('delivery')).filter(({outcome}) => outcome !== 'delivered').map(deliverySpan),
  ...stateSpans(entries, now),
  ...entries.filter(isOfType('invocation')).map(invocationSpan),
  ...entries.filter(isOfType('object')).map(objectSpan),
  ...entries.filter(isOfType('notification')).map(pushSpan)
].sort((one, other) => one.from - other.from)

/** More of one name than this share a row, as the ranges of a large file do. */
const maxRows = 3

/** The rows of a lane: each span its own, but many of one name on one. */
export const groupRows = (spans: readonly Span[]): Span[][] => {
  const byName = Map.groupBy(spans, ({name}) => name)
  return spans.flatMap((span) => {
    const same = byName.get(span.name)!
    return same.length <= maxRows ? [[span]] : same[0] === span ? [same] : []
  })
}

/** Spans on as few tracks as leave none on another: those at the same time lie below each other. */
export const arrangeTracks = (spans: readonly Span[]): Span[][] => spans.reduce<Span[][]>((tracks, span) => {
  const free = tracks.find((track) => track.at(-1)!.to <= span.from)
  return free === undefined ? [...tracks, [span]] : tracks.map((track) => track === free ? [...track, span] : track)
}, [])
