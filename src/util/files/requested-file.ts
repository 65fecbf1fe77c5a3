import {deleteItem} from '../../lib/vendor/AWS/DynamoDB'
import type {FileRecord} from '../../types/domain'
import type {FileUserRecord} from '../../types/file-user'
import {env} from '../env'
import {NamedError} from '../errors'
import {getFile} from './file-records'
import {findRequest, listFileUsers} from './file-users'
import type {StoredRequest} from './records'
import {fileUserKey, isFileId, shardUserKey} from './keys'

/** A file, and that a user asked for it. */
export interface RequestedFile {
  readonly file: FileRecord
  readonly request: StoredRequest
}

/**
 * The file that a user asked for, as it stands now. Throws FileNotFoundError even if others asked for it: no one learns of others' files.
 */
export const requestedFile = async (fileId: string, userId: string): Promise<RequestedFile> => {
  const request = isFileId(fileId) ? await findRequest(fileId, userId) : undefined
  const file = request && await getFile(fileId)
  if (request === undefined || file === undefined) {
    throw new NamedError(
      'FileNotFoundError', `You have not requested a file with the id '${fileId.slice(0, 128)}'. Look at the list of your files.`
    )
  }
  return {file, request}
}

/** One who wants a file, other than a user; undefined if there is no one else. */
export const findOtherUser = async (fileId: string, userId: string): Promise<FileUserRecord | undefined> =>
  (await listFileUsers(fileId, 2)).find((request) => request.userId !== userId)

/** Forgets that a user asked for a file. */
export const forgetRequest = async ({file: {isSpread}, request: {PK, SK, fileId, userId}}: RequestedFile): Promise<void> => {
  // One who asked twice in the moment in which the file was spread has two.
  const keys = isSpread ? [fileUserKey(fileId, userId), shardUserKey(fileId, userId)] : [{PK, SK}]
  await Promise.all(keys.map((Key) => deleteItem({TableName: env('TABLE_NAME'), Key})))
}
