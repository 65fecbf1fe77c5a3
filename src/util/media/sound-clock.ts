/** Takes the next bytes of a sound and returns how many seconds of it have come, 0 if its frames cannot be read. */
export type SoundClock = (chunk: Buffer) => number

/** How much sound has come, and where in the bytes its last whole frame ends: bytes from the first one on. */
export interface SoundMark {
  readonly seconds: number
  readonly bytes: number
}

interface Frame {
  readonly bytes: number
  readonly seconds: number
}

/** http://www.mp3-tech.org/programmer/frame_header.html */
const bitrates = {
  v1l1: [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  v1l2: [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  v1l3: [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  v2l1: [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  v2l23: [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
}
const mpegRates = [44_100, 48_000, 32_000]
const aacRates = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350]
const headerBytes = 7

const byteAt = (data: Buffer, at: number): number => data[at] ?? 0

const pickBitrates = (isVersion1: boolean, layer: number): readonly number[] =>
  isVersion1 ? (layer === 1 ? bitrates.v1l1 : layer === 2 ? bitrates.v1l2 : bitrates.v1l3) : layer === 1 ? bitrates.v2l1 : bitrates.v2l23

const mpegFrame = (data: Buffer, at: number): Frame | undefined => {
  const [second, third] = [byteAt(data, at + 1), byteAt(data, at + 2)]
  // Version: 0 is 2.5, 2 is 2, 3 is 1.
  const [version, layer] = [second >> 3 & 3, 4 - (second >> 1 & 3)]
  const kilobits = pickBitrates(version === 3, layer)[(third >> 4) - 1]
  const rate = (mpegRates[third >> 2 & 3] ?? 0) / (version === 3 ? 1 : version === 2 ? 2 : 4)
  if (version === 1 || layer === 4 || kilobits === undefined || rate === 0) {
    return undefined
  }
  const padding = third >> 1 & 1
  const samples = layer === 1 ? 384 : layer === 3 && version !== 3 ? 576 : 1152
  const slot = layer === 1 ? 4 : 1
  return {bytes: (Math.floor(samples / 8 / slot * kilobits * 1000 / rate) + padding) * slot, seconds: samples / rate}
}

/** https://wiki.multimedia.cx/index.php/ADTS */
const adtsFrame = (data: Buffer, at: number): Frame | undefined => {
  const rate = aacRates[byteAt(data, at + 2) >> 2 & 15]
  const bytes = (byteAt(data, at + 3) & 3) << 11 | byteAt(data, at + 4) << 3 | byteAt(data, at + 5) >> 5
  return rate === undefined || bytes <= headerBytes ? undefined : {bytes, seconds: 1024 * ((byteAt(data, at + 6) & 3) + 1) / rate}
}

const frameAt = (data: Buffer, at: number): Frame | undefined => {
  const second = byteAt(data, at + 1)
  if (byteAt(data, at) !== 0xff || second < 0xe0) {
    return undefined
  }
  return (second & 0xf6) === 0xf0 ? adtsFrame(data, at) : mpegFrame(data, at)
}

/**
 * A clock for MP3 (any layer) and AAC in ADTS, which counts frames until the wanted seconds are there. A frame counts if another one
 * follows it, so that bytes which look like one by chance do not.
 */
export const soundMarks = (limit = Infinity): (chunk: Buffer) => SoundMark => {
  let rest = Buffer.alloc(0)
  let [seconds, bytes] = [0, 0]
  return (chunk) => {
    const data = Buffer.concat([rest, chunk])
    let at = 0
    for (let frame; seconds < limit && at + headerBytes <= data.length;) {
      frame = frameAt(data, at)
      if (frame !== undefined && at + frame.bytes + headerBytes > data.length) {
        break
      }
      const isFollowed = frame !== undefined && frameAt(data, at + frame.bytes) !== undefined
      seconds += isFollowed ? frame?.seconds ?? 0 : 0
      at += isFollowed ? frame?.bytes ?? 1 : 1
    }
    bytes += at
    rest = data.subarray(at)
    return {seconds, bytes}
  }
}

/** A clock for MP3 (any layer) and AAC in ADTS. */
export const soundClock = (): SoundClock => {
  const marks = soundMarks()
  return (chunk) => marks(chunk).seconds
}
