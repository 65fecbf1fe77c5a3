import {createMultipartUpload} from '../../../lib/vendor/AWS/S3Multipart'
import type {ClaimedFile} from '../../../util/claimed-file'
import {mediaKey} from '../../../util/keys'
import {type Upload, uploadOf} from '../../../util/uploads'
import type {MediaSource} from './source'

/** Begins a file's upload. The object's metadata say which attempt it is of: S3ObjectCreated takes no other. */
export const beginUpload = async ({fileId, correlationId}: ClaimedFile, {contentType, extension}: MediaSource): Promise<Upload> => {
  const {UploadId: _none, ...object} = uploadOf(mediaKey(fileId, extension), '')
  const {UploadId = ''} = await createMultipartUpload({
    ...object, ContentType: contentType, Metadata: {'file-id': fileId, 'correlation-id': correlationId},
    ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT'
  })
  return {...object, UploadId}
}
