import {createHash} from 'node:crypto'
import type {FileHandle} from 'node:fs/promises'
import {readChunks} from '../../runtime/core/body'
import {ServiceError} from '../../runtime/core/errors'
import {type Algorithm, algorithms, checksumHeader, createHasher, isAlgorithm} from './checksums'
import {payloadLength, readPayload} from './chunked'
import {header, type S3Request} from './request'

/** What was written, and what it adds up to. */
export interface Received {
  readonly size: number
  /** Hexadecimal MD5, without quotes. */
  readonly md5: string
  readonly algorithm?: Algorithm
  /** Base64, if an algorithm was asked for. */
  readonly checksum?: string
}

/** The algorithm that a request names, or shows by the checksum it sends. */
export const requestedAlgorithm = (s3: S3Request): Algorithm | undefined => {
  const named = (header(s3, 'x-amz-sdk-checksum-algorithm') ?? header(s3, 'x-amz-checksum-algorithm'))?.toUpperCase()
  const trailer = header(s3, 'x-amz-trailer')?.toLowerCase() ?? ''
  return algorithms.find((algorithm) => header(s3, checksumHeader(algorithm)) !== undefined || trailer.includes(checksumHeader(algorithm)))
    ?? (isAlgorithm(named) ? named : undefined)
}

const mismatch = (what: string): ServiceError => new ServiceError('BadDigest', `The ${what} you specified did not match the calculated checksum.`)

const check = (s3: S3Request, received: Received, trailers: Readonly<Record<string, string>>): void => {
  const contentMd5 = header(s3, 'content-md5')
  if (contentMd5 !== undefined && Buffer.from(contentMd5, 'base64').toString('hex') !== received.md5) {
    throw mismatch('Content-MD5')
  }
  const name = received.algorithm === undefined ? '' : checksumHeader(received.algorithm)
  const expected = header(s3, name) ?? trailers[name]
  if (expected !== undefined && expected !== received.checksum) {
    throw mismatch(String(received.algorithm))
  }
}

const writeAll = async (file: FileHandle, chunk: Buffer, position: number): Promise<void> => {
  for (let written = 0; written < chunk.length;) {
    written += (await file.write(chunk, written, chunk.length - written, position + written)).bytesWritten
  }
}

/**
 * Streams a request's content into a file, from `position` on, hashing while the disk works. `always` is computed even
 * if the request names no algorithm. Throws BadDigest, IncompleteBody.
 */
export const receive = async (s3: S3Request, file: FileHandle, position = 0, always?: Algorithm): Promise<Received> => {
  const payload = readPayload(readChunks(s3.request), s3.request.headers)
  const algorithm = requestedAlgorithm(s3) ?? always
  const md5 = createHash('md5')
  const hasher = algorithm === undefined ? undefined : createHasher(algorithm)
  let size = 0
  for await (const chunk of payload.chunks) {
    const writing = writeAll(file, chunk, position + size)
    md5.update(chunk)
    hasher?.update(chunk)
    size += chunk.length
    await writing
  }
  const announced = payloadLength(s3.request.headers)
  if (announced !== undefined && announced !== size) {
    throw new ServiceError('IncompleteBody', `You did not provide the number of bytes specified by the length header: ${announced}, but ${size}.`)
  }
  const received = {
    size, md5: md5.digest('hex'), ...(algorithm !== undefined && hasher !== undefined && {algorithm, checksum: (await hasher.digest()).toString('base64')})
  }
  check(s3, received, payload.trailers)
  return received
}
