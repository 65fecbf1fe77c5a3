import {setTimeout as sleep} from 'node:timers/promises'
import {crc32} from 'node:zlib'
import {uploadPart} from '../lib/vendor/AWS/S3Multipart'
import {openSource, type SourceAnswer} from '../lib/vendor/Http'
import {borrowBuffer, returnBuffer} from './buffers'
import {base64Crc} from './crc'
import {permittedAddress, requirePlain} from './direct-source'
import {isNamedError, NamedError} from './errors'
import {contentRange, strongValidator} from './ranged-source'
import {refusalOf} from './source-errors'

/** A file as it was when its transfer was planned. */
export interface CopySource {
  readonly url: URL
  readonly headers?: Readonly<Record<string, string>>
  /** Strong, see `rangedSource`. */
  readonly validator: string
  /** Bytes of the whole. */
  readonly size: number
}

/** Bytes of the file, from the first one on, `end` not included. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** Where they belong. */
export interface CopyTarget {
  readonly Bucket: string
  readonly Key: string
  readonly UploadId: string
  readonly PartNumber: number
}

export interface CopyOptions {
  readonly signal: AbortSignal
  /** Called with the bytes of this part that were read so far; what it throws ends the copy. */
  readonly onBytes: (bytes: number) => void
}

/** A part as S3 has it: the ETag with its quotes, the CRC32 in base64. */
export interface CopiedPart {
  readonly etag: string
  readonly crc32: string
}

const changed = (host: string, what: string): NamedError =>
  new NamedError('SourceChangedError', `Expected the same file of ${host} as before; ${what}. Its transfer has to begin anew.`)

/** Throws SourceChangedError unless an answer brings just the bytes that were asked for, of just the file that was planned. */
const requireSame = ({statusCode, headers, finalUrl: {host}}: SourceAnswer, {validator, size}: CopySource, {start, end}: ByteRange): void => {
  if (statusCode === 200 || statusCode === 416) {
    throw changed(host, 'it has another one now')
  }
  const range = contentRange(headers)
  if (range?.size !== size || range.start !== start || range.end !== end) {
    throw changed(host, `it answers 'bytes ${start}-${end - 1}/${size}' by '${(headers['content-range'] ?? '').slice(0, 100)}'`)
  }
  const now = validator.startsWith('"') ? headers.etag : headers['last-modified']
  if (now !== undefined && now !== validator) {
    throw changed(host, `its validator was ${validator.slice(0, 100)} and is ${(strongValidator(headers) ?? now).slice(0, 100)}`)
  }
}

const openRange = async (source: CopySource, range: ByteRange, signal: AbortSignal): Promise<SourceAnswer> => {
  const headers = {...source.headers, range: `bytes=${range.start}-${range.end - 1}`, 'if-range': source.validator}
  const answer = await openSource(source.url, {headers, signal, permits: permittedAddress()})
  try {
    const refusal = answer.statusCode === 416 ? undefined : refusalOf(answer, answer.finalUrl.host)
    if (refusal !== undefined) {
      throw refusal
    }
    requireSame(answer, source, range)
    requirePlain(answer)
    return answer
  } catch (error) {
    answer.close()
    throw error
  }
}

interface Filling {
  readonly bytes: Buffer
  filled: number
  crc: number
}

/** Goes on filling with what an answer brings. Throws where that is not all that is missing. */
const fillFrom = async ({body, finalUrl: {host}}: SourceAnswer, filling: Filling, onBytes: CopyOptions['onBytes']): Promise<void> => {
  const {bytes} = filling
  for await (const chunk of body) {
    if (chunk.length > bytes.length - filling.filled) {
      throw changed(host, `it sends more than the ${bytes.length} bytes that it was asked for`)
    }
    filling.crc = crc32(chunk, filling.crc)
    filling.filled += chunk.copy(bytes, filling.filled)
    onBytes(filling.filled)
  }
  if (filling.filled < bytes.length) {
    throw new NamedError('TruncatedBodyError', `Expected ${bytes.length} bytes of ${host}; it sent ${filling.filled}.`)
  }
}

/** So often a part may break off and be gone on with at its next byte; what breaks more often waits in the workflow. */
const mostBreaks = 5

const hasBroken = (error: unknown): boolean => isNamedError(error, 'TransientSourceError', 'SourceStalledError', 'TruncatedBodyError')

/** Fills `bytes`, and says the CRC32 of them. An answer that breaks off is gone on with, as long as each one brings something. */
const readAll = async (source: CopySource, {start, end}: ByteRange, bytes: Buffer, {signal, onBytes}: CopyOptions): Promise<number> => {
  const filling: Filling = {bytes, filled: 0, crc: 0}
  for (let breaks = 0; filling.filled < bytes.length; breaks++) {
    const before = filling.filled
    const answer = await openRange(source, {start: start + before, end}, signal)
    try {
      await fillFrom(answer, filling, onBytes)
    } catch (error) {
      if (!hasBroken(error) || breaks === mostBreaks || filling.filled === before) {
        throw error
      }
      await sleep(breaks * 500, undefined, {signal}).catch(() => signal.throwIfAborted())
    } finally {
      answer.close()
    }
  }
  return filling.crc
}

/**
 * Copies a range of a file into one part of an upload; S3 compares its checksum with that of the bytes read. A connection that breaks costs
 * none of them. Throws SourceChangedError, TruncatedBodyError, the errors of `openSource`, of refusing statuses and of `uploadPart`, or the signal's reason.
 */
export const copyPart = async (source: CopySource, range: ByteRange, part: CopyTarget, {signal, onBytes}: CopyOptions): Promise<CopiedPart> => {
  const length = range.end - range.start
  const bytes = borrowBuffer(length)
  try {
    const crc = base64Crc(await readAll(source, range, bytes, {signal, onBytes}))
    const {ETag = ''} = await uploadPart({...part, Body: bytes, ContentLength: length, ChecksumCRC32: crc}, signal)
    return {etag: ETag, crc32: crc}
  } finally {
    returnBuffer(bytes)
  }
}
