import type {Journal} from './journal'

/** What the files are called, if the bus has said it. */
export type TitlesOf = (fileIds: readonly string[]) => ReadonlyMap<string, string>

export const createTitles = (journal: Journal): TitlesOf => (fileIds) => {
  const entries = fileIds.length === 0 ? [] : journal.select({type: 'event', name: 'FileMetadataReady', fileId: [...new Set(fileIds)], limit: 5000, ascending: true})
  return new Map(entries.flatMap((entry) => {
    const title = entry.type === 'event' ? entry.event.detail['title'] : undefined
    return typeof title === 'string' && entry.fileId !== undefined ? [[entry.fileId, title]] : []
  }))
}
