import {deleteItem, getItem, query} from '../lib/vendor/AWS/DynamoDB'
import type {FileRecord} from '../types/domain'
import type {FileUserRecord} from '../types/file-user'
import {env} from './env'
import {NamedError} from './errors'
import {getFile} from './file-records'
import {fileKey, fileUserKey, fileUserPrefix, isFileId} from './keys'

/** A file, and that a user asked for it. */
export interface RequestedFile {
  readonly file: FileRecord
  readonly request: FileUserRecord
}

const findRequest = async (fileId: string, userId: string): Promise<FileUserRecord | undefined> => {
  const {Item} = await getItem({TableName: env('TABLE_NAME'), Key: fileUserKey(fileId, userId), ConsistentRead: true})
  return Item as FileUserRecord | undefined
}

/** The file that a user asked for, as it stands now. Throws FileNotFoundError, whoever else asked for it: nobody learns of others' files. */
export const requestedFile = async (fileId: string, userId: string): Promise<RequestedFile> => {
  const request = isFileId(fileId) ? await findRequest(fileId, userId) : undefined
  const file = request && await getFile(fileId)
  if (request === undefined || file === undefined) {
    throw new NamedError('FileNotFoundError', `You have not requested a file with the id '${fileId.slice(0, 128)}'. Look at the list of your files.`)
  }
  return {file, request}
}

/** One who wants a file, other than a user; undefined where there is nobody else. */
export const otherUserOf = async (fileId: string, userId: string): Promise<FileUserRecord | undefined> => {
  const {Items = []} = await query({
    TableName: env('TABLE_NAME'),
    KeyConditionExpression: 'PK = :file AND begins_with(SK, :users)',
    ExpressionAttributeValues: {':file': fileKey(fileId).PK, ':users': fileUserPrefix},
    ConsistentRead: true,
    Limit: 2
  })
  return (Items as FileUserRecord[]).find((request) => request.userId !== userId)
}

/** Forgets that a user asked for a file. */
export const forgetRequest = async (fileId: string, userId: string): Promise<void> => {
  await deleteItem({TableName: env('TABLE_NAME'), Key: fileUserKey(fileId, userId)})
}
