import type {RangedTransfer, RangeProgress} from '../../../types/domain'
import type {TransferFileOutput} from '../../../types/workflow'
import {type ClaimedFile, setClaimed} from '../../../util/claimed-file'
import {numberEnv} from '../../../util/env'
import {rangeName} from '../../../util/file-progress'
import {takesOneAtATime} from '../../../util/host-lease'
import {mediaKey} from '../../../util/keys'
import {partsOf, planTransfer, rangesOf, usualPartBytes} from '../../../util/transfer-plan'
import {dropUpload, type StoredPart, storedParts, type Upload, uploadOf} from '../../../util/uploads'
import {beginUpload} from './begin-upload'
import type {MediaSource, RangedOrigin} from './source'

/** So often a source may change under the transfer; then it is fetched as a whole, which cannot mix one state of it with another. */
const mostRestarts = 3

type Parts = ReadonlyMap<number, StoredPart>

/** A range of a host that takes one connection at a time: several would have workers wait for one another. */
const loneRangeBytes = 8 * 1024 ** 3

const rangeBytes = async ({url}: RangedOrigin): Promise<number> => {
  const usual = numberEnv('RANGED_FROM_BYTES') / 2
  return await takesOneAtATime(new URL(url)) ? Math.max(usual, loneRangeBytes) : usual
}

interface Planned {
  readonly transfer: RangedTransfer
  readonly parts: Parts
}

/** Whether the workflow is to fetch a file by ranges now: it is large, or parts of it lie in S3 already. */
export const isForRanges = ({ranged}: ClaimedFile, {size = 0}: MediaSource): boolean =>
  ranged !== undefined || size >= numberEnv('RANGED_FROM_BYTES')

/**
 * How to fetch a source by ranges, of which a file of one part has no use. Undefined where it cannot be done, or was done in vain too
 * often.
 */
export const rangedOriginOf = async (file: ClaimedFile, source: MediaSource): Promise<RangedOrigin | undefined> =>
  (isForRanges(file, source) || (source.size ?? 0) > usualPartBytes) && (file.restarts ?? 0) < mostRestarts ? source.ranged() : undefined

/** A transfer into an upload that this attempt has begun, by ranges of so many bytes or more. */
export const transferInto = ({correlationId}: ClaimedFile, {Key, UploadId}: Upload, origin: RangedOrigin, bytes: number): RangedTransfer =>
  ({...origin, ...planTransfer(origin.size, bytes), uploadId: UploadId, s3Key: Key, begunBy: correlationId})

/** The transfer that an earlier invocation or attempt began, with the parts that it left, where it is of the very same file. */
const begunTransfer = async ({fileId, ranged}: ClaimedFile, {extension}: MediaSource, origin: RangedOrigin): Promise<Planned | undefined> => {
  const isSame = ranged?.size === origin.size && ranged.validator === origin.validator && ranged.s3Key === mediaKey(fileId, extension)
  if (!isSame || ranged.hasChanged) {
    return undefined
  }
  const parts = await storedParts(uploadOf(ranged.s3Key, ranged.uploadId))
  // URLs of streams expire: those parts that are missing come from the new one. A stream that another worker goes on with has one range only.
  return parts && {parts, transfer: {...ranged, ...planTransfer(origin.size, await rangeBytes(origin)), url: origin.url, headers: origin.headers}}
}

const newTransfer = async (file: ClaimedFile, source: MediaSource, origin: RangedOrigin): Promise<Planned> => {
  const bytes = await rangeBytes(origin)
  const upload = await beginUpload(file, source)
  return {parts: new Map(), transfer: transferInto(file, upload, origin, bytes)}
}

/** Aborts the upload of a transfer by ranges that is of no use any more. */
export const dropRanged = async ({ranged}: ClaimedFile): Promise<void> => {
  if (ranged !== undefined) {
    await dropUpload(uploadOf(ranged.s3Key, ranged.uploadId))
  }
}

const progressOf = ({transfer, parts}: Planned): Record<string, RangeProgress> => Object.fromEntries(rangesOf(transfer).map((range, index) => {
  const bytes = partsOf(range).reduce((sum, part) => sum + (parts.get(part)?.bytes ?? 0), 0)
  return [rangeName(index), {bytes, speed: 0}]
}))

const record = async (file: ClaimedFile, {contentType}: MediaSource, planned: Planned, restarts: number): Promise<void> => {
  const {transfer} = planned
  const {begunBy, s3Key, size} = transfer
  await setClaimed(file, {ranged: transfer, progress: progressOf(planned), restarts, begunBy, s3Key, contentType, size, expectedSize: size})
}

/** Goes on with the transfer by ranges that was begun, or begins one, and answers which ranges the workflow is to transfer. */
export const planRanges = async (file: ClaimedFile, source: MediaSource, origin: RangedOrigin): Promise<TransferFileOutput> => {
  const begun = await begunTransfer(file, source, origin)
  const planned = begun ?? await newTransfer(file, source, origin)
  const {uploadId, s3Key, size} = planned.transfer
  const hasChanged = begun === undefined && file.ranged !== undefined
  try {
    await record(file, source, planned, (file.restarts ?? 0) + (hasChanged ? 1 : 0))
  } catch (error) {
    await dropUpload(uploadOf(s3Key, uploadId))
    throw error
  }
  await (hasChanged && dropRanged(file))
  return {fileId: file.fileId, s3Key, size, contentType: source.contentType, uploadId, ranges: rangesOf(planned.transfer)}
}
