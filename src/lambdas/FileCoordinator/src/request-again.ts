import type {FileRecord, FileUserRecord} from '../../../types/domain'
import {query} from '../../../lib/vendor/AWS/DynamoDB'
import {env} from '../../../util/env'
import {fileKey, fileUserPrefix} from '../../../util/keys'
import {requestFile} from '../../../util/request-file'

const anyUserOf = async (fileId: string): Promise<FileUserRecord | undefined> => {
  const {Items = []} = await query({
    TableName: env('TABLE_NAME'),
    KeyConditionExpression: 'PK = :file AND begins_with(SK, :users)',
    ExpressionAttributeValues: {':file': fileKey(fileId).PK, ':users': fileUserPrefix},
    Limit: 1
  })
  return Items[0] as FileUserRecord | undefined
}

/** Asks RequestFile once more in the name of one who wants the file: it publishes FileRequested again where that got lost, and nobody else does. */
export const requestAgain = async ({fileId, sourceUrl}: FileRecord): Promise<void> => {
  const user = await anyUserOf(fileId)
  if (user === undefined) {
    throw new Error(`Expected somebody to want file ${fileId}; nobody does.`)
  }
  const {statusCode, body} = await requestFile(user.userId, sourceUrl)
  if (statusCode >= 400) {
    throw new Error(`Expected RequestFile to take file ${fileId} again; it answered ${statusCode}: ${body}`)
  }
}
