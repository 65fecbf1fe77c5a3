import {readFileSync} from 'node:fs'
import {join} from 'node:path'

/** A video of any size, made as it is read. Another version of it has other bytes after its opening. */
export interface Video {
  readonly size: number
  readonly etag: string
  /** Bytes `start` up to (not including) `end`, in slices. */
  slices: (start: number, end: number) => Iterable<Buffer>
}

const sliceBytes = 65_536
const word = 4
/** A 64-bit box header: https://developer.apple.com/documentation/quicktime-file-format/atoms */
const headerBytes = 16

let clip: Buffer | undefined
const readClip = (): Buffer => clip ??= readFileSync(join(import.meta.dirname, '../../cli/demo/harbour.mp4'))

/** Players skip a `free` box: what comes behind the clip makes it large and leaves it playable. */
const freeBox = (bytes: number): Buffer => {
  const header = Buffer.alloc(headerBytes)
  header.writeUInt32BE(1)
  header.write('free', word)
  header.writeBigUInt64BE(BigInt(bytes), 2 * word)
  return header
}

/** Each word of the filling says where it is, so that bytes in the wrong place never look right. */
const filling = (start: number, end: number, version: number): Buffer => {
  const from = start - start % word
  const bytes = Buffer.alloc(Math.ceil((end - from) / word) * word)
  for (let at = 0; at < bytes.length; at += word) {
    bytes.writeUInt32BE((from + at + version) % 2 ** 32, at)
  }
  return bytes.subarray(start - from, end - from)
}

/** The clip of the demo, filled up to `size` bytes: by itself if that is less than the clip and a box. */
export const createVideo = (size: number, version: number): Video => {
  const film = readClip()
  const total = size < film.length + headerBytes ? film.length : size
  const opening = total === film.length ? film : Buffer.concat([film, freeBox(total - film.length)])
  return {
    size: total,
    etag: `"practice-${total}-${version}"`,
    * slices(start, end) {
      for (let at = start; at < end; at += sliceBytes) {
        const to = Math.min(end, at + sliceBytes)
        const head = opening.subarray(at, to)
        yield to <= opening.length ? head : Buffer.concat([head, filling(at + head.length, to, version)])
      }
    }
  }
}

/** Size of the demo's clip in bytes. */
export const clipBytes = (): number => readClip().length
