import {createHash} from 'node:crypto'
import {crc32} from 'node:zlib'
import {Crc64Nvme} from '@aws-sdk/crc64-nvme'
import {isAmong} from '../../../shared/json'
import {crc32c} from './crc32c'

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html */
export const algorithms = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const

export type Algorithm = typeof algorithms[number]

/** Of the whole object, or of its parts' checksums. */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE'

export interface Hasher {
  update: (chunk: Buffer) => void
  digest: () => Promise<Buffer>
}

const ofCrc = (step: (chunk: Buffer, before: number) => number): Hasher => {
  let value = 0
  return {
    update: (chunk) => { value = step(chunk, value) },
    digest: async () => {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32BE(value)
      return bytes
    }
  }
}

const ofHash = (name: string): Hasher => {
  const hash = createHash(name)
  return {update: (chunk) => { hash.update(chunk) }, digest: async () => hash.digest()}
}

const ofCrc64 = (): Hasher => {
  const crc = new Crc64Nvme()
  return {update: (chunk) => { crc.update(chunk) }, digest: async () => Buffer.from(await crc.digest())}
}

const makers: Readonly<Record<Algorithm, () => Hasher>> = {
  CRC32: () => ofCrc(crc32),
  CRC32C: () => ofCrc(crc32c),
  CRC64NVME: ofCrc64,
  SHA1: () => ofHash('sha1'),
  SHA256: () => ofHash('sha256')
}

export const createHasher = (algorithm: Algorithm): Hasher => makers[algorithm]()

export const isAlgorithm = (value: unknown): value is Algorithm => isAmong(algorithms, value)

/** Base64 of one whole buffer's checksum. */
export const computeChecksum = async (algorithm: Algorithm, bytes: Buffer): Promise<string> => {
  const hasher = createHasher(algorithm)
  hasher.update(bytes)
  return (await hasher.digest()).toString('base64')
}

/** Name of the header, and of the element in XML. */
export const checksumHeader = (algorithm: Algorithm): string => `x-amz-checksum-${algorithm.toLowerCase()}`
export const checksumElement = (algorithm: Algorithm): string => `Checksum${algorithm}`
