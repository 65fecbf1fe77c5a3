import type {TransferFileOutput} from '../../../types/workflow'
import {changeClaimed, type ClaimedFile} from '../../../util/files/claimed-file'
import {isNamedError} from '../../../util/errors'
import {logger} from '../../../util/logger'
import {mostRestarts} from './ranges'

/** How often RescheduleTransfer lets an attempt wait: one that has waited as often ends with its error. */
const mostReschedules = 30

/** Transfers a file whose source may change: again from the first byte on, once in an attempt. The second change ends the attempt. */
export const steadily = async (file: ClaimedFile, transfer: (file: ClaimedFile) => Promise<TransferFileOutput>): Promise<TransferFileOutput> => {
  try {
    return await transfer(file)
  } catch (error) {
    if (!isNamedError(error, 'SourceChangedError')) {
      throw error
    }
    if ((file.restarts ?? 0) >= mostRestarts) {
      await changeClaimed(file, 'reschedules = :all', {':all': mostReschedules})
      throw error
    }
    logger.warn('The source has changed; its transfer begins again.', {error})
    return steadily(await changeClaimed(file, 'restarts = :most REMOVE ranged', {':most': mostRestarts}), transfer)
  }
}
