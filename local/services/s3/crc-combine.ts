import type {Algorithm} from './checksums'

interface Polynomial {
  readonly bits: bigint
  /** Reflected: the lowest bit is the highest power. */
  readonly value: bigint
}

const polynomials: Partial<Readonly<Record<Algorithm, Polynomial>>> = {
  CRC32: {bits: 32n, value: 0xedb88320n},
  CRC32C: {bits: 32n, value: 0x82f63b78n},
  CRC64NVME: {bits: 64n, value: 0x9a6c9329ac4bc9b5n}
}

/** Product modulo the polynomial, as zlib's `crc32_combine` does it. */
const multiply = (one: bigint, other: bigint, {bits, value}: Polynomial): bigint => {
  let product = 0n
  let shifted = other
  for (let mask = 1n << (bits - 1n); mask > 0n; mask >>= 1n) {
    product = one & mask ? product ^ shifted : product
    shifted = shifted & 1n ? (shifted >> 1n) ^ value : shifted >> 1n
  }
  return product
}

/** x to the power of 8 × `bytes`: what appending `bytes` zero bytes multiplies a CRC with. */
const zeroBytesFactor = (bytes: number, polynomial: Polynomial): bigint => {
  let result = 1n << (polynomial.bits - 1n)
  let power = 1n << (polynomial.bits - 2n)
  for (let exponent = BigInt(bytes) * 8n; exponent > 0n; exponent >>= 1n) {
    result = exponent & 1n ? multiply(power, result, polynomial) : result
    power = multiply(power, power, polynomial)
  }
  return result
}

const toBigInt = (base64: string): bigint => BigInt(`0x${Buffer.from(base64, 'base64').toString('hex')}`)

export interface PartChecksum {
  readonly checksum: string
  readonly size: number
}

/** Whether the checksum of a whole object follows from those of its parts. */
export const isCombinable = (algorithm: Algorithm): boolean => polynomials[algorithm] !== undefined

/** Base64 of the whole object's CRC, from its parts' in order. */
export const combineCrcs = (algorithm: Algorithm, parts: readonly PartChecksum[]): string => {
  const polynomial = polynomials[algorithm]!
  const whole = parts.map(({checksum, size}) => ({crc: toBigInt(checksum), size}))
    .reduce((left, right) => ({crc: multiply(zeroBytesFactor(right.size, polynomial), left.crc, polynomial) ^ right.crc, size: 0}))
  return Buffer.from(whole.crc.toString(16).padStart(Number(polynomial.bits / 4n), '0'), 'hex').toString('base64')
}
