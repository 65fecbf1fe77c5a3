import {getItem, updateItem} from '../../lib/vendor/AWS/DynamoDB'
import type {FileRecord} from '../../types/domain'
import {unlessRefused} from './conditions'
import {env} from '../env'
import {fileKey} from './keys'
import {parseFile} from './records'

/** A change of a file's record: DynamoDB expressions, in which `#name` stands for the attribute `name`. */
export interface FileChange {
  readonly update: string
  readonly where: string
  readonly values: Readonly<Record<string, unknown>>
}

const namesIn = (...expressions: string[]): Record<string, string> =>
  Object.fromEntries(expressions.join(' ').match(/#\w+/g)?.map((name) => [name, name.slice(1)]) ?? [])

/** The record, unless its object has had its days. DynamoDB takes up to some days to delete it: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html */
export const unlessExpired = (file: FileRecord | undefined): FileRecord | undefined =>
  file?.expiresAt !== undefined && file.expiresAt * 1000 <= Date.now() ? undefined : file

/** A file's record as it stands now (strongly consistent), or undefined. */
export const getFile = async (fileId: string): Promise<FileRecord | undefined> => {
  const {Item} = await getItem({TableName: env('TABLE_NAME'), Key: fileKey(fileId), ConsistentRead: true})
  return unlessExpired(Item && parseFile(Item))
}

/** Changes a file's record where the condition holds and answers it as it is then, or was before; undefined where the condition does not hold. */
export const changeFile = async (
  fileId: string, {update, where, values}: FileChange, answer: 'ALL_NEW' | 'ALL_OLD' = 'ALL_NEW'
): Promise<FileRecord | undefined> => {
  const names = namesIn(update, where)
  const result = await unlessRefused(updateItem({
    TableName: env('TABLE_NAME'),
    Key: fileKey(fileId),
    UpdateExpression: update,
    ConditionExpression: where,
    ...(Object.keys(names).length > 0 && {ExpressionAttributeNames: names}),
    ExpressionAttributeValues: values,
    ReturnValues: answer
  }))
  return result?.Attributes && parseFile(result.Attributes)
}
