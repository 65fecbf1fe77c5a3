import {
  AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateMultipartUploadCommand, ListMultipartUploadsCommand, ListPartsCommand,
  UploadPartCommand,
  type AbortMultipartUploadCommandInput, type AbortMultipartUploadCommandOutput,
  type CompleteMultipartUploadCommandInput, type CompleteMultipartUploadCommandOutput,
  type CreateMultipartUploadCommandInput, type CreateMultipartUploadCommandOutput,
  type ListMultipartUploadsCommandInput, type ListMultipartUploadsCommandOutput,
  type ListPartsCommandInput, type ListPartsCommandOutput,
  type UploadPartCommandInput, type UploadPartCommandOutput
} from '@aws-sdk/client-s3'
import {s3} from './S3Client'

/** Begins an upload in parts; its parts are kept, and paid for, until it is completed or aborted. */
export const createMultipartUpload = (input: CreateMultipartUploadCommandInput): Promise<CreateMultipartUploadCommandOutput> =>
  s3.send(new CreateMultipartUploadCommand(input))

/**
 * Sends one part: 5 MiB to 5 GiB, the last one any size; S3 compares its CRC32. A Buffer is sent again by the SDK's own retries, so it must
 * stay as it is meanwhile.
 */
export const uploadPart = (
  input: UploadPartCommandInput & {readonly ChecksumCRC32: string}, abortSignal?: AbortSignal
): Promise<UploadPartCommandOutput> =>
  s3.send(new UploadPartCommand(input), {abortSignal})

/** Lists a page of at most 1,000 parts of an upload, with their sizes and checksums. Throws NoSuchUpload. */
export const listParts = (input: ListPartsCommandInput): Promise<ListPartsCommandOutput> => s3.send(new ListPartsCommand(input))

/**
 * Makes the object of its parts. Throws NoSuchUpload, InvalidPart, BadDigest (another checksum) and more; an error may come
 * inside a 200, which the SDK throws as well. https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
 */
export const completeMultipartUpload = (input: CompleteMultipartUploadCommandInput): Promise<CompleteMultipartUploadCommandOutput> =>
  s3.send(new CompleteMultipartUploadCommand(input))

/** Drops an upload and its parts. Throws NoSuchUpload. */
export const abortMultipartUpload = (input: AbortMultipartUploadCommandInput): Promise<AbortMultipartUploadCommandOutput> =>
  s3.send(new AbortMultipartUploadCommand(input))

/** Reads one page (at most 1,000) of the uploads that were begun and neither completed nor aborted. */
export const listMultipartUploads = (input: ListMultipartUploadsCommandInput): Promise<ListMultipartUploadsCommandOutput> =>
  s3.send(new ListMultipartUploadsCommand(input))
