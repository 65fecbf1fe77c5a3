import {updateItem} from '../../../lib/vendor/AWS/DynamoDB'
import type {FileRecord, FileUserRecord} from '../../../types/domain'
import {env} from '../../../util/env'
import {publishFileRequested} from '../../../util/eventbridge-helpers'
import {changeFile} from '../../../util/file-records'
import {fileUserKey} from '../../../util/keys'

// Longer than StartFileUpload and Lambda's retries of it take: an attempt that is still Requested then has lost its event.
const announcedMilliseconds = 3_600_000

const isOnItsWay = ({announcedAt}: FileRecord): boolean =>
  announcedAt !== undefined && Date.now() - Date.parse(announcedAt) < announcedMilliseconds

const announceAttempt = async ({fileId, correlationId, sourceUrl, requestedAt}: FileRecord, userId: string): Promise<void> => {
  await publishFileRequested({fileId, correlationId, sourceUrl, userId, requestedAt})
  await changeFile(fileId, {
    update: 'SET announcedAt = :now',
    where: 'correlationId = :correlationId',
    values: {':now': new Date().toISOString(), ':correlationId': correlationId}
  })
}

/** Whoever asks after the download missed its event: SendPushNotification is told of him alone, and its ledger keeps it to one push. */
const announceLateUser = async ({fileId, correlationId, sourceUrl}: FileRecord, {userId, requestedAt}: FileUserRecord): Promise<void> => {
  await publishFileRequested({fileId, correlationId, sourceUrl, userId, requestedAt, alreadyDownloaded: true})
  await updateItem({
    TableName: env('TABLE_NAME'),
    Key: fileUserKey(fileId, userId),
    UpdateExpression: 'SET announcedAt = :now',
    ExpressionAttributeValues: {':now': new Date().toISOString()}
  })
}

/**
 * Publishes what is not on the bus yet, or no more: a new attempt, one whose request died before its event, one whose event was lost,
 * and a user who came after the download. Throws as publishFileRequested does.
 */
export const announce = async (file: FileRecord, user: FileUserRecord): Promise<void> => {
  if (file.status === 'Requested' && !isOnItsWay(file)) {
    await announceAttempt(file, user.userId)
  }
  if (file.status === 'Downloaded' && user.announcedAt === undefined) {
    await announceLateUser(file, user)
  }
}
