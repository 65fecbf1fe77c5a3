const polynomial = 0x82f63b78

const table = Uint32Array.from({length: 256}, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) {
    value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1
  }
  return value
})

/** CRC-32C (Castagnoli) of a chunk, going on from the one before. Node's zlib has only the other CRC-32. */
export const crc32c = (chunk: Uint8Array, before = 0): number => {
  let value = ~before
  for (let index = 0; index < chunk.length; index++) {
    value = table[(value ^ chunk[index]!) & 0xff]! ^ (value >>> 8)
  }
  return ~value >>> 0
}
