import {afterAll, afterEach, beforeEach, expect, jest} from '@jest/globals'
import type {Context} from 'aws-lambda'
import {context as lambdaContext} from '../../../../test/helpers/context'
import {fakeS3} from '../../../../test/helpers/fake-s3'
import {startMediaSite} from '../../../../test/helpers/media-site'
import {startTable} from '../../../../test/helpers/table'
import type {DownloadOptions, DownloadedMedia, YtDlpOptions} from '../../../lib/yt-dlp/YtDlp'
import type {MediaChoice} from '../../../lib/yt-dlp/choice'
import type {MediaDescription} from '../../../lib/yt-dlp/description'
import type {TransferFileOutput} from '../../../types/workflow'
import {fileKey} from '../../../util/files/keys'

export const s3 = fakeS3()
export const describeMedia = jest.fn<(url: URL, options?: YtDlpOptions) => Promise<MediaDescription>>()
export const downloadMedia = jest.fn<(description: MediaDescription, choice: MediaChoice, options: DownloadOptions) => Promise<DownloadedMedia>>()
const {headObject, ...commands} = s3.commands
export const multipart = commands
jest.unstable_mockModule('../../../lib/vendor/AWS/S3', () => ({headObject}))
jest.unstable_mockModule('../../../lib/vendor/AWS/S3Multipart', () => multipart)
jest.unstable_mockModule('../../../lib/yt-dlp/YtDlp', () => ({describeMedia, downloadMedia}))

export const table = await startTable()
export const site = await startMediaSite()
Object.assign(process.env, {
  BUCKET_NAME: 'media-downloader', ALLOW_PRIVATE_SOURCES: 'true', MAX_FILE_BYTES: '40000000', RANGED_FROM_BYTES: '134217728',
  HOST_CONCURRENCY: '2', HOST_RATE_PER_SECOND: '1000', POWERTOOLS_LOG_LEVEL: 'CRITICAL'
})
export const {handler} = await import('../src')

export const fileId = 'url-1'
const executionArn = 'arn:aws:states:us-west-2:123456789012:execution:FileDownloadWorkflow:one'
export const input = {fileId, correlationId: 'correlation-1', executionArn}
export const context = (milliseconds = 60_000): Context => ({...lambdaContext, getRemainingTimeInMillis: () => milliseconds})

export const claimed = (path: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...fileKey(fileId), fileId, sourceUrl: site.url(path), status: 'MetadataReady', correlationId: 'correlation-1', requestedAt: '2025-11-23T10:00:00.000Z',
  availableAt: '2025-11-23T10:00:01.000Z', updatedAt: '2025-11-23T10:00:01.000Z', title: 'One', extractor: 'direct', claimedBy: executionArn, ...more
})
export const record = (): Promise<unknown> => table.get(fileKey(fileId))
export const transfer = async (path: string, more: Record<string, unknown> = {}, remaining?: number): Promise<TransferFileOutput> => {
  await table.put(claimed(path, more))
  return handler(input, context(remaining))
}
/** Of a file that is whole at the first try. */
export const whole = {fileId, s3Key: 'media/url-1.mp4', contentType: 'video/mp4', uploadId: 'upload-1', ranges: []}
export const failure = (work: Promise<unknown>): Promise<unknown> => work.then(() => { throw new Error('Expected a failure.') }, (error: unknown) => error)

/** No object, no open upload. */
export const nothingLeft = (): void => expect([[...s3.objects.keys()], [...s3.uploads.keys()]]).toEqual([[], []])

beforeEach(() => {
  describeMedia.mockReset().mockRejectedValue(new Error('not to be asked'))
  downloadMedia.mockReset().mockRejectedValue(new Error('not to be asked'))
})
afterEach(async () => {
  s3.clear()
  jest.restoreAllMocks()
  await table.clear()
})
afterAll(async () => {
  await table.stop()
  await site.close()
})
