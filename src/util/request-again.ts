import {query} from '../lib/vendor/AWS/DynamoDB'
import type {FileRecord} from '../types/domain'
import type {FileUserRecord} from '../types/file-user'
import {env} from './env'
import {fileKey, fileUserPrefix} from './keys'
import {requestFile} from './request-file'

const anyUserOf = async (fileId: string): Promise<FileUserRecord | undefined> => {
  const {Items} = await query({
    TableName: env('TABLE_NAME'),
    KeyConditionExpression: 'PK = :file AND begins_with(SK, :users)',
    ExpressionAttributeValues: {':file': fileKey(fileId).PK, ':users': fileUserPrefix},
    Limit: 1
  })
  return Items?.[0] as FileUserRecord | undefined
}

/**
 * Asks RequestFile once more in the name of one who wants the file: it alone publishes FileRequested, where that got lost or the last
 * attempt failed. Throws where nobody wants the file, or RequestFile refuses.
 */
export const requestAgain = async ({fileId, sourceUrl, ...wish}: FileRecord): Promise<void> => {
  const user = await anyUserOf(fileId)
  if (user === undefined) {
    throw new Error(`Expected somebody to want file ${fileId}; nobody does.`)
  }
  const {statusCode, body} = await requestFile(user.userId, sourceUrl, wish)
  if (statusCode >= 400) {
    throw new Error(`Expected RequestFile to take file ${fileId} again; it answered ${statusCode}: ${body}`)
  }
}
