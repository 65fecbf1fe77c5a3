import type {TransferRangeInput} from '../../../types/workflow'
import {isErrorNamed} from '../../../util/aws-errors'
import type {ClaimedFile} from '../../../util/files/claimed-file'
import {whileClaimed} from '../../../util/files/lifecycle'
import {isNamedError, NamedError} from '../../../util/errors'
import {sumBytesDone} from '../../../util/files/file-progress'
import {recordFailure} from '../../../util/transfer/transfer-failure'
import {claimedRange, dropIfAbandoned, type RangedFile} from './claimed-range'
import type {Brought} from './range'

/** A part of this source takes longer than an invocation may: to hand over would continue for ever. */
const tooSlow = ({ranged: {partBytes}}: RangedFile): NamedError =>
  new NamedError('SourceStalledError', `The source is too slow: it sent less than ${partBytes} bytes within 15 minutes. Try again later.`)

const expired = (cause: unknown): NamedError => new NamedError('PlanExpiredError',
  'The link that the site gave for this file has expired, or what was stored of it is gone. The download is planned again;'
    + ' if it does not finish, request it again.',
  {cause})

const sharpened = (error: unknown, file: RangedFile, {parts, hasWaited = true}: Brought): unknown => {
  // Sites of yt-dlp, and some feeds, sign the URLs that they name for some hours: TransferFile looks them up again.
  const isSigned = file.extractor === 'yt-dlp' || (file.mediaUrl !== undefined && sumBytesDone(file) > 0)
  if (isErrorNamed(error, 'NoSuchUpload') || (isSigned && isNamedError(error, 'SourceForbiddenError', 'SourceNotFoundError'))) {
    return expired(error)
  }
  return isNamedError(error, 'TransferTimeoutError') && parts === 0 && !hasWaited ? tooSlow(file) : error
}

const recordChanged = async (failure: unknown, file: ClaimedFile): Promise<void> => {
  if (isNamedError(failure, 'SourceChangedError')) {
    await whileClaimed.foundChanged(file, {'ranged.hasChanged': true})
  }
}

/** Names a failure for the workflow. Where the file is not the execution's any more, no part of it is left behind. */
export const rangeFailure = async (error: unknown, input: TransferRangeInput, file: RangedFile, brought: Brought): Promise<unknown> => {
  try {
    const claimed = await claimedRange(input)
    await recordChanged(error, claimed)
    return await recordFailure(sharpened(error, {...claimed, ranged: file.ranged}, brought), claimed)
  } catch (lost) {
    if (isNamedError(lost, 'ClaimLostError')) {
      await dropIfAbandoned(file)
    }
    return lost
  }
}
