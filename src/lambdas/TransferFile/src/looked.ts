import type {TransferFileOutput} from '../../../types/workflow'
import type {ClaimedFile} from '../../../util/files/claimed-file'
import {whileClaimed} from '../../../util/files/lifecycle'
import {combineCrcs} from '../../../util/transfer/crc-combine'
import type {LookedUpload} from '../../../util/transfer/keep-looked'
import {logger} from '../../../util/logger'
import type {SentPart} from '../../../util/transfer/send-parts'
import {type StoredPart, storedParts, toUpload} from '../../../util/transfer/uploads'
import {discardEarlierUpload} from './finished'
import {dropRanged} from './ranges'
import {complete} from './upload'

/** The parts of an upload, if they are all that the look brought, byte for byte. */
const wholeParts = (stored: ReadonlyMap<number, StoredPart> | undefined, {size, crc32}: LookedUpload): readonly SentPart[] | undefined => {
  const parts = [...stored ?? []].sort(([one], [other]) => one - other)
  const bytes = parts.reduce((sum, [, part]) => sum + part.bytes, 0)
  const isWhole = bytes === size && combineCrcs(parts.map(([, part]) => part)) === crc32
  return isWhole ? parts.map(([partNumber, {etag}]) => ({partNumber, etag})) : undefined
}

/** First the proof, then the object, as for any other upload. */
const record = (file: ClaimedFile, {s3Key, contentType, size, crc32}: LookedUpload): Promise<ClaimedFile> =>
  whileClaimed.looked(file, {s3Key, contentType, size, expectedSize: size, progress: {r1: {bytes: size, speed: 0, crc32}}})

/**
 * Completes the upload that the look at the source filled; undefined if there is none, or not any more. S3 compares size and checksum with
 * what was read. Throws ClaimLostError and the errors of S3.
 */
export const lookedTransfer = async (earlier: ClaimedFile): Promise<TransferFileOutput | undefined> => {
  const {fileId, looked} = earlier
  if (looked === undefined) {
    return undefined
  }
  const upload = toUpload(looked.s3Key, looked.uploadId)
  const parts = wholeParts(await storedParts(upload), looked)
  if (parts === undefined) {
    logger.info('What the look brought is gone; the source is asked again.')
    return undefined
  }
  await discardEarlierUpload(earlier)
  await dropRanged(earlier)
  const {s3Key, contentType, size, crc32} = looked
  await complete(await record(earlier, looked), upload, {parts, size, crc32})
  return {fileId, s3Key, size, contentType, uploadId: looked.uploadId, ranges: []}
}
