import {abortMultipartUpload, listParts} from '../../lib/vendor/AWS/S3Multipart'
import type {TransferRangePart} from '../../types/workflow'
import {isErrorNamed, unlessNamed} from '../aws-errors'
import {env} from '../env'

/** A multipart upload as S3's commands name it. */
export interface Upload {
  readonly Bucket: string
  readonly Key: string
  readonly UploadId: string
}

/** A part as S3 has it: the ETag with its quotes, the CRC32 in base64. */
export interface StoredPart {
  readonly etag: string
  readonly bytes: number
  readonly crc32: string
}

/** The upload of a key in the bucket of the media. */
export const toUpload = (s3Key: string, uploadId: string): Upload => ({Bucket: env('BUCKET_NAME'), Key: s3Key, UploadId: uploadId})

/** Aborts an upload, which may be gone already. */
export const dropUpload = async (upload: Upload): Promise<void> => {
  await unlessNamed('NoSuchUpload', abortMultipartUpload(upload))
}

type Page = Awaited<ReturnType<typeof listParts>>

const readPage = async (upload: Upload, after: number, most: number): Promise<Page | undefined> => {
  try {
    return await listParts({...upload, PartNumberMarker: String(after), MaxParts: Math.min(1_000, most)})
  } catch (error) {
    if (isErrorNamed(error, 'NoSuchUpload')) {
      return undefined
    }
    throw error
  }
}

/** The parts of an upload by number, those of a range or all of them; undefined if the upload is gone. */
export const storedParts = async (
  upload: Upload, {firstPart, lastPart}: TransferRangePart = {firstPart: 1, lastPart: Infinity}
): Promise<ReadonlyMap<number, StoredPart> | undefined> => {
  const found = new Map<number, StoredPart>()
  for (let after = firstPart - 1; after < lastPart;) {
    const page: Page | undefined = await readPage(upload, after, lastPart - after)
    if (page === undefined) {
      return undefined
    }
    for (const {PartNumber = 0, ETag: etag = '', Size: bytes = 0, ChecksumCRC32: crc32 = ''} of page.Parts ?? []) {
      found.set(PartNumber, {etag, bytes, crc32})
    }
    after = page.IsTruncated ? Number(page.NextPartNumberMarker) : Infinity
  }
  return found
}
