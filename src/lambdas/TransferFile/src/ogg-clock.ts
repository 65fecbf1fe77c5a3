import type {SoundMark} from '../../../util/media/sound-clock'

const headerBytes = 27

/** Samples a second by the first packet of a stream: Vorbis and FLAC say it, Opus counts by 48,000 (RFC 7845); 0 of anything else. */
const readSampleRate = (packet: Buffer): number => {
  const name = packet.subarray(0, 9).toString('latin1')
  if (name.startsWith('OpusHead')) {
    return 48_000
  }
  if (name.startsWith('\x01vorbis') && packet.length >= 16) {
    return packet.readUInt32LE(12)
  }
  // https://xiph.org/flac/ogg_mapping.html: the rate has 20 bits, 27 bytes into the packet.
  return name.startsWith('\x7fFLAC') && packet.length >= 30 ? packet.readUIntBE(27, 3) >> 4 : 0
}

/** Where a page ends, if it is whole. */
const pageEnd = (data: Buffer, at: number): number | undefined => {
  const segments = data[at + 26]
  if (segments === undefined || at + headerBytes + segments > data.length) {
    return undefined
  }
  const end = data.subarray(at + headerBytes, at + headerBytes + segments).reduce((sum, bytes) => sum + bytes, at + headerBytes + segments)
  return end > data.length ? undefined : end
}

const noSample = 0xffff_ffff_ffff_ffffn

/**
 * A clock for Ogg (RFC 3533), whose pages it counts until the wanted seconds are there. A listener joins a broadcast anywhere, so that the
 * first page with a time is where it starts; the songs of one may be a stream each.
 */
export const oggClock = (limit = Infinity): (chunk: Buffer) => SoundMark => {
  let rest = Buffer.alloc(0)
  let [bytes, seconds, before, rate] = [0, 0, 0, 0]
  let start: bigint | undefined
  const take = (page: Buffer): void => {
    const granule = page.readBigUInt64LE(6)
    if ((page.readUInt8(5) & 2) !== 0) {
      [before, rate, start] = [seconds, readSampleRate(page.subarray(headerBytes + page.readUInt8(26))), undefined]
    } else if (granule !== noSample && granule > 0n && rate > 0) {
      start ??= granule
      seconds = Math.max(seconds, before + Number(granule - start) / rate)
    }
  }
  return (chunk) => {
    const data = Buffer.concat([rest, chunk])
    let at = 0
    for (; seconds < limit && data.length - at >= headerBytes;) {
      if (data.toString('latin1', at, at + 4) !== 'OggS') {
        at += 1
        continue
      }
      const end = pageEnd(data, at)
      if (end === undefined) {
        break
      }
      take(data.subarray(at, end))
      at = end
    }
    bytes += at
    rest = data.subarray(at)
    return {seconds, bytes}
  }
}
