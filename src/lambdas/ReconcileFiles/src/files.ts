import type {FileRecord, FileStatus} from '../../../types/domain'
import {env} from '../../../util/env'
import {queryAll} from '../../../util/files/query-all'
import {parseFile} from '../../../util/files/records'

/** Every file in a status, the one that is due longest first. */
export const filesIn = (status: FileStatus): AsyncGenerator<FileRecord, void, undefined> => queryAll(parseFile, {
  TableName: env('TABLE_NAME'),
  IndexName: 'StatusIndex',
  KeyConditionExpression: '#status = :status',
  ExpressionAttributeNames: {'#status': 'status'},
  ExpressionAttributeValues: {':status': status}
})
