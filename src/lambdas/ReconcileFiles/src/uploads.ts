import {listMultipartUploads} from '../../../lib/vendor/AWS/S3Multipart'
import type {FileRecord} from '../../../types/domain'
import {env} from '../../../util/env'
import {getFile} from '../../../util/files/file-records'
import {fileIdOfMediaKey, mediaPrefix} from '../../../util/files/keys'
import {dropUpload, toUpload} from '../../../util/transfer/uploads'
import {type Drift, isOlderThan, patience} from './drift'

interface OpenUpload {
  readonly key: string
  readonly uploadId: string
  /** ISO 8601 UTC. */
  readonly initiatedAt: string
}

async function* openUploads(): AsyncGenerator<OpenUpload, void, undefined> {
  let markers: {readonly KeyMarker?: string, readonly UploadIdMarker?: string} | undefined = {}
  while (markers !== undefined) {
    const page: Awaited<ReturnType<typeof listMultipartUploads>> =
      await listMultipartUploads({Bucket: env('BUCKET_NAME'), Prefix: mediaPrefix, ...markers})
    yield* (page.Uploads ?? []).map(({Key = '', UploadId = '', Initiated = new Date()}) =>
      ({key: Key, uploadId: UploadId, initiatedAt: Initiated.toISOString()}))
    markers = page.IsTruncated ? {KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker} : undefined
  }
}

/**
 * A transfer's own upload, the one that a look filled, and the parts that a failed one has left for the next try; only for a day, as the
 * bucket's lifecycle has it.
 */
const isOwned = (file: FileRecord | undefined, {uploadId, initiatedAt}: OpenUpload): boolean =>
  file !== undefined && [file.uploadId, file.looked?.uploadId, file.ranged?.uploadId].includes(uploadId) && file.status !== 'Downloaded'
    && !isOlderThan(initiatedAt, patience.keeping)

/** Uploads that no transfer will complete; their parts are paid for. */
export async function* orphanedUploads(): AsyncGenerator<Drift, void, undefined> {
  for await (const upload of openUploads()) {
    const {key, uploadId, initiatedAt} = upload
    const fileId = fileIdOfMediaKey(key)
    if (isOlderThan(initiatedAt, patience.uploading) && !isOwned(fileId === undefined ? undefined : await getFile(fileId), upload)) {
      yield {
        kind: 'upload-without-owner', fileId: fileId ?? key, since: initiatedAt, detail: `${key}, upload ${uploadId.slice(0, 16)}…`,
        repair: () => dropUpload(toUpload(key, uploadId))
      }
    }
  }
}
