import {withXRay} from '../../../lib/vendor/AWS/XRay'
import type {RequestFileInput} from '../../../types/workflow'
import {setCorrelation} from '../../../util/correlation'
import {getFile} from '../../../util/files/file-records'
import {answering, json, type ApiEvent} from '../../../util/http-api'
import {logger} from '../../../util/logger'
import {countRequest} from '../../../util/metrics'
import {announce} from './announce'
import {currentAttempt} from './file-attempt'
import {joinFile} from './join-file'
import {readRequest} from './request'

export const handler = withXRay((event: ApiEvent | RequestFileInput) => answering(async () => {
  const request = await readRequest(event)
  const known = await getFile(request.fileId)
  const user = await joinFile(request, known)
  const file = await currentAttempt(request, known)
  setCorrelation(file)
  await announce(file, user, file.correlationId === request.correlationId)
  countRequest()
  logger.info('A user asked for a file.', {status: file.status})
  return json(file.status === 'Downloaded' ? 200 : 202, {fileId: file.fileId, status: file.status})
}))
