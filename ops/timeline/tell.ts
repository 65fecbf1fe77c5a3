import {SFNClient} from '@aws-sdk/client-sfn'
import {RefusedError} from '../../shared/cli/errors'
import {fileItems, tableClient} from '../program/file-items'
import {folderLogs} from '../program/folder-logs'
import {clientOptions, type Target} from '../program/target'
import {cloudWatchLogs} from './cloudwatch-logs'
import {type Entry, inOrder} from './entry'
import {executionsStory} from './executions'
import {logsStory} from './log-lines'
import {findFacts, recordsStory} from './records'

/** What happened, and what could not be read. */
export interface Timeline {
  readonly fileId: string
  readonly entries: readonly Entry[]
  readonly notes: readonly string[]
}

const withoutLogs = ', so the functions\' own events are missing here: --data names the folder of npm start; with --ephemeral none is kept.'

/** Reads all there is about a file. Throws if there is no such file. */
export const tell = async (fileId: string, {suffix, data, ...place}: Target): Promise<Timeline> => {
  const settings = clientOptions(place)
  const items = await fileItems(tableClient(settings), `MediaDownloader${suffix}`, fileId)
  const file = findFacts(items)
  if (file === undefined) {
    throw new RefusedError(`There is no file ${fileId} in the table MediaDownloader${suffix}.`)
  }
  const records = recordsStory(items)
  const [executions, logs] = await Promise.all([
    executionsStory(new SFNClient(settings), `FileDownloadWorkflow${suffix}`, fileId, file),
    place.endpoint === undefined ? cloudWatchLogs(settings, suffix, fileId, file) : folderLogs(data, withoutLogs)
  ])
  return {
    fileId,
    entries: inOrder([...records.entries, ...executions.entries, ...logsStory(logs.lines, fileId, file.correlationId)]),
    notes: [...records.notes, ...executions.notes, ...logs.notes]
  }
}
