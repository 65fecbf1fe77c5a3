import {withXRay} from '../../../lib/vendor/AWS/XRay'
import type {FileRecord} from '../../../types/domain'
import type {RequestFileInput} from '../../../types/workflow'
import {setCorrelation} from '../../../util/correlation'
import {publishFileRequested} from '../../../util/eventbridge-helpers'
import {changeFile} from '../../../util/file-records'
import {answering, json, type ApiEvent} from '../../../util/http-api'
import {logger} from '../../../util/logger'
import {countRequest} from '../../../util/metrics'
import {currentAttempt, joinFile} from './file-attempt'
import {parseRequest} from './request'

// Longer than StartFileUpload and Lambda's retries of it take: an attempt that is still Requested then has lost its event.
const announcedMilliseconds = 3_600_000

const isOnItsWay = ({announcedAt}: FileRecord): boolean =>
  announcedAt !== undefined && Date.now() - Date.parse(announcedAt) < announcedMilliseconds

/** Publishes an attempt that is not on the bus yet, or no more: a new one, one whose request died before its event, one whose event was lost. */
const announce = async (file: FileRecord, userId: string): Promise<void> => {
  const {fileId, correlationId, sourceUrl, requestedAt, status} = file
  if (status !== 'Requested' || isOnItsWay(file)) {
    return
  }
  await publishFileRequested({fileId, correlationId, sourceUrl, userId, requestedAt})
  await changeFile(fileId, {
    update: 'SET announcedAt = :now',
    where: 'correlationId = :correlationId',
    values: {':now': new Date().toISOString(), ':correlationId': correlationId}
  })
}

export const handler = withXRay((event: ApiEvent | RequestFileInput) => answering(async () => {
  const request = parseRequest(event)
  await joinFile(request)
  const file = await currentAttempt(request)
  setCorrelation(file)
  await announce(file, request.userId)
  countRequest()
  logger.info('A user asked for a file.', {status: file.status})
  return json(file.status === 'Downloaded' ? 200 : 202, {fileId: file.fileId, status: file.status})
}))
