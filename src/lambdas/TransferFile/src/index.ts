import type {Context} from 'aws-lambda'
import {withXRay} from '../../../lib/vendor/AWS/XRay'
import type {TransferFileInput, TransferFileOutput} from '../../../types/workflow'
import {claimedFile, type ClaimedFile} from '../../../util/files/claimed-file'
import {whileClaimed} from '../../../util/files/lifecycle'
import {setCorrelation} from '../../../util/correlation'
import {type Deadline, startDeadline} from '../../../util/deadline'
import {NamedError} from '../../../util/errors'
import {rangeName} from '../../../util/files/file-progress'
import type {Connection} from '../../../util/hosts/host-lease'
import {logger} from '../../../util/logger'
import {recordFailure} from '../../../util/transfer/transfer-failure'
import {trackProgress} from '../../../util/transfer/transfer-progress'
import {givesItsEnd} from './filling-cache'
import {discardEarlierUpload, finishedTransfer} from './finished'
import {withIdentified} from './identified'
import {lookedTransfer} from './looked'
import {dropRanged, isForRanges, planRanges, findRangedOrigin, requireSteady} from './ranges'
import {type MediaSource, openFileSource} from './source'
import {steadily} from './steadily'
import {uploadMedia, type UploadOptions} from './upload'

/** Enough to abort the upload and to say why. */
const marginMilliseconds = 15_000

const timeout = (): NamedError => new NamedError('TransferTimeoutError',
  'The source is too slow: the file did not arrive within 15 minutes, and cannot be resumed. Try again later.')

const transferWhole = async (file: ClaimedFile, source: MediaSource, options: UploadOptions): Promise<TransferFileOutput> => {
  if (file.ranged !== undefined) {
    await dropRanged(file)
    await whileClaimed.unplanned(file, {progress: {}})
  }
  return uploadMedia(file, source, options)
}

const transfer = async (earlier: ClaimedFile, {signal, abort}: Deadline): Promise<TransferFileOutput> => {
  await requireSteady(earlier)
  await discardEarlierUpload(earlier)
  const file = await whileClaimed.begun(earlier, {progress: {}})
  const progress = trackProgress(file, rangeName(0), abort)
  const source = await openFileSource(file, {signal, onBytes: progress.report})
  try {
    const origin = await findRangedOrigin(file, source)
    const isRanged = origin !== undefined && isForRanges(file, source) && await givesItsEnd(file, origin, signal)
    const planned = isRanged ? await planRanges(file, source, origin, signal) : undefined
    return planned ?? await transferWhole(file, source, {origin: isRanged ? undefined : origin, progress, signal})
  } finally {
    await progress.settled()
    await source.close()
  }
}

const buildConnection = ({fileId, requestedBy, reschedules}: ClaimedFile, {signal}: Deadline, context: Context): Connection =>
  ({work: fileId, user: requestedBy ?? fileId, milliseconds: context.getRemainingTimeInMillis(), timesInVain: reschedules, signal})

export const handler = withXRay(async (input: TransferFileInput, context: Context): Promise<TransferFileOutput> => {
  setCorrelation(input)
  const file = await claimedFile(input)
  const deadline = startDeadline(context, marginMilliseconds, timeout())
  try {
    const connection = buildConnection(file, deadline, context)
    const result = await finishedTransfer(file) ?? await withIdentified(file, connection, {
      complete: lookedTransfer, fetch: (now) => steadily(now, (each) => transfer(each, deadline))
    })
    logger.info(result.ranges.length === 0 ? 'The file was transferred.' : 'The file is transferred by ranges.',
      {...result, ranges: result.ranges.length})
    return result
  } catch (error) {
    logger.warn('The transfer failed.', {error})
    throw await recordFailure(deadline.signal.aborted ? deadline.signal.reason : error, file)
  } finally {
    deadline.end()
  }
})
