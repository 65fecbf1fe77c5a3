import {withXRay} from '../../../lib/vendor/AWS/XRay'
import {setCorrelation} from '../../../util/correlation'
import {answering, json, readUserId, type ApiEvent, type ApiResult} from '../../../util/http-api'
import {logger} from '../../../util/logger'
import {requestAgain} from '../../../util/files/request-again'
import {forgetRequest, findOtherUser, requestedFile, type RequestedFile} from '../../../util/files/requested-file'
import {stopTransfer} from './stop'

/** Someone may have asked for the file between the look at who wants it and its end: then it begins again, for them. */
const beginAgainForOthers = async (requested: RequestedFile): Promise<boolean> => {
  const {file, request: {userId}} = requested
  const isWanted = await findOtherUser(file.fileId, userId) !== undefined
  if (isWanted) {
    await forgetRequest(requested)
    await requestAgain(file)
  }
  return isWanted
}

const cancel = async (event: ApiEvent): Promise<ApiResult> => {
  const userId = readUserId(event)
  const requested = await requestedFile(event.pathParameters?.fileId ?? '', userId)
  const {file} = requested
  const {fileId, status} = file
  setCorrelation(file)
  if (status === 'Failed') {
    return json(200, {fileId, status})
  }
  const isShared = status !== 'Downloaded' && await findOtherUser(fileId, userId) !== undefined
  if (isShared) {
    await forgetRequest(requested)
  }
  // Two users who withdraw simultaneously each saw the other, so look again.
  if (isShared && await findOtherUser(fileId, userId) !== undefined) {
    logger.info('A user withdrew a request; others want the file.')
    return json(200, {fileId, status})
  }
  const ended = await stopTransfer(file)
  return json(202, {fileId, status: await beginAgainForOthers(requested) ? status : ended})
}

export const handler = withXRay((event: ApiEvent) => answering(() => cancel(event)))
