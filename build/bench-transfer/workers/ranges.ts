import {ListPartsCommand, S3Client} from '@aws-sdk/client-s3'
import {serveWork, type Work} from './serve'

interface Source {
  readonly url: URL
  readonly validator: string
  readonly size: number
}

interface Target {
  readonly Bucket: string
  readonly Key: string
  readonly UploadId: string
  readonly PartNumber: number
}

/** Of `src/util`; the bundle brings it along. */
export interface Ranges {
  readonly copyPart: (
    source: Source, range: {readonly start: number, readonly end: number}, part: Target,
    options: {readonly signal: AbortSignal, readonly onBytes: (bytes: number) => void}
  ) => Promise<{readonly etag: string, readonly crc32: string}>
}

const attempts = 10

const stored = async (client: S3Client, {key: Key, uploadId: UploadId}: Work): Promise<Set<number>> => {
  const {Parts = []} = await client.send(new ListPartsCommand({Bucket: 'bench', Key, UploadId}))
  return new Set(Parts.map(({PartNumber = 0}) => PartNumber))
}

/** Copies, one after the other, those parts of an upload that are not there yet; a part that fails is tried again, alone. */
export const serveRanges = ({copyPart}: Ranges): void => {
  serveWork(async (work) => {
    const {url, key: Key, uploadId: UploadId = '', size = 0, partBytes} = work
    const there = await stored(new S3Client({forcePathStyle: true}), work)
    const source = {url: new URL(url), validator: `"bench-${size}"`, size}
    let failed = 0
    const copy = async (PartNumber: number, left: number): Promise<void> => {
      const range = {start: (PartNumber - 1) * partBytes, end: Math.min(size, PartNumber * partBytes)}
      try {
        await copyPart(source, range, {Bucket: 'bench', Key, UploadId, PartNumber}, {signal: new AbortController().signal, onBytes: () => undefined})
      } catch (error) {
        if (left === 0) {
          throw error
        }
        failed++
        await copy(PartNumber, left - 1)
      }
    }
    const missing = Array.from({length: Math.ceil(size / partBytes)}, (_, index) => index + 1).filter((number) => !there.has(number))
    for (const number of missing) {
      await copy(number, attempts)
    }
    return {copied: missing.length, failed}
  })
}
