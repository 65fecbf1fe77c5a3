import ipaddr from 'ipaddr.js'

const V4 = /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/
const V6 = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/
/** Java reads no longer one. */
const V4_CHARACTERS = 15
const MAPPED = [...new Array<number>(10).fill(0), 255, 255]

const fourBytes = (text: string): number[] | undefined => {
  const bytes = text.split('.').map(Number)
  return text.length <= V4_CHARACTERS && bytes.every((byte) => byte <= 255) ? bytes : undefined
}

/** An IPv4 address in the clothes of IPv6 is the IPv4 address. */
const sixteenBytes = (text: string): number[] | undefined => {
  const plain = text.replaceAll(/(^|:)0+(?=[0-9a-fA-F])/g, '$1')
  if (!ipaddr.IPv6.isValid(plain)) {
    return undefined
  }
  const bytes = ipaddr.IPv6.parse(plain).toByteArray()
  return MAPPED.every((byte, at) => bytes[at] === byte) ? bytes.slice(MAPPED.length) : bytes
}

const addressBytes = (text: string): number[] | undefined => {
  if (V4.test(text)) {
    return fourBytes(text)
  }
  return V6.test(text) ? sixteenBytes(text) : undefined
}

const hex = (bytes: readonly number[]): string => Buffer.from(bytes).toString('hex').toUpperCase()

/** The digits by which Event Ruler compares an IP address literal; undefined for any other text. */
export const hexAddress = (text: string): string | undefined => {
  const bytes = addressBytes(text)
  return bytes === undefined ? undefined : hex(bytes)
}

/** Both ends belong to it. */
export interface AddressRange {
  readonly bottom: string
  readonly top: string
}

/** The range of one address literal; undefined for any other text. */
export const literalRange = (text: string): AddressRange | undefined => {
  const address = hexAddress(text)
  return address === undefined ? undefined : {bottom: address, top: address}
}

/**
 * Whether digits lie in a range as Event Ruler finds it: digit by digit, until one decides. So an IPv4 block takes IPv6 addresses by their
 * first digits, and an IPv6 block takes all IPv4 addresses but those that are the start of its ends.
 */
export const meetsRange = (digits: string, {bottom, top}: AddressRange): boolean => {
  const common = Math.min(digits.length, bottom.length)
  let [low, high] = [true, true]
  for (let at = 0; at < common; at += 1) {
    const digit = digits[at]!
    if (!/[0-9A-F]/.test(digit) || (low && digit < bottom[at]!) || (high && digit > top[at]!)) {
      return false
    }
    low &&= digit === bottom[at]
    high &&= digit === top[at]
    if (!low && !high) {
      return true
    }
  }
  return digits.length >= bottom.length
}

const maskBits = (text: string): number => {
  if (!/^[+-]?\d+$/.test(text) || Math.abs(Number(text)) > 2 ** 31 - 1) {
    throw new Error('Malformed CIDR, mask bits must be an integer')
  }
  if (Number(text) < 0) {
    throw new Error('Malformed CIDR, mask bits must not be negative')
  }
  return Number(text)
}

const blockBytes = (literal: string): number[] => {
  const bytes = addressBytes(literal)
  if (bytes === undefined) {
    throw new Error(`${V4.test(literal) || V6.test(literal) ? 'Invalid' : 'Nonstandard'} IP address: ${literal}`)
  }
  return bytes
}

/** The addresses of a block, whose host bits do not count; throws with EventBridge's words for a malformed one. */
export const addressRange = (block: string): AddressRange => {
  const parts = block.replace(/\/+$/, '').split('/')
  if (parts.length !== 2) {
    throw new Error('Malformed CIDR, one \'/\' required')
  }
  const [literal = '', mask = ''] = parts
  const bits = maskBits(mask)
  const bytes = blockBytes(literal)
  if (bits >= bytes.length * 8) {
    throw new Error(bytes.length === 4 ? 'IPv4 mask bits must be < 32' : 'IPv6 mask bits must be < 128')
  }
  const free = bytes.map((_, index) => (1 << Math.min(8, Math.max(0, 8 * (index + 1) - bits))) - 1)
  return {bottom: hex(bytes.map((byte, index) => byte & ~free[index]!)), top: hex(bytes.map((byte, index) => byte | free[index]!))}
}
