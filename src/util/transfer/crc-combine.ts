import {base64Crc, combineCrcs as append} from './crc'

export interface PieceChecksum {
  readonly bytes: number
  /** In base64. */
  readonly crc32: string
}

/** CRC32 of a whole, in base64, from those of its pieces in order: as zlib's `crc32_combine` does it, and S3 for an object of parts. */
export const combineCrcs = (pieces: readonly PieceChecksum[]): string => base64Crc(
  pieces.reduce((crc, {bytes, crc32}) => append(crc, Buffer.from(crc32, 'base64').readUInt32BE(), bytes), 0))
