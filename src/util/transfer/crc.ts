/** The polynomial of CRC32, its bits in reverse: the lowest is the highest power. */
const polynomial = 0xedb88320

/** Product modulo the polynomial, as zlib's `crc32_combine` does it. */
const multiply = (one: number, other: number): number => {
  let [product, shifted] = [0, other]
  for (let mask = 0x80000000; mask > 0; mask >>>= 1) {
    product = (one & mask) === 0 ? product : product ^ shifted
    shifted = (shifted & 1) === 0 ? shifted >>> 1 : (shifted >>> 1) ^ polynomial
  }
  return product >>> 0
}

/** What appending `bytes` zero bytes multiplies a CRC with: x to the power of 8 × `bytes`. */
const computeShift = (bytes: number): number => {
  let [result, power] = [0x80000000, 0x00800000]
  for (let left = bytes; left > 0; left = Math.floor(left / 2)) {
    result = left % 2 === 0 ? result : multiply(power, result)
    power = multiply(power, power)
  }
  return result
}

/** CRC32 of two byte strings one after the other, from the CRC32 of each and the length of the second. */
export const combineCrcs = (first: number, second: number, secondBytes: number): number =>
  (multiply(computeShift(secondBytes), first) ^ second) >>> 0

/** A CRC32 as S3 writes it: base64 of its four bytes. */
export const base64Crc = (crc: number): string => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(crc)
  return bytes.toString('base64')
}
