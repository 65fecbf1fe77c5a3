import {afterAll, afterEach, beforeEach, jest} from '@jest/globals'
import type {PutEventsRequest, PutEventsResponse} from '@aws-sdk/client-eventbridge'
import {context} from '../../../../test/helpers/context'
import {envelopeOf} from '../../../../test/helpers/envelope'
import {fakeS3} from '../../../../test/helpers/fake-s3'
import {freezeDate} from '../../../../test/helpers/frozen-date'
import {startMediaSite} from '../../../../test/helpers/media-site'
import {startTable} from '../../../../test/helpers/table'
import type {YtDlpOptions} from '../../../lib/yt-dlp/YtDlp'
import type {MediaDescription} from '../../../lib/yt-dlp/description'
import type {Info} from '../../../lib/yt-dlp/typed'
import {fileKey} from '../../../util/files/keys'

export const s3 = fakeS3()
export const putEvents = jest.fn<(input: PutEventsRequest) => Promise<PutEventsResponse>>()
export const describeMedia = jest.fn<(url: URL, options?: YtDlpOptions) => Promise<MediaDescription>>()
jest.unstable_mockModule('../../../lib/vendor/AWS/EventBridge', () => ({putEvents}))
const {headObject: _head, ...multipart} = s3.commands
jest.unstable_mockModule('../../../lib/vendor/AWS/S3Multipart', () => multipart)
jest.unstable_mockModule('../../../lib/yt-dlp/YtDlp', () => ({describeMedia, downloadMedia: jest.fn()}))

export const table = await startTable()
export const site = await startMediaSite()
Object.assign(process.env, {BUCKET_NAME: 'media-downloader', EVENT_BUS_NAME: 'MediaDownloaderEvents', ALLOW_PRIVATE_SOURCES: 'true', MAX_FILE_BYTES: '40000000', HOST_CONCURRENCY: '2', HOST_RATE_PER_SECOND: '1000', POWERTOOLS_LOG_LEVEL: 'CRITICAL'})
export const {handler} = await import('../src')

export const now = '2025-11-23T10:00:05.000Z'
export const fileId = 'url-1'
export const correlationId = 'correlation-1'

export const requested = (sourceUrl: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...fileKey(fileId), fileId, sourceUrl, status: 'Requested', correlationId, requestedAt: '2025-11-23T10:00:00.000Z',
  availableAt: '2025-11-23T10:00:00.000Z', updatedAt: '2025-11-23T10:00:00.000Z', ...more
})
export const eventFor = (sourceUrl: string, more: Record<string, unknown> = {}): unknown =>
  envelopeOf('FileRequested', {fileId, correlationId, sourceUrl, userId: 'ann', requestedAt: '2025-11-23T10:00:00.000Z', ...more})
/** Puts the record of a request, and lets its event come. */
export const start = async (sourceUrl: string, more: Record<string, unknown> = {}): Promise<void> => {
  await table.put(requested(sourceUrl, more))
  await handler(eventFor(sourceUrl), context)
}
export const record = (): Promise<unknown> => table.get(fileKey(fileId))
export const published = (): unknown[] => putEvents.mock.calls.flatMap(([{Entries = []}]) => Entries.map(({DetailType, Detail}) => [DetailType, JSON.parse(Detail ?? '')]))
/** As yt-dlp describes a medium. */
export const described = (info: Partial<Info> = {}, more: Partial<MediaDescription> = {}): MediaDescription =>
  ({title: 'One', liveStatus: 'not_live', info: {format_id: '18', url: 'https://x/one.mp4', protocol: 'https', ext: 'mp4', ...info}, ...more})

beforeEach(() => {
  freezeDate(now)
  putEvents.mockReset().mockResolvedValue({FailedEntryCount: 0, Entries: [{EventId: 'event-1'}]})
  describeMedia.mockReset().mockRejectedValue(new Error('not to be asked'))
})
afterEach(async () => {
  jest.useRealTimers()
  s3.clear()
  await table.clear()
})
afterAll(async () => {
  await table.stop()
  await site.close()
})
