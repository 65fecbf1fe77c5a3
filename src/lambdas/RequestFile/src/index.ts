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

/** Publishes an attempt that is not on the bus yet: a new one, or one whose request died between its record and its event. */
const announce = async ({fileId, correlationId, sourceUrl, requestedAt, status, announcedAt}: FileRecord, userId: string): Promise<void> => {
  if (status !== 'Requested' || announcedAt !== undefined) {
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
