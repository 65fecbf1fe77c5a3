/** An open multipart upload that has every byte of the file, and is yet to be completed. */
export interface LookedUpload {
  readonly uploadId: string
  readonly s3Key: string
  readonly contentType: string
  readonly size: number
  /** Of all bytes as they were read, in base64. */
  readonly crc32: string
}
