import {createMultipartUpload, uploadPart} from '../../lib/vendor/AWS/S3Multipart'
import type {FileRecord} from '../../types/domain'
import {mediaKey} from '../files/keys'
import type {MediaContent} from '../media/media-content'
import {sendParts, type SendOptions, type SentParts} from './send-parts'
import {type Upload, toUpload} from './uploads'

/** Begins a file's upload. The object's metadata say which attempt it is of: S3ObjectCreated takes no other. */
export const beginUpload = async (
  {fileId, correlationId}: Pick<FileRecord, 'fileId' | 'correlationId'>,
  {contentType, extension}: Pick<MediaContent, 'contentType' | 'extension'>
): Promise<Upload> => {
  const {UploadId: _none, ...object} = toUpload(mediaKey(fileId, extension), '')
  const {UploadId = ''} = await createMultipartUpload({
    ...object, ContentType: contentType, Metadata: {'file-id': fileId, 'correlation-id': correlationId},
    ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT'
  })
  return {...object, UploadId}
}

/**
 * Sends all bytes of a body as parts of an upload, as `sendParts` does. Throws what the body, `onBytes` or S3 throw, and the signal's
 * reason.
 */
export const fillUpload = (
  upload: Upload, body: AsyncIterable<Buffer>, {signal, ...options}: Omit<SendOptions, 'send'> & {readonly signal: AbortSignal}
): Promise<SentParts> => sendParts(body, {
  ...options,
  send: async (PartNumber, Body, stopped, ChecksumCRC32) => {
    const part = {...upload, PartNumber, Body, ContentLength: Body.length, ChecksumCRC32}
    const {ETag = ''} = await uploadPart(part, AbortSignal.any([signal, stopped]))
    return ETag
  }
})
