import ipaddr from 'ipaddr.js'

const V4 = /^\d+\.\d+\.\d+\.\d+$/
const V6 = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/

/** The bytes of an IP address literal, undefined for any other text. */
export const addressBytes = (text: string): readonly number[] | undefined => {
  if (V4.test(text)) {
    return ipaddr.IPv4.isValidFourPartDecimal(text) ? ipaddr.IPv4.parse(text).toByteArray() : undefined
  }
  return V6.test(text) && ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text).toByteArray() : undefined
}

const compare = (left: readonly number[], right: readonly number[]): number => {
  const at = left.findIndex((byte, index) => byte !== right[index])
  return at < 0 ? 0 : left[at]! - right[at]!
}

const top = (base: readonly number[], bits: number): number[] => base.map((byte, index) => {
  const free = Math.min(8, Math.max(0, 8 * (index + 1) - bits))
  return byte | ((1 << free) - 1)
})

const maskBits = (text: string): number => {
  if (!/^[+-]?\d+$/.test(text)) {
    throw new Error('Malformed CIDR, mask bits must be an integer')
  }
  if (Number(text) < 0) {
    throw new Error('Malformed CIDR, mask bits must not be negative')
  }
  return Number(text)
}

/** Whether an address lies between the block's given address and its last one; throws with EventBridge's words for a malformed block. */
export const addressRange = (block: string): (text: string) => boolean => {
  const parts = block.split('/')
  if (parts.length !== 2) {
    throw new Error('Malformed CIDR, one \'/\' required')
  }
  const [literal = '', mask = ''] = parts
  const bits = maskBits(mask)
  const base = addressBytes(literal)
  if (base === undefined) {
    throw new Error(`Nonstandard IP address: ${literal}`)
  }
  if (bits >= base.length * 8) {
    throw new Error(base.length === 4 ? 'IPv4 mask bits must be < 32' : 'IPv6 mask bits must be < 128')
  }
  const last = top(base, bits)
  return (text) => {
    const address = addressBytes(text)
    return address !== undefined && address.length === base.length && compare(address, base) >= 0 && compare(address, last) <= 0
  }
}
