import type {FileRecord, FileStatus} from '../../../types/domain'
import {env} from '../../../util/env'
import {queryAll} from '../../../util/files/query-all'
import {parseFile} from '../../../util/files/records'

const waiting: readonly FileStatus[] = ['MetadataReady', 'Scheduled']
// StartFileUpload and Lambda's retries of it are over by then; an attempt that was never announced gets the same time.
const leftMilliseconds = 15 * 60_000

const queryDueFiles = (status: FileStatus, until: string): AsyncGenerator<FileRecord, void, undefined> => queryAll(parseFile, {
  TableName: env('TABLE_NAME'),
  IndexName: 'StatusIndex',
  KeyConditionExpression: '#status = :status AND availableAt <= :until',
  FilterExpression: 'attribute_not_exists(claimedBy)',
  ExpressionAttributeNames: {'#status': 'status'},
  ExpressionAttributeValues: {':status': status, ':until': until}
})

/** Files whose metadata is known, that may be fetched now and that no execution has claimed. */
export async function* dueFiles(): AsyncGenerator<FileRecord, void, undefined> {
  const now = new Date().toISOString()
  for (const status of waiting) {
    yield* queryDueFiles(status, now)
  }
}

/** Files that were asked for a while ago and never got further: their request died before its event, or the event was lost. */
export const leftFiles = (): AsyncGenerator<FileRecord, void, undefined> =>
  queryDueFiles('Requested', new Date(Date.now() - leftMilliseconds).toISOString())
