import {putItem, updateItem} from '../../../lib/vendor/AWS/DynamoDB'
import type {FileRecord} from '../../../types/domain'
import {env} from '../../../util/env'
import {findEarlyRequest} from '../../../util/files/file-users'
import {fileUserKey, shardUserKey, spreadKey, spreadsFiles, type TableKey} from '../../../util/files/keys'
import {lifecycle} from '../../../util/files/lifecycle'
import {parseRequest, type StoredRequest} from '../../../util/files/records'
import type {FileRequest} from './request'

const joinAt = async (Key: TableKey, {fileId, userId, requestedAt}: FileRequest): Promise<StoredRequest> => {
  const {Attributes} = await updateItem({
    TableName: env('TABLE_NAME'),
    Key,
    UpdateExpression: 'SET fileId = :fileId, userId = :userId, requestedAt = if_not_exists(requestedAt, :requestedAt)',
    ExpressionAttributeValues: {':fileId': fileId, ':userId': userId, ':requestedAt': requestedAt},
    ReturnValues: 'ALL_NEW'
  })
  return parseRequest(Attributes ?? {})
}

/** From now on users join shards. Readers of the users hear of it before any is there. */
const spread = async (file: FileRecord): Promise<void> => {
  await putItem({TableName: env('TABLE_NAME'), Item: spreadKey(file.fileId)})
  await lifecycle.spread(file, {isSpread: true})
}

const joinMany = async (request: FileRequest, file: FileRecord): Promise<StoredRequest> => {
  const {fileId, userId} = request
  const early = await findEarlyRequest(fileId, userId)
  if (early === undefined && file.isSpread !== true) {
    await spread(file)
  }
  return early ?? joinAt(shardUserKey(fileId, userId), request)
}

/** Records that the user wants the file; asking again keeps the time, and the place, of the first request. */
export const joinFile = (request: FileRequest, known: FileRecord | undefined): Promise<StoredRequest> =>
  known !== undefined && (known.isSpread === true || spreadsFiles(request.userId))
    ? joinMany(request, known)
    : joinAt(fileUserKey(request.fileId, request.userId), request)
