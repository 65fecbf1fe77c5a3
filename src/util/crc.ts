/** A CRC32 as S3 writes it: base64 of its four bytes. */
export const base64Crc = (crc: number): string => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(crc)
  return bytes.toString('base64')
}
