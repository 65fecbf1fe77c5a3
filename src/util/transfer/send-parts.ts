import {crc32} from 'node:zlib'
import {borrowBuffer, returnBuffer} from './buffers'
import {base64Crc, combineCrcs} from './crc'

/** Bytes of a part: memory is this times `inFlight`, whatever the size of the file. */
const usualBytes = 8 * 1024 * 1024
const inFlight = 3
export const maxParts = 10_000

/** A part as S3 has it. */
export interface SentPart {
  readonly partNumber: number
  readonly etag: string
}

/** All bytes of a stream, as S3 has them. */
export interface SentParts {
  readonly parts: readonly SentPart[]
  readonly size: number
  /** Of all bytes, in the order in which they were read: base64, as S3 writes it. */
  readonly crc32: string
}

export interface SendOptions {
  readonly partBytes: number
  /** Sends a part and returns its ETag; the bytes stay as they are until then, and their CRC32, in base64, is what S3 has to compare. */
  readonly send: (partNumber: number, bytes: Buffer, signal: AbortSignal, crc32: string) => Promise<string>
  /** Called with the bytes read so far; what it throws ends the transfer. */
  readonly onBytes: (bytes: number) => void
}

/** Part size for a file of `size` bytes: larger if 10,000 parts of the usual size would not hold it, smaller if one part holds it all. */
export const partBytesFor = (size: number | undefined): number =>
  size === undefined ? usualBytes : Math.max(Math.min(size, usualBytes), Math.ceil(size / maxParts))

interface Filling {
  readonly buffer: Buffer
  filled: number
  crc: number
}

/** Adds as much of a chunk as has room, and says how much that was. */
const fill = (filling: Filling, chunk: Buffer): number => {
  const {buffer, filled} = filling
  const copied = chunk.copy(buffer, filled)
  filling.crc = crc32(buffer.subarray(filled, filled + copied), filling.crc)
  filling.filled += copied
  return copied
}

/** The parts under way and the one being filled: `inFlight` together, each with a buffer of its own. */
const sender = ({partBytes, send}: SendOptions) => {
  const controller = new AbortController()
  const sending = new Set<Promise<void>>()
  const parts: SentPart[] = []
  const sendOne = async (partNumber: number, {buffer, filled, crc}: Filling): Promise<void> => {
    try {
      const etag = await send(partNumber, buffer.subarray(0, filled), controller.signal, base64Crc(crc))
      parts.push({partNumber, etag})
    } finally {
      returnBuffer(buffer)
    }
  }
  return {
    /** An empty part, as soon as there is room for one. Throws what a part has failed by. */
    next: async (): Promise<Filling> => {
      await Promise.race(sending.size >= inFlight ? sending : [...sending, Promise.resolve()])
      return {buffer: borrowBuffer(partBytes), filled: 0, crc: 0}
    },
    start: (partNumber: number, filling: Filling): void => {
      const part: Promise<void> = sendOne(partNumber, filling).then(() => { sending.delete(part) })
      // A failed part stays in the set: the next wait throws its error.
      part.catch(() => undefined)
      sending.add(part)
    },
    finished: async (): Promise<readonly SentPart[]> => {
      await Promise.all(sending)
      return parts.toSorted((left, right) => left.partNumber - right.partNumber)
    },
    stop: async (): Promise<void> => {
      controller.abort()
      await Promise.allSettled(sending)
    }
  }
}

/**
 * Sends a stream as parts, each as soon as it is full, and reads no faster than they go. A chunk need stay valid only until the next is
 * requested. On failure every part in flight has settled before it throws, so that an abort of the upload leaves nothing behind.
 */
export const sendParts = async (body: AsyncIterable<Buffer>, options: SendOptions): Promise<SentParts> => {
  const out = sender(options)
  let [size, partNumber, crc] = [0, 0, 0]
  let filling: Filling | undefined
  const send = (part: Filling): void => {
    crc = combineCrcs(crc, part.crc, part.filled)
    out.start(++partNumber, part)
    filling = undefined
  }
  try {
    for await (const chunk of body) {
      size += chunk.length
      options.onBytes(size)
      for (let taken = 0; taken < chunk.length;) {
        filling ??= await out.next()
        taken += fill(filling, chunk.subarray(taken))
        if (filling.filled === filling.buffer.length) {
          send(filling)
        }
      }
    }
    if (filling !== undefined) {
      send(filling)
    }
    return {parts: await out.finished(), size, crc32: base64Crc(crc)}
  } catch (error) {
    await out.stop()
    throw error
  }
}
