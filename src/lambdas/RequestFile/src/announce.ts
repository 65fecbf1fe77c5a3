import {updateItem} from '../../../lib/vendor/AWS/DynamoDB'
import type {FileRecord} from '../../../types/domain'
import type {FileRequestedDetail} from '../../../types/eventbridge'
import {env} from '../../../util/env'
import {publishFileRequested} from '../../../util/eventbridge-helpers'
import {lifecycle} from '../../../util/files/lifecycle'
import type {StoredRequest} from '../../../util/files/records'
import {announcingUntil} from './file-attempt'

// Longer than StartFileUpload and Lambda's retries of it take: an attempt that is still Requested then has lost its event.
const announcedMilliseconds = 3_600_000

const isOnItsWay = ({announcedAt}: FileRecord): boolean =>
  announcedAt !== undefined && Date.now() - Date.parse(announcedAt) < announcedMilliseconds

/** Of many requests at once, one announces: each event that is too many asks the source once more. */
const mayAnnounce = async (file: FileRecord): Promise<boolean> =>
  await lifecycle.announcing(file, {announcingUntil: announcingUntil(Date.now())}) !== undefined

type WishDetail = Pick<FileRequestedDetail, 'preset' | 'audioLanguage' | 'audioRole' | 'recordSeconds' | 'recordFrom'>

const wishDetail = ({preset, audio: {language, role} = {}, record}: FileRecord): WishDetail => ({
  preset, ...(language !== undefined && {audioLanguage: language}), ...(role !== undefined && {audioRole: role}),
  ...(record && {recordSeconds: record.seconds, recordFrom: record.from})
})

const announceAttempt = async (file: FileRecord, userId: string): Promise<void> => {
  const {fileId, correlationId, sourceUrl, requestedAt} = file
  try {
    await publishFileRequested({fileId, correlationId, sourceUrl, ...wishDetail(file), userId, requestedAt})
  } catch (error) {
    await lifecycle.notAnnounced(file)
    throw error
  }
  await lifecycle.announced(file, {announcedAt: new Date().toISOString()})
}

/** A user who asks after the download missed its event: SendPushNotification notifies them alone, and its ledger keeps it to one push. */
const announceLateUser = async (file: FileRecord, {PK, SK, userId, requestedAt}: StoredRequest): Promise<void> => {
  const {fileId, correlationId, sourceUrl} = file
  await publishFileRequested({fileId, correlationId, sourceUrl, ...wishDetail(file), userId, requestedAt, alreadyDownloaded: true})
  await updateItem({
    TableName: env('TABLE_NAME'),
    Key: {PK, SK},
    UpdateExpression: 'SET announcedAt = :now',
    ExpressionAttributeValues: {':now': new Date().toISOString()}
  })
}

/**
 * Publishes what is not on the bus yet, or no more: a new attempt, one whose request died before its event, one whose event was lost,
 * and a user who came after the download. An attempt that this request began is its own to announce. Throws as publishFileRequested does.
 */
export const announce = async (file: FileRecord, user: StoredRequest, isMine: boolean): Promise<void> => {
  if (file.status === 'Requested' && !isOnItsWay(file) && (isMine || await mayAnnounce(file))) {
    await announceAttempt(file, user.userId)
  }
  if (file.status === 'Downloaded' && user.announcedAt === undefined) {
    await announceLateUser(file, user)
  }
}
