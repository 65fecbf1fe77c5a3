import {updateItem} from '../../../lib/vendor/AWS/DynamoDB'
import type {FileRecord} from '../../../types/domain'
import type {FileRequestedDetail} from '../../../types/eventbridge'
import {env} from '../../../util/env'
import {publishFileRequested} from '../../../util/eventbridge-helpers'
import {changeFile} from '../../../util/files/file-records'
import type {StoredRequest} from '../../../util/files/records'
import {announcingUntil} from './file-attempt'

// Longer than StartFileUpload and Lambda's retries of it take: an attempt that is still Requested then has lost its event.
const announcedMilliseconds = 3_600_000

const isOnItsWay = ({announcedAt}: FileRecord): boolean =>
  announcedAt !== undefined && Date.now() - Date.parse(announcedAt) < announcedMilliseconds

/** Of many requests at once, one announces: each event that is too many asks the source once more. */
const mayAnnounce = async ({fileId, correlationId, announcedAt}: FileRecord): Promise<boolean> => {
  const now = Date.now()
  const claimed = await changeFile(fileId, {
    update: 'SET announcingUntil = :until',
    where: 'correlationId = :correlationId AND #status = :requested AND (attribute_not_exists(announcingUntil) OR announcingUntil < :now) '
      + `AND ${announcedAt === undefined ? 'attribute_not_exists(announcedAt)' : 'announcedAt = :announcedAt'}`,
    values: {
      ':until': announcingUntil(now), ':now': new Date(now).toISOString(), ':correlationId': correlationId, ':requested': 'Requested',
      ...(announcedAt !== undefined && {':announcedAt': announcedAt})
    }
  })
  return claimed !== undefined
}

const changeAttempt = ({fileId, correlationId}: FileRecord, update: string, values: Readonly<Record<string, string>> = {}): Promise<unknown> =>
  changeFile(fileId, {update, where: 'correlationId = :correlationId', values: {...values, ':correlationId': correlationId}})

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
    await changeAttempt(file, 'REMOVE announcingUntil')
    throw error
  }
  await changeAttempt(file, 'SET announcedAt = :now REMOVE announcingUntil', {':now': new Date().toISOString()})
}

/** Whoever asks after the download missed its event: SendPushNotification is told of him alone, and its ledger keeps it to one push. */
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
