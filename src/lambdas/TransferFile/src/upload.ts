import {completeMultipartUpload} from '../../../lib/vendor/AWS/S3Multipart'
import type {RangedTransfer} from '../../../types/domain'
import type {TransferFileOutput} from '../../../types/workflow'
import {beginUpload, fillUpload} from '../../../util/transfer/begin-upload'
import type {ClaimedFile} from '../../../util/files/claimed-file'
import {rangeName} from '../../../util/files/file-progress'
import {whileClaimed} from '../../../util/files/lifecycle'
import {requireAllowedSize} from '../../../util/sources/direct-source'
import {numberEnv} from '../../../util/env'
import {NamedError} from '../../../util/errors'
import {logger} from '../../../util/logger'
import {maxParts, partBytesFor, type SentParts} from '../../../util/transfer/send-parts'
import {isTransient} from '../../../util/transfer/transfer-failure'
import type {Progress} from '../../../util/transfer/transfer-progress'
import {dropUpload, type Upload} from '../../../util/transfer/uploads'
import {isComplete} from './finished'
import {isWorthRecording, transferInto} from './ranges'
import {resumedBody} from './resumed'
import type {MediaSource, RangedOrigin} from './source'

export interface UploadOptions {
  readonly progress: Progress
  readonly signal: AbortSignal
  /** How to ask for what is missing if the answer breaks off: this worker, or the next one if this one does not come to the end. */
  readonly origin?: RangedOrigin | undefined
}

/** What can be resumed is recorded as a transfer by ranges, of which this is the only one. */
const recordUpload = async (
  file: ClaimedFile, {UploadId, Key}: Upload, {contentType, size, missing}: MediaSource, ranged?: RangedTransfer
): Promise<void> => {
  const upload = ranged === undefined ? {uploadId: UploadId} : {ranged, begunBy: ranged.begunBy}
  await whileClaimed.uploading(file, {...upload, s3Key: Key, contentType, size, missing})
}

const sendAll = (upload: Upload, body: AsyncIterable<Buffer>, {progress, signal}: UploadOptions, partBytes: number): Promise<SentParts> => {
  const limit = numberEnv('MAX_FILE_BYTES')
  return fillUpload(upload, body, {
    partBytes, signal,
    onBytes: (bytes) => {
      signal.throwIfAborted()
      if (bytes > limit || bytes > partBytes * maxParts) {
        requireAllowedSize(bytes, 'the source')
        throw new NamedError(
          'FileTooLargeError', `The source announces no size and sends more than ${partBytes * maxParts} bytes. Ask for a smaller file.`
        )
      }
      progress.report(bytes)
    }
  })
}

const requireWhole = ({size: announced}: MediaSource, {size}: SentParts): void => {
  if (size === 0) {
    throw new NamedError('EmptyBodyError', 'The source sent an empty file. Check the link.')
  }
  if (announced !== undefined && announced !== size) {
    throw new NamedError('TruncatedBodyError', `The source announced ${announced} bytes and sent ${size}. Try again later.`)
  }
}

/** S3 compares size and checksum of the whole with what was read: an object that differs never comes to be. */
export const complete = async (file: ClaimedFile, upload: Upload, {parts, size, crc32}: SentParts): Promise<void> => {
  try {
    await completeMultipartUpload({
      ...upload, MpuObjectSize: size, ChecksumType: 'FULL_OBJECT', ChecksumCRC32: crc32,
      MultipartUpload: {Parts: parts.map(({partNumber, etag}) => ({PartNumber: partNumber, ETag: etag}))}
    })
  } catch (error) {
    // Its answer can be lost although S3 did it.
    if (!await isComplete(file, upload.Key, size).catch(() => false)) {
      throw error
    }
  }
}

const discard = async (upload: Upload): Promise<void> => {
  try {
    await dropUpload(upload)
  } catch (error) {
    logger.warn('An upload was not aborted; the lifecycle rule of the bucket removes it.', {uploadId: upload.UploadId, error})
  }
}

/** Of an attempt that may continue the parts are left, everything else is aborted. */
const leaveOrDiscard = async (upload: Upload, isKept: boolean, failure: unknown): Promise<void> => {
  if (!isKept || !isTransient(failure)) {
    await discard(upload)
  }
}

/**
 * Streams media into S3, always as a multipart upload: a file of one part costs two requests ($0.00001) more than PutObject would, and
 * spares a second way to abort, to verify and to be announced. What fails permanently, or has no ranges to continue with, leaves no upload
 * open.
 */
export const uploadMedia = async (file: ClaimedFile, source: MediaSource, options: UploadOptions): Promise<TransferFileOutput> => {
  const {origin, progress, signal} = options
  const upload = await beginUpload(file, source)
  const ranged = origin && isWorthRecording(origin) ? transferInto(file, upload, origin, origin.size) : undefined
  try {
    await recordUpload(file, upload, source, ranged)
    const body = origin ? resumedBody(file, source, origin, {signal, isRecorded: ranged !== undefined}) : source.body
    const sent = await sendAll(upload, body, options, ranged?.partBytes ?? partBytesFor(source.size))
    requireWhole(source, sent)
    await progress.settled()
    // First the proof, then the object: its notification may come before the answer.
    await whileClaimed.sent(file, {
      expectedSize: sent.size, range: rangeName(0), 'progress.#range': {bytes: sent.size, speed: 0, crc32: sent.crc32}
    })
    await complete(file, upload, sent)
    return {fileId: file.fileId, s3Key: upload.Key, size: sent.size, contentType: source.contentType, uploadId: upload.UploadId, ranges: []}
  } catch (error) {
    await leaveOrDiscard(upload, ranged !== undefined, signal.aborted ? signal.reason : error)
    throw error
  }
}
