import {crc32} from 'node:zlib'
import {uploadPart} from '../../../lib/vendor/AWS/S3Multipart'
import type {ByteRange} from '../../../util/sources/answered-range'
import {borrowBuffer, returnBuffer} from '../../../util/transfer/buffers'
import {base64Crc} from '../../../util/transfer/crc'
import type {StoredPart, Upload} from '../../../util/transfer/uploads'

/** A part of the file, by the number that it has in the upload. */
export interface Cut extends ByteRange {
  readonly number: number
}

export interface CopyOptions {
  readonly signal: AbortSignal
  /** Whether a part is read while the one before is sent. */
  readonly isAhead: boolean
  /** Called with the bytes that were read so far; what it throws ends the copy. */
  readonly onBytes: (bytes: number) => void
  /** Called with each part once S3 has it. */
  readonly onPart: (number: number, part: StoredPart) => void
  /** Called once all bytes are read, while the last of them are sent; what it throws ends the copy. */
  readonly onRead?: (() => Promise<void>) | undefined
}

interface Filling {
  readonly bytes: Buffer
  filled: number
  crc: number
}

interface Sending {
  readonly done: Promise<void>
  failure?: {readonly error: unknown}
}

const fill = (filling: Filling, chunk: Buffer): number => {
  const copied = chunk.copy(filling.bytes, filling.filled)
  filling.crc = crc32(filling.bytes.subarray(filling.filled, filling.filled + copied), filling.crc)
  filling.filled += copied
  return copied
}

/** Runs the sending of a part while others are read, and keeps its failure for the next one to look. */
const running = (work: Promise<void>): Sending => {
  const sending: Sending = {done: work.catch((error: unknown) => { sending.failure = {error} })}
  return sending
}

const requireSent = (sending: Sending | undefined): void => {
  if (sending?.failure !== undefined) {
    throw sending.failure.error
  }
}

/** The memory of a worker is for one part of any size; two of them may be as large as this. */
const maxAheadBytes = 32 * 1024 ** 2

/**
 * Cuts bytes into consecutive parts and sends each as soon as it is whole. Meanwhile the source waits, or the next part is read, in the
 * memory of two: a server that limits its rate never makes up for a pause. A worker that is lost costs the parts that it was at. S3
 * compares each part's checksum with that of the bytes read. Throws what `bytes` throws, the errors of `uploadPart`, or the signal's
 * reason; no part is under way then.
 */
export const copyParts = async (
  bytes: AsyncIterable<Buffer>, cuts: readonly Cut[], upload: Upload, {signal, isAhead, onBytes, onPart, onRead}: CopyOptions
): Promise<void> => {
  const most = Math.max(...cuts.map(({start, end}) => end - start))
  const slots = isAhead && most <= maxAheadBytes ? Math.min(2, cuts.length) : 1
  const memory = borrowBuffer(most * slots)
  let [index, read] = [0, 0]
  let sending: Sending | undefined
  const begin = (): Filling | undefined => {
    const cut = cuts[index]
    const at = index % slots * most
    return cut && {bytes: memory.subarray(at, at + cut.end - cut.start), filled: 0, crc: 0}
  }
  const send = async ({bytes: Body, crc}: Filling, {number: PartNumber}: Cut): Promise<void> => {
    const sum = base64Crc(crc)
    const {ETag = ''} = await uploadPart({...upload, PartNumber, Body, ContentLength: Body.length, ChecksumCRC32: sum}, signal)
    onPart(PartNumber, {etag: ETag, bytes: Body.length, crc32: sum})
  }
  let filling = begin()
  try {
    for await (const chunk of bytes) {
      requireSent(sending)
      onBytes(read += chunk.length)
      for (let taken = 0; filling !== undefined && taken < chunk.length;) {
        taken += fill(filling, chunk.subarray(taken))
        if (filling.filled === filling.bytes.length) {
          await sending?.done
          requireSent(sending)
          sending = running(send(filling, cuts[index]!))
          // Behind the last part there is nothing to read that could want its memory.
          if (slots === 1 && index < cuts.length - 1) {
            await sending.done
          }
          requireSent(sending)
          index += 1
          filling = begin()
        }
      }
    }
    await onRead?.()
    await sending?.done
    requireSent(sending)
  } finally {
    await sending?.done
    returnBuffer(memory)
  }
}
