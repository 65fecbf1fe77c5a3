import type {Context} from 'aws-lambda'
import {withXRay} from '../../../lib/vendor/AWS/XRay'
import type {TransferFileInput, TransferFileOutput} from '../../../types/workflow'
import {setCorrelation} from '../../../util/correlation'
import {type Deadline, deadlineOf} from '../../../util/deadline'
import {NamedError} from '../../../util/errors'
import {type Connection, politely} from '../../../util/host-lease'
import {logger} from '../../../util/logger'
import {claimedFile, type ClaimedFile, recordBegin} from './claim'
import {failureOf} from './failure'
import {discardEarlierUpload, finishedTransfer} from './finished'
import {progressOf} from './progress'
import {openSourceOf} from './source'
import {uploadMedia} from './upload'

/** Enough to abort the upload and to say why. */
const marginMilliseconds = 15_000

const timeout = (): NamedError =>
  new NamedError('TransferTimeoutError', 'Expected the file to come within the 15 minutes of one invocation; the source is too slow, or the file too large.')

const transfer = async (file: ClaimedFile, {signal, abort}: Deadline): Promise<TransferFileOutput> => {
  await discardEarlierUpload(file)
  await recordBegin(file)
  const progress = progressOf(file, abort)
  const source = await openSourceOf(file, {signal, onBytes: progress.report})
  try {
    return await uploadMedia(file, source, progress, signal)
  } finally {
    await progress.settled()
    await source.close()
  }
}

const connectionOf = ({fileId, requestedBy, reschedules}: ClaimedFile, {signal}: Deadline, context: Context): Connection =>
  ({work: fileId, user: requestedBy ?? fileId, milliseconds: context.getRemainingTimeInMillis(), timesInVain: reschedules, signal})

export const handler = withXRay(async (input: TransferFileInput, context: Context): Promise<TransferFileOutput> => {
  setCorrelation(input)
  const file = await claimedFile(input)
  const deadline = deadlineOf(context, marginMilliseconds, timeout())
  try {
    const connection = connectionOf(file, deadline, context)
    const result = await finishedTransfer(file) ?? await politely(new URL(file.sourceUrl), connection, () => transfer(file, deadline))
    logger.info('The file was transferred.', {...result})
    return result
  } catch (error) {
    logger.warn('The transfer failed.', {error})
    throw await failureOf(error, file, deadline.signal)
  } finally {
    deadline.end()
  }
})
