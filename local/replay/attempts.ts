import type {EventEnvelope} from '../runtime/core/types'

/** One attempt at a file, from the request to its outcome, as far as an archive has it. */
export interface Attempt {
  readonly fileId: string
  readonly correlationId: string
  /** Its events, oldest first. */
  readonly events: readonly EventEnvelope[]
  /** It is to be transferred by ranges. */
  readonly isRanged?: boolean
}

/** All that an archive has about one file, attempt after attempt. */
export interface ArchivedFile {
  readonly fileId: string
  readonly attempts: readonly Attempt[]
}

/** In the order in which an attempt's events follow from each other: their own times have whole seconds. */
const order = ['FileRequested', 'FileMetadataReady', 'FileDownloadStarted', 'FileDownloadProgressed', 'FileDownloadCompleted', 'FileDownloadFailed']

const isLate = (event: EventEnvelope): boolean => event.detail['alreadyDownloaded'] === true

const rankEvent = (event: EventEnvelope): number => isLate(event) ? order.length : order.indexOf(event['detail-type'])

const byTime = (left: EventEnvelope, right: EventEnvelope): number =>
  left.time < right.time ? -1 : left.time > right.time ? 1 : rankEvent(left) - rankEvent(right)

const text = ({detail}: EventEnvelope, name: string): string => String(detail[name] ?? '')

const groups = <T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, T[]> => {
  const grouped = new Map<string, T[]>()
  for (const item of items) {
    const group = grouped.get(keyOf(item))
    if (group === undefined) {
      grouped.set(keyOf(item), [item])
    } else {
      group.push(item)
    }
  }
  return grouped
}

/** An event may be in an archive twice: delivery is at least once everywhere. */
const once = (events: readonly EventEnvelope[]): EventEnvelope[] => [...new Map(events.map((event) => [event.id, event])).values()]

const groupAttempts = (fileId: string, events: readonly EventEnvelope[]): Attempt[] =>
  [...groups(once(events).toSorted(byTime), (event) => text(event, 'correlationId'))].map(([correlationId, own]) => ({fileId, correlationId, events: own}))

/** The files that archived events tell of, in the order of their first event. Events of other kinds than a file's are left out. */
export const filesIn = (events: Iterable<EventEnvelope>): ArchivedFile[] =>
  [...groups(events, (event) => text(event, 'fileId'))].filter(([fileId]) => fileId !== '')
    .map(([fileId, own]) => ({fileId, attempts: groupAttempts(fileId, own)}))

/** The user's wish that an attempt began with; undefined if the archive begins later. */
export const findRequest = ({events}: Attempt): EventEnvelope | undefined => events.find((event) => event['detail-type'] === 'FileRequested' && !isLate(event))

/** Wishes of users who came after the download. */
export const listLateRequests = ({events}: Attempt): EventEnvelope[] => events.filter(isLate)

/** The detail of an attempt's event of a kind, the last one if there are several. */
export const findDetail = ({events}: Attempt, kind: string): EventEnvelope['detail'] | undefined => events.findLast((event) => event['detail-type'] === kind)?.detail

const outcomes = ['FileDownloadCompleted', 'FileDownloadFailed']

/** Whether an event is about something after the end of what the archive has: the file was cancelled, or the archive's window ends. */
export const isBeyond = ({events}: Attempt, kind: string): boolean =>
  kind === 'FileDownloadStarted' && !events.some((event) => event['detail-type'] === kind || outcomes.includes(event['detail-type']))

/** What the archive says about what was asked for. */
export const findSourceUrl = ({events}: Attempt): string | undefined => events.map((event) => text(event, 'sourceUrl')).find((url) => url !== '')
