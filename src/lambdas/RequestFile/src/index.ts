import {withXRay} from '../../../lib/vendor/AWS/XRay'
import type {RequestFileInput} from '../../../types/workflow'
import {setCorrelation} from '../../../util/correlation'
import {answering, json, type ApiEvent} from '../../../util/http-api'
import {logger} from '../../../util/logger'
import {countRequest} from '../../../util/metrics'
import {announce} from './announce'
import {currentAttempt, joinFile} from './file-attempt'
import {requestOf} from './request'

export const handler = withXRay((event: ApiEvent | RequestFileInput) => answering(async () => {
  const request = await requestOf(event)
  const user = await joinFile(request)
  const file = await currentAttempt(request)
  setCorrelation(file)
  await announce(file, user, file.correlationId === request.correlationId)
  countRequest()
  logger.info('A user asked for a file.', {status: file.status})
  return json(file.status === 'Downloaded' ? 200 : 202, {fileId: file.fileId, status: file.status})
}))
