import {pipeline, Readable, type Transform} from 'node:stream'
import {promisify} from 'node:util'
import {constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress} from 'node:zlib'
import {asObject} from '../../types/json'
import {NamedError} from '../errors'
import {zstdFrames} from './zstd-frames'

export type Coding = 'gzip' | 'deflate' | 'deflate-raw' | 'br' | 'zstd'

/** Enough to tell what is in it. */
const headBytes = 4096

/**
 * What media are never compressed by: PCM and bitmaps come to 20, silence and black pictures beyond are not worth the disk that a bomb
 * fills.
 */
const maxRatio = 200
/** This much may come out whatever went in: it harms no one. */
const freeBytes = 16 * 1024 * 1024

/** What HTTP allows, which is all the memory that a decoder takes: https://www.rfc-editor.org/rfc/rfc9659 */
const zstdWindowLog = 23

interface Flush {
  readonly zlib?: {readonly finishFlush: number}
  readonly brotli?: {readonly finishFlush: number}
}

/** With this a decoder takes the end of its bytes for no error. */
const partial: Flush = {zlib: {finishFlush: constants.Z_SYNC_FLUSH}, brotli: {finishFlush: constants.BROTLI_OPERATION_FLUSH}}

const decoders: Readonly<Record<Coding, (flush: Flush) => Transform>> = {
  gzip: ({zlib}) => createGunzip(zlib),
  deflate: ({zlib}) => createInflate(zlib),
  'deflate-raw': ({zlib}) => createInflateRaw(zlib),
  br: ({brotli}) => createBrotliDecompress(brotli),
  zstd: () => createZstdDecompress({params: {[constants.ZSTD_d_windowLogMax]: zstdWindowLog}})
}

/** First bytes of what first bytes are once a coding is off; undefined if they are not in it. */
export const decodedHead = async (head: Buffer, coding: Coding): Promise<Buffer | undefined> => {
  const decoder = decoders[coding](partial)
  const chunks: Buffer[] = []
  let size = 0
  decoder.end(head)
  try {
    for await (const chunk of decoder as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      size += chunk.length
      if (size >= headBytes) {
        break
      }
    }
  } catch {
    return undefined
  }
  // What brings nothing out of so much was no beginning, but for the rare stream that opens with a comment.
  return size === 0 && head.length >= headBytes ? undefined : Buffer.concat(chunks)
}

const piped = promisify(pipeline)

/** Decoders read on while others wait for their bytes, which are valid for a moment only. */
async function* copies(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of body) {
    yield Buffer.from(chunk)
  }
}

const readErrorCode = (error: unknown): string => String(asObject(error).code ?? '')

const decodingError = (error: unknown, coding: Coding, host: string): unknown => {
  const code = readErrorCode(error)
  if (!/^(?:Z_|ERR__ERROR|ERR_BROTLI|ERR_ZLIB|ZSTD_)/.test(code)) {
    return error
  }
  return code === 'Z_BUF_ERROR'
    ? new NamedError(
        'TruncatedBodyError', `${host} sent the file compressed by ${coding} and stopped before its end. Try again later.`, {cause: error}
      )
    : corrupt(coding, host, error)
}

const corrupt = (coding: string, host: string, cause?: unknown): NamedError => new NamedError('UnsupportedSourceError',
  `${host} sends the file compressed by ${coding}, and it is damaged. Look for another source of it.`, {cause})

/** Of a file whose bytes are not in the coding that its server claims, nor anything else that is known. */
export const undecodable = (claimed: string, host: string): NamedError => corrupt(claimed.slice(0, 32), host)

async function* through(body: AsyncIterable<Buffer>, coding: Coding): AsyncGenerator<Buffer, void, undefined> {
  const decoder = decoders[coding]({})
  const feeding = piped(Readable.from(copies(body), {highWaterMark: 1}), decoder)
  feeding.catch(() => undefined)
  yield* decoder as AsyncIterable<Buffer>
  await feeding
}

/** Node's decoder ends with the first frame, and takes the end of its bytes for the end of that. */
async function* throughFrames(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  for await (const frame of zstdFrames(body)) {
    yield* through(frame, 'zstd')
  }
}

interface Meter {
  received: number
}

async function* counted(body: AsyncIterable<Buffer>, meter: Meter): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of body) {
    meter.received += chunk.length
    yield chunk
  }
}

async function* limited(body: AsyncIterable<Buffer>, coding: Coding, host: string, meter: Meter): AsyncGenerator<Buffer, void, undefined> {
  let given = 0
  try {
    for await (const chunk of coding === 'zstd' ? throughFrames(body) : through(body, coding)) {
      given += chunk.length
      if (given > freeBytes && given > meter.received * maxRatio) {
        throw new NamedError('FileTooLargeError',
          `${host} sends a file that unpacks to more than ${maxRatio} times its size, which no media does. Look for another source of it.`)
      }
      yield chunk
    }
  } catch (error) {
    throw decodingError(error, coding, host)
  }
}

/**
 * The bytes of a body once codings are off, the outermost first. Throws TruncatedBodyError if they end too early, UnsupportedSourceError if
 * they are damaged, FileTooLargeError if more than 16 MiB and 200 times as much comes out as went in, and what the body throws.
 */
export const decodedBody = (body: AsyncIterable<Buffer>, codings: readonly Coding[], host: string): AsyncIterable<Buffer> => {
  const meter: Meter = {received: 0}
  return codings.reduce<AsyncIterable<Buffer>>((inner, coding) => limited(inner, coding, host, meter), counted(body, meter))
}
