import type {RangedTransfer, RangeProgress} from '../../../types/domain'
import type {TransferFileOutput} from '../../../types/workflow'
import {beginUpload} from '../../../util/transfer/begin-upload'
import type {ClaimedFile} from '../../../util/files/claimed-file'
import {whileClaimed} from '../../../util/files/lifecycle'
import {numberEnv} from '../../../util/env'
import {NamedError} from '../../../util/errors'
import {rangeName} from '../../../util/files/file-progress'
import {takesOneAtATime} from '../../../util/hosts/host-lease'
import {mediaKey} from '../../../util/files/keys'
import {isThere} from '../../../util/sources/planned-source'
import {toPlannedSource} from '../../../util/transfer/ranged-record'
import {difference, plannedValidators} from '../../../util/sources/source-validators'
import {listPartNumbers, planTransfer, listRanges, usualPartBytes} from '../../../util/transfer/transfer-plan'
import {dropUpload, type StoredPart, storedParts, type Upload, toUpload} from '../../../util/transfer/uploads'
import type {MediaSource, RangedOrigin} from './source'

/** A source that changes under the transfer is fetched again from the first byte on, once in an attempt. */
export const maxRestarts = 1

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
export const isForRanges = (
  {ranged}: ClaimedFile, {size = 0, isFromColdCache = false}: Pick<MediaSource, 'size' | 'isFromColdCache'>
): boolean =>
  ranged !== undefined || (size >= numberEnv('RANGED_FROM_BYTES') && !isFromColdCache)

/** How to fetch a source by ranges, or the rest of it if its answer breaks off. Undefined if it cannot be done, or was without success. */
export const findRangedOrigin = async (file: ClaimedFile, source: MediaSource): Promise<RangedOrigin | undefined> =>
  file.ranged?.isWhole ? undefined : source.ranged(!isForRanges(file, source))

/** Whether another worker can do anything with the plan of a stream: a file of one part has nothing to continue. */
export const isWorthRecording = ({size}: RangedOrigin): boolean => size > usualPartBytes

/** A transfer into an upload that this attempt has begun, by ranges of at least `bytes` bytes. */
export const transferInto = ({correlationId}: ClaimedFile, {Key, UploadId}: Upload, origin: RangedOrigin, bytes: number): RangedTransfer =>
  ({...origin, ...planTransfer(origin.size, bytes), uploadId: UploadId, s3Key: Key, begunBy: correlationId})

/** What a source has of the version that was planned: one of several mirrors may have it under an ETag of its own. */
const compareVersion = async (
  file: ClaimedFile, {extension}: MediaSource, origin: RangedOrigin, signal: AbortSignal
): Promise<'same' | 'other' | 'other-tag'> => {
  const {ranged} = file
  const {etag, lastModified} = plannedValidators(origin)
  if (ranged === undefined || ranged.hasChanged || ranged.size !== origin.size || ranged.s3Key !== mediaKey(file.fileId, extension)) {
    return 'other'
  }
  const other = difference({etag, 'last-modified': lastModified}, plannedValidators(ranged))
  if (other?.isTagAlone && !await isThere(toPlannedSource(file, {...ranged, url: origin.url}), signal)) {
    return 'other-tag'
  }
  return other === undefined || other.isTagAlone ? 'same' : 'other'
}

/** The transfer that an earlier invocation or attempt began, with the parts that it left; undefined if its upload is gone. */
const begunTransfer = async (
  ranged: RangedTransfer, {isFromColdCache}: MediaSource, origin: RangedOrigin
): Promise<Planned | undefined> => {
  const parts = await storedParts(toUpload(ranged.s3Key, ranged.uploadId))
  const {url, headers, size, condition = ranged.condition} = origin
  const validators = ranged.validators ?? origin.validators
  const bytes = isFromColdCache ? size : await rangeBytes(origin)
  // URLs of streams expire: the missing parts come from the new one. The plan of a stream has one range only.
  const transfer = {...ranged, ...planTransfer(size, bytes), url, headers, validators, ...(condition && {condition})}
  return parts && {parts, transfer}
}

const newTransfer = async (file: ClaimedFile, source: MediaSource, origin: RangedOrigin): Promise<Planned> => {
  const bytes = await rangeBytes(origin)
  const upload = await beginUpload(file, source)
  return {parts: new Map(), transfer: transferInto(file, upload, origin, bytes)}
}

/** Aborts the upload of a transfer by ranges that is of no use any more. */
export const dropRanged = async ({ranged}: ClaimedFile): Promise<void> => {
  if (ranged !== undefined) {
    await dropUpload(toUpload(ranged.s3Key, ranged.uploadId))
  }
}

const buildProgress = ({transfer, parts}: Planned): Record<string, RangeProgress> =>
  Object.fromEntries(listRanges(transfer).map((range, index) => {
    const bytes = listPartNumbers(range).reduce((sum, part) => sum + (parts.get(part)?.bytes ?? 0), 0)
    return [rangeName(index), {bytes, speed: 0}]
  }))

const record = async (file: ClaimedFile, {contentType}: MediaSource, planned: Planned, restarts: number): Promise<void> => {
  const {transfer} = planned
  const {begunBy, s3Key, size} = transfer
  await whileClaimed.planned(
    file, {ranged: transfer, progress: buildProgress(planned), restarts, begunBy, s3Key, contentType, size, expectedSize: size}
  )
}

const keepsChanging = (host: string): NamedError =>
  new NamedError('SourceChangedError', `${host} changed this file again during the download. Try again later.`)

/** Ends an attempt whose source has changed twice. Throws SourceChangedError. */
const giveUp = async (file: ClaimedFile): Promise<never> => {
  await dropRanged(file)
  await whileClaimed.unplanned(file, {progress: {}})
  throw keepsChanging(new URL(file.mediaUrl ?? file.sourceUrl).host)
}

/** Throws SourceChangedError if the source changed once more after the transfer had begun again. Ends then, as no version arrives whole. */
export const requireSteady = async (file: ClaimedFile): Promise<void> => {
  const {ranged, restarts = 0} = file
  if (ranged?.hasChanged && !ranged.isWhole && restarts >= maxRestarts) {
    await giveUp(file)
  }
}

/**
 * Continues the transfer by ranges that was begun, or begins one, and returns the ranges that the workflow is to transfer; undefined if
 * only a stream as a whole can be of one version. Throws SourceChangedError.
 */
export const planRanges = async (
  file: ClaimedFile, source: MediaSource, origin: RangedOrigin, signal: AbortSignal
): Promise<TransferFileOutput | undefined> => {
  const {fileId, ranged, restarts = 0} = file
  const version = ranged && await compareVersion(file, source, origin, signal)
  const hasChanged = version === 'other' || version === 'other-tag'
  if (hasChanged && restarts >= maxRestarts) {
    return version === 'other' ? giveUp(file) : undefined
  }
  const begun = ranged && !hasChanged ? await begunTransfer(ranged, source, origin) : undefined
  const planned = begun ?? await newTransfer(file, source, origin)
  const {uploadId, s3Key, size} = planned.transfer
  try {
    await record(file, source, planned, restarts + (hasChanged ? 1 : 0))
  } catch (error) {
    await dropUpload(toUpload(s3Key, uploadId))
    throw error
  }
  if (begun === undefined) {
    await dropRanged(file)
  }
  return {fileId, s3Key, size, contentType: source.contentType, uploadId, ranges: listRanges(planned.transfer)}
}
