import type {EventEnvelope} from '../../local/runtime/core/types'
import {readFolderArchive} from '../../local/replay/folder-archive'
import {readEvents} from '../../local/replay/ndjson'
import {histories} from '../../local/replay/selection'
import type {ReplayOptions} from './options'

const isWithin = ({window: {from, to}}: ReplayOptions) => ({time}: EventEnvelope): boolean => Date.parse(time) >= from && Date.parse(time) <= to

/** The events that the options name, from a file or from a folder's archive: whole histories. */
export const localEvents = (options: ReplayOptions): readonly EventEnvelope[] => {
  const {source, window} = options
  const events = source.kind === 'file' ? readEvents(source.path).filter(isWithin(options)) : source.kind === 'folder' ? readFolderArchive(source.path, window) : []
  return histories(events, options)
}
