import type * as S3 from '@aws-sdk/client-s3'
import {serveWork} from './serve'

interface Source {
  readonly size?: number
  readonly body: AsyncIterable<Buffer>
}

interface SendOptions {
  readonly partBytes: number
  readonly send: (partNumber: number, bytes: Buffer, signal: AbortSignal, crc32: string) => Promise<string>
  readonly onBytes: (bytes: number) => void
}

interface Sent {
  readonly parts: ReadonlyArray<{readonly partNumber: number, readonly etag: string}>
  readonly size: number
  readonly crc32: string
}

/** Of `src/util` and `src/lib/vendor`, as the functions use them; the bundle brings them along. */
export interface Engine {
  readonly openDirect: (url: URL, options: {readonly signal: AbortSignal}) => Promise<Source>
  readonly sendParts: (body: AsyncIterable<Buffer>, options: SendOptions) => Promise<Sent>
  readonly createMultipartUpload: (input: S3.CreateMultipartUploadCommandInput) => Promise<S3.CreateMultipartUploadCommandOutput>
  readonly uploadPart: (input: S3.UploadPartCommandInput, signal?: AbortSignal) => Promise<S3.UploadPartCommandOutput>
  readonly completeMultipartUpload: (input: S3.CompleteMultipartUploadCommandInput) => Promise<S3.CompleteMultipartUploadCommandOutput>
}

/** What TransferFile does with one stream, without its record. */
export const serveEngine = ({openDirect, sendParts, createMultipartUpload, uploadPart, completeMultipartUpload}: Engine): void => {
  serveWork(async ({url, key: Key, partBytes}) => {
    const {signal} = new AbortController()
    const {body} = await openDirect(new URL(url), {signal})
    const {UploadId} = await createMultipartUpload({Bucket: 'bench', Key, ContentType: 'video/mp4', ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT'})
    const upload = {Bucket: 'bench', Key, UploadId}
    const {parts, size, crc32} = await sendParts(body, {
      partBytes,
      onBytes: () => undefined,
      send: async (PartNumber, Body, stopped, ChecksumCRC32) =>
        (await uploadPart({...upload, PartNumber, Body, ContentLength: Body.length, ChecksumCRC32}, AbortSignal.any([signal, stopped]))).ETag ?? ''
    })
    await completeMultipartUpload({
      ...upload, MpuObjectSize: size, ChecksumType: 'FULL_OBJECT', ChecksumCRC32: crc32,
      MultipartUpload: {Parts: parts.map(({partNumber, etag}) => ({PartNumber: partNumber, ETag: etag}))}
    })
    return {size, crc32}
  })
}
