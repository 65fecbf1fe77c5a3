import {getItem} from '../../lib/vendor/AWS/DynamoDB'
import type {FileRecord} from '../../types/domain'
import {env} from '../env'
import {fileKey} from './keys'
import {parseFile} from './records'

/**
 * Whether the time of a file's object is over. DynamoDB may take some days to delete the record:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
 */
export const isForgotten = ({expiresAt}: FileRecord): boolean => expiresAt !== undefined && expiresAt * 1000 <= Date.now()

/** The record, unless it is forgotten. */
export const unlessForgotten = (file: FileRecord | undefined): FileRecord | undefined =>
  file === undefined || isForgotten(file) ? undefined : file

/** A file's record as it stands now (strongly consistent), or undefined. */
export const getFile = async (fileId: string): Promise<FileRecord | undefined> => {
  const {Item} = await getItem({TableName: env('TABLE_NAME'), Key: fileKey(fileId), ConsistentRead: true})
  return unlessForgotten(Item && parseFile(Item))
}
