import type {FileHandle} from 'node:fs/promises'
import {invalidArgument, invalidRequest} from './errors'
import type {S3Answer} from './answer'
import {checksumElement, checksumHeader} from './checksums'
import {payloadLength} from './chunked'
import type {S3Context} from './context'
import {copyBytes, findSource, sourceHeaders} from './copy-source'
import {openUpload} from './create-upload'
import {openForWriting} from './files'
import {encryptionHeaders} from './headers'
import {parsePartNumber} from './range'
import {receive, type Received, requestedAlgorithm} from './receive'
import {header, type S3Request} from './request'
import type {Part, Upload} from './uploads'

const checkAlgorithm = ({algorithm, checksumType}: Upload, s3: S3Request): void => {
  const given = requestedAlgorithm(s3)
  // A checksum of checksums cannot do without a part's.
  const isMissing = given === undefined && checksumType === 'COMPOSITE'
  if (algorithm !== undefined && given !== algorithm && (given !== undefined || isMissing)) {
    throw invalidRequest(
      `Checksum Type mismatch occurred, expected checksum Type: ${algorithm.toLowerCase()}, actual checksum Type: ${given?.toLowerCase() ?? 'null'}`
    )
  }
}

type Write = (file: FileHandle, offset: number) => Promise<Received>

/** Writes a part to its place and records it. */
const store = async (
  context: S3Context, s3: S3Request, upload: Upload, size: number | undefined, write: Write
): Promise<{received: Received, part: Part}> => {
  const number = parsePartNumber(s3.query.get('partNumber'))
  const stored = context.uploads.parts(upload.id).map((part) => part.number)
  const slot = context.slots.take(upload.id, number, size, stored)
  const file = await openForWriting(context.files.uploadPath(upload.id, slot.file)).catch((error: unknown) => {
    // Its folder is gone with the upload, if that was aborted a moment ago.
    slot.release()
    openUpload(context, s3)
    throw error
  })
  const received = await write(file, slot.offset).finally(async () => {
    await file.close()
    slot.release()
  })
  // It may have been aborted or completed while the part came in.
  openUpload(context, s3)
  const part: Part = {
    number, etag: received.md5, size: received.size, modified: context.clock.now(), checksum: received.checksum ?? null,
    file: slot.file, offset: slot.offset
  }
  context.uploads.putPart(upload.id, part)
  return {received, part}
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export const uploadPart = async (context: S3Context, s3: S3Request): Promise<S3Answer> => {
  const upload = openUpload(context, s3)
  parsePartNumber(s3.query.get('partNumber'))
  checkAlgorithm(upload, s3)
  const {received: {md5, algorithm, checksum}} = await store(context, s3, upload, payloadLength(s3.request.headers),
    (file, offset) => receive(s3, file, offset, upload.algorithm))
  return {headers: {...encryptionHeaders, etag: `"${md5}"`, ...(algorithm !== undefined && checksum !== undefined && {[checksumHeader(algorithm)]: checksum})}}
}

const rangeHeader = 'x-amz-copy-source-range'

/** The stretch of its source that a part is; all of it by default. Throws InvalidArgument, InvalidRequest. */
const copyRange = (s3: S3Request, size: number): {readonly start: number, readonly size: number} => {
  const text = header(s3, rangeHeader)
  if (text === undefined) {
    return {start: 0, size}
  }
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(text) ?? []
  const [start, end] = [Number(first), Number(last)]
  if (first === undefined || last === undefined || end < start) {
    throw invalidArgument('The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the '
      + 'zero-based offsets of the first and last bytes to copy', rangeHeader, text)
  }
  if (start >= size) {
    throw invalidRequest('The specified copy range is invalid for the source object size')
  }
  if (end >= size) {
    throw invalidArgument(`Range specified is not valid for source object of size: ${size}`, rangeHeader, text)
  }
  return {start, size: end - start + 1}
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html */
export const uploadPartCopy = async (context: S3Context, s3: S3Request): Promise<S3Answer> => {
  const upload = openUpload(context, s3)
  parsePartNumber(s3.query.get('partNumber'))
  const source = findSource(context, s3)
  const range = copyRange(s3, source.size)
  const {part, received: {algorithm, checksum}} = await store(context, s3, upload, range.size,
    (file, offset) => copyBytes(context, source, range, {file, offset}, upload.algorithm))
  return {
    headers: {...encryptionHeaders, ...sourceHeaders(context, source)},
    root: 'CopyPartResult',
    members: {
      LastModified: new Date(part.modified).toISOString(), ETag: `"${part.etag}"`,
      ...(algorithm !== undefined && checksum !== undefined && {[checksumElement(algorithm)]: checksum})
    }
  }
}
