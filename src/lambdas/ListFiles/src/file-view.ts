import {presignGetObject} from '../../../lib/vendor/AWS/S3'
import type {FileRecord, FileView} from '../../../types/domain'
import type {FileUserRecord} from '../../../types/file-user'
import {env, numberEnv} from '../../../util/env'
import {missingTrackNote} from '../../../util/files/missing-track'
import {userError} from '../../../util/user-sentence'
import {attachmentNamed} from './content-disposition'
import {measurePace} from './pace'
import {describeWait} from './waiting'

const signDownloadUrl = async ({fileId, status, s3Key, title = ''}: FileRecord): Promise<string | null> => {
  if (status !== 'Downloaded' || s3Key === undefined) {
    return null
  }
  const extension = s3Key.slice(s3Key.lastIndexOf('.') + 1)
  return presignGetObject({
    Bucket: env('BUCKET_NAME'),
    Key: s3Key,
    ResponseContentDisposition: attachmentNamed(title, fileId, extension)
  }, numberEnv('DOWNLOAD_URL_SECONDS'))
}

const linkTo = (Key: string): Promise<string> => presignGetObject({Bucket: env('BUCKET_NAME'), Key}, numberEnv('DOWNLOAD_URL_SECONDS'))

/** A file as the user who asked for it sees it. */
export const toFileView = async (file: FileRecord, {requestedAt}: FileUserRecord): Promise<FileView> => ({
  fileId: file.fileId,
  sourceUrl: file.sourceUrl,
  preset: file.preset ?? 'best',
  audio: file.audio ?? null,
  ...(file.record && {record: file.record}),
  status: file.status,
  waiting: describeWait(file),
  title: file.title ?? null,
  author: file.authorName ?? file.authorUser ?? null,
  contentType: file.contentType ?? null,
  size: file.size ?? null,
  ...measurePace(file),
  downloadUrl: await signDownloadUrl(file),
  thumbnailUrl: file.thumbnail === undefined ? null : await linkTo(file.thumbnail),
  captions: await Promise.all((file.captions ?? []).map(async ({language, s3Key}) => ({language, url: await linkTo(s3Key)}))),
  note: file.status === 'Downloaded' ? missingTrackNote(file.missing) ?? null : null,
  error: file.status === 'Failed' && file.error !== undefined ? userError(file.error, file.sourceUrl) : null,
  requestedAt,
  completedAt: file.completedAt ?? null
})
