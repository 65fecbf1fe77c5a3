import type {TransferFileOutput} from '../../../types/workflow'
import type {ClaimedFile} from '../../../util/files/claimed-file'
import {maxReschedules, whileClaimed} from '../../../util/files/lifecycle'
import {isNamedError} from '../../../util/errors'
import {logger} from '../../../util/logger'
import {maxRestarts} from './ranges'

/** Transfers a file whose source may change: again from the first byte on, once in an attempt. The second change ends the attempt. */
export const steadily = async (
  file: ClaimedFile, transfer: (file: ClaimedFile) => Promise<TransferFileOutput>
): Promise<TransferFileOutput> => {
  try {
    return await transfer(file)
  } catch (error) {
    if (!isNamedError(error, 'SourceChangedError')) {
      throw error
    }
    if ((file.restarts ?? 0) >= maxRestarts) {
      await whileClaimed.exhausted(file, {reschedules: maxReschedules})
      throw error
    }
    logger.warn('The source has changed; its transfer begins again.', {error})
    return steadily(await whileClaimed.restarted(file, {restarts: maxRestarts}), transfer)
  }
}
