import {afterAll, afterEach, beforeEach, jest} from '@jest/globals'
import type {PutEventsRequest, PutEventsResponse} from '@aws-sdk/client-eventbridge'
import type {HeadObjectCommandInput, HeadObjectCommandOutput} from '@aws-sdk/client-s3'
import type {S3Event} from 'aws-lambda'
import {example} from '../../../../test/helpers/example'
import {freezeDate} from '../../../../test/helpers/frozen-date'
import {startTable} from '../../../../test/helpers/table'
import {fileKey} from '../../../util/files/keys'

export const putEvents = jest.fn<(input: PutEventsRequest) => Promise<PutEventsResponse>>()
export const headObject = jest.fn<(input: HeadObjectCommandInput) => Promise<Partial<HeadObjectCommandOutput>>>()
jest.unstable_mockModule('../../../lib/vendor/AWS/EventBridge', () => ({putEvents}))
jest.unstable_mockModule('../../../lib/vendor/AWS/S3', () => ({headObject}))
export const emitMetrics = jest.fn()
jest.unstable_mockModule('../../../lib/vendor/Metrics', () => ({emitMetrics}))

export const table = await startTable()
Object.assign(process.env, {EVENT_BUS_NAME: 'MediaDownloaderEvents', BUCKET_NAME: 'media-downloader', MEDIA_RETENTION_DAYS: '0'})
export const {handler} = await import('../src')

export const announced = example('FileDownloadCompleted', 'video')
export const {fileId, s3Key, size} = announced
const {correlationId, etag, contentType, title} = announced
const now = '2025-11-23T10:00:09.000Z'

export const file = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...fileKey(fileId), fileId, sourceUrl: 'https://youtu.be/dQw4w9WgXcQ', status: 'Downloading', correlationId, requestedAt: '2025-11-23T10:00:00.000Z',
  availableAt: '2025-11-23T10:00:01.000Z', updatedAt: '2025-11-23T10:00:08.000Z', title, contentType: 'video/webm', progress: {r1: {bytes: 10, speed: 5}}, claimedBy: 'arn:execution',
  uploadId: 'upload-1', expectedSize: size, s3Key, ...more
})
const {uploadId: _, progress: _progress, ...ended} = file()
/** The record of a file whose transfer has ended, whatever comes of it. */
export const rest = ended
export const downloaded = {...rest, status: 'Downloaded', size, etag, contentType, completedAt: now, updatedAt: now}

/** As S3 tells of new objects. */
export const notification = (...keys: string[]): S3Event =>
  ({Records: keys.map((key) => ({eventName: 'ObjectCreated:CompleteMultipartUpload', s3: {bucket: {name: 'media-downloader'}, object: {key, size}}}))} as unknown as S3Event)

/** What S3 says of the object of `file`. */
export const object = (more: Partial<HeadObjectCommandOutput> = {}): Partial<HeadObjectCommandOutput> =>
  ({ContentLength: size, ContentType: contentType, ETag: `"${etag}"`, Metadata: {'file-id': fileId, 'correlation-id': correlationId}, ...more})

export const published = (): unknown[] => putEvents.mock.calls.flatMap(([{Entries = []}]) => Entries.map(({Detail}) => JSON.parse(Detail ?? '')))

beforeEach(() => {
  freezeDate(now)
  emitMetrics.mockReset()
  putEvents.mockReset().mockResolvedValue({FailedEntryCount: 0, Entries: [{EventId: 'event-1'}]})
  headObject.mockReset().mockResolvedValue(object())
})

afterEach(async () => {
  jest.useRealTimers()
  await table.clear()
})

afterAll(() => table.stop())
