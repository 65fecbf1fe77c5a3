import type {RangedTransfer} from '../../../types/domain'
import type {TransferRangeInput} from '../../../types/workflow'
import {claimedFile, type ClaimedFile, claimLost} from '../../../util/files/claimed-file'
import {getFile} from '../../../util/files/file-records'
import {dropUpload, toUpload} from '../../../util/transfer/uploads'

/** The record of a file whose transfer by ranges the workflow's execution owns. */
export type RangedFile = ClaimedFile & {readonly ranged: RangedTransfer}

/** The file's record. Throws ClaimLostError if the execution does not own it any more, or has begun another upload. */
export const claimedRange = async (input: TransferRangeInput): Promise<RangedFile> => {
  const file = await claimedFile(input)
  const {ranged} = file
  if (ranged?.uploadId !== input.uploadId) {
    throw claimLost(input.fileId)
  }
  return {...file, ranged}
}

/** Throws ClaimLostError if the transfer was cut into other ranges while this worker waited for its turn. */
export const requireSamePlan = async ({fileId, ranged: {rangeParts}}: RangedFile, input: TransferRangeInput): Promise<void> => {
  const {ranged} = await claimedRange(input)
  if (ranged.rangeParts !== rangeParts) {
    throw claimLost(fileId)
  }
}

/**
 * Aborts the upload once more if no one wants it: a part that was on its way while the upload was aborted may have come after that.
 * Another attempt may have resumed it, so the record decides.
 */
export const dropIfAbandoned = async ({fileId, ranged: {s3Key, uploadId}}: RangedFile): Promise<void> => {
  const file = await getFile(fileId)
  if (file?.ranged?.uploadId !== uploadId) {
    await dropUpload(toUpload(s3Key, uploadId))
  }
}
