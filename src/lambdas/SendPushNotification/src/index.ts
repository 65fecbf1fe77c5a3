import {withXRay} from '../../../lib/vendor/AWS/XRay'
import {parseEvent, type ParsedEvent} from '../../../util/eventbridge-helpers'
import {getFile} from '../../../util/files/file-records'
import {logger} from '../../../util/logger'
import {countSettled} from '../../../util/metrics'
import {type BatchResult, isBatch, performBatch} from './batch'
import {tellEverybody} from './fan-out'
import {outcomeOfRecord} from './notice'
import {tell, type TimeLeft} from './tell'

/** Users who asked while the file was on its way are notified by its outcome; users who asked later, now. */
const tellLateUser = async ({detail: {fileId, userId}}: ParsedEvent<'FileRequested'>, context: TimeLeft): Promise<number> => {
  const file = await getFile(fileId)
  const outcome = file && outcomeOfRecord(file)
  return outcome === undefined ? 0 : tell([{userId}], outcome, context)
}

const tellAll = async (event: ParsedEvent<'FileDownloadCompleted' | 'FileDownloadFailed'>, context: TimeLeft): Promise<number> => {
  // The workflow has no code to count what it records as failed: here every outcome passes.
  countSettled(event.detailType === 'FileDownloadFailed' ? event.detail.errorCode : undefined)
  return tellEverybody(event, context)
}

const tellUsers = async (event: unknown, context: TimeLeft): Promise<{readonly sent: number}> => {
  const parsed = parseEvent(['FileDownloadCompleted', 'FileDownloadFailed', 'FileRequested'], event)
  const sent = await (parsed.detailType === 'FileRequested' ? tellLateUser(parsed, context) : tellAll(parsed, context))
  logger.info('The users of a file were told.', {event: parsed.detailType, sent})
  return {sent}
}

const answer = (event: unknown, context: TimeLeft): Promise<Pick<BatchResult, 'sent'> & Partial<BatchResult>> =>
  isBatch(event) ? performBatch(event, context) : tellUsers(event, context)

export const handler = withXRay(answer)
