import type {FileRecord} from '../../types/domain'
import {beginUpload, fillUpload} from './begin-upload'
import {requireAllowedSize} from '../sources/direct-source'
import {isNamedError} from '../errors'
import {lifecycle} from '../files/lifecycle'
import {logger} from '../logger'
import type {LookedAt} from '../sources/look'
import {partBytesFor} from './send-parts'
import {dropUpload, type Upload, toUpload} from './uploads'
import {readWholeBody} from '../sources/whole-look'

/** What a look brought, as the record has it. */
export type LookedUpload = NonNullable<FileRecord['looked']>

type Attempt = Parameters<typeof beginUpload>[0] & Pick<FileRecord, 'record'>

export interface KeepOptions {
  readonly signal: AbortSignal
  /** How long the worker has left. */
  readonly milliseconds: number
}

interface FillOptions extends KeepOptions {
  readonly onBytes: (bytes: number) => void
}

const mebibyte = 1024 ** 2

/**
 * Of a larger file a connection's buffers hold less than 5 %, so that it costs next to nothing to close the answer and to ask again, where
 * the user sees it come. If no length is announced, no one knows how near the end is.
 */
const maxBytes = {known: 96 * mebibyte, unknown: 256 * mebibyte}
/** How long a file may stay Requested only because its bytes come already. */
const maxMilliseconds = {known: 30_000, unknown: 60_000}
/** After that the pace shows whether the rest comes in time; what came until then is at most a thirtieth of the file. */
const paceMilliseconds = 1_000

/** What has come so far, and in which time. */
export interface Come {
  readonly bytes: number
  readonly milliseconds: number
  /** Of the whole, if it was announced. */
  readonly size?: number | undefined
}

/** Of more than half of a file the rest is sooner here than all of it once more, however slowly it comes now. */
const isMostlyThere = ({bytes, size = Infinity}: Pick<Come, 'bytes' | 'size'>): boolean => bytes * 2 > size

/** Whether the end of a file is too far off for a look of `milliseconds`, by its pace so far. */
export const isTooFar = (come: Come, milliseconds: number): boolean => {
  const {bytes, milliseconds: taken, size} = come
  return size === undefined
    ? bytes > maxBytes.unknown
    : taken > paceMilliseconds && !isMostlyThere(come) && taken * size / bytes > milliseconds
}
const shownMilliseconds = 2_000
/** Enough for a worker to continue without what the look brings. */
const marginMilliseconds = 30_000

/** What a look brings is left to the transfer. */
const leaving = (why: string): Error => new Error(`It ${why}.`)

const isTooLarge = ({isWhole, size}: LookedAt): boolean => isWhole && size !== undefined && size > maxBytes.known

/** Of what has no end the transfer takes as much as is wanted. */
const isToBeRecorded = ({record}: Attempt, {size}: LookedAt): boolean => record !== undefined && size === undefined

/** Called with the bytes so far, throws once it is clear that the end is too far off. */
const createWatch = ({size}: LookedAt, host: string, {milliseconds, onBytes}: FillOptions): (bytes: number) => void => {
  const begun = performance.now()
  return (bytes) => {
    requireAllowedSize(bytes, host)
    onBytes(bytes)
    if (isTooFar({bytes, size, milliseconds: performance.now() - begun}, milliseconds)) {
      throw leaving('is too slow, or too large')
    }
  }
}

/** Bytes that damage themselves, have no end or too many of them, are the same for everyone. */
const isOfTheFile = (error: unknown): boolean => isNamedError(error, 'EndlessSourceError', 'FileTooLargeError', 'UnsupportedSourceError')

/** Aborts an upload that no one will complete. */
export const dropLooked = async ({s3Key, uploadId}: Pick<LookedUpload, 's3Key' | 'uploadId'>): Promise<void> => {
  try {
    await dropUpload(toUpload(s3Key, uploadId))
  } catch (error) {
    logger.warn('An upload was not aborted; the lifecycle rule of the bucket removes it.', {uploadId, error})
  }
}

const fill = async (
  upload: Upload, body: AsyncIterable<Buffer>, source: LookedAt, options: FillOptions
): Promise<Pick<LookedUpload, 'size' | 'crc32'>> => {
  const {signal} = options
  const onBytes = createWatch(source, source.answer.finalUrl.host, options)
  const {size, crc32} = await fillUpload(upload, body, {partBytes: partBytesFor(source.size), signal, onBytes})
  if (source.size !== undefined && size !== source.size) {
    throw leaving(`has ${size} bytes instead of ${source.size}`)
  }
  return {size, crc32}
}

/** Shows a user who waits how far it is, now and then; nothing depends on it. */
const createReporter = (file: Attempt, {size}: LookedAt): (bytes: number) => void => {
  let shown = performance.now()
  return (bytes) => {
    if (performance.now() - shown < shownMilliseconds) {
      return
    }
    shown = performance.now()
    lifecycle.looking(file, {progress: {r1: {bytes, speed: 0}}, size})
      .catch((error: unknown) => logger.warn('The progress was not recorded.', {error}))
  }
}

const keepSoon = async (file: Attempt, source: LookedAt, options: FillOptions): Promise<LookedUpload | undefined> => {
  const {content} = source
  const body = content.kind !== 'media' || isTooLarge(source) || isToBeRecorded(file, source)
    ? undefined
    : await readWholeBody(source, {signal: options.signal})
  if (content.kind !== 'media' || body === undefined) {
    return undefined
  }
  const {contentType} = content
  const upload = await beginUpload(file, content)
  const kept = {uploadId: upload.UploadId, s3Key: upload.Key}
  try {
    return {...kept, contentType, ...await fill(upload, body, source, options)}
  } catch (error) {
    await dropLooked(kept)
    throw error
  }
}

const keep = async (file: Attempt, source: LookedAt, options: KeepOptions): Promise<LookedUpload | undefined> => {
  const milliseconds = Math.min(options.milliseconds, source.size === undefined ? maxMilliseconds.unknown : maxMilliseconds.known)
  const tooSlow = new AbortController()
  const leave = (): void => {
    tooSlow.abort(leaving('is too slow'))
    source.close()
  }
  const show = createReporter(file, source)
  let bytes = 0
  const soon = setTimeout(() => {
    if (!isMostlyThere({bytes, size: source.size})) {
      leave()
    }
  }, milliseconds)
  const late = setTimeout(leave, options.milliseconds)
  try {
    return await keepSoon(file, source, {
      milliseconds, signal: AbortSignal.any([options.signal, tooSlow.signal]), onBytes: (count) => {
        bytes = count
        show(count)
      }
    })
  } finally {
    clearTimeout(soon)
    clearTimeout(late)
  }
}

/**
 * Puts into the file's upload what a look brings anyway, so that the source is not asked for it again: TransferFile completes the upload.
 * Undefined if the file is to be asked for as always. Throws what is wrong with the file itself, and the signal's reason.
 */
export const keepLooked = async (
  file: Attempt, source: LookedAt, {signal, milliseconds}: KeepOptions
): Promise<LookedUpload | undefined> => {
  const left = milliseconds - marginMilliseconds
  try {
    return left > 0 ? await keep(file, source, {signal, milliseconds: left}) : undefined
  } catch (error) {
    signal.throwIfAborted()
    if (source.isWhole && isOfTheFile(error)) {
      throw error
    }
    logger.info('What the look brings is left to the transfer.', {error})
    return undefined
  } finally {
    source.close()
  }
}
