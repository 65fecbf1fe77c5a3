import type {EventEnvelope} from '../runtime/core/types'

export interface Selection {
  /** Kinds of events; none: all. */
  readonly events: readonly string[]
  /** Files; none: all. */
  readonly files: readonly string[]
}

const readFileId = ({detail}: EventEnvelope): string => String(detail['fileId'] ?? '')

/** Whole histories of the chosen files, and of those that have a chosen event: half a history is no measure for another. */
export const histories = (events: readonly EventEnvelope[], selection: Selection): readonly EventEnvelope[] => {
  const having = new Set(events.filter((event) => selection.events.length === 0 || selection.events.includes(event['detail-type'])).map(readFileId))
  return events.filter((event) => having.has(readFileId(event)) && (selection.files.length === 0 || selection.files.includes(readFileId(event))))
}
