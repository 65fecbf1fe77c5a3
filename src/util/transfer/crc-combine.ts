import {base64Crc} from './crc'

// Reflected: the highest bit is x⁰.
const polynomial = 0xedb88320
const one = 0x80000000
const x = 0x40000000

const multiply = (left: number, right: number): number => {
  let product = 0
  let shifted = right
  for (let mask = one; mask !== 0; mask >>>= 1) {
    product ^= left & mask ? shifted : 0
    shifted = shifted & 1 ? (shifted >>> 1) ^ polynomial : shifted >>> 1
  }
  return product >>> 0
}

/** What appending `bytes` zero bytes multiplies a CRC with. */
const shiftOf = (bytes: number): number => {
  let result = one
  let power = x
  for (let exponent = bytes * 8; exponent > 0; exponent = Math.floor(exponent / 2)) {
    result = exponent % 2 === 1 ? multiply(power, result) : result
    power = multiply(power, power)
  }
  return result
}

export interface PieceChecksum {
  readonly bytes: number
  /** In base64. */
  readonly crc32: string
}

/** CRC32 of a whole, in base64, from those of its pieces in order: as zlib's `crc32_combine` does it, and S3 for an object of parts. */
export const combineCrcs = (pieces: readonly PieceChecksum[]): string => base64Crc(
  pieces.reduce((crc, piece) => (multiply(shiftOf(piece.bytes), crc) ^ Buffer.from(piece.crc32, 'base64').readUInt32BE()) >>> 0, 0))
