import {createHash} from 'node:crypto'
import {seededRandom} from '../../local/runtime/clock/random'
import type {EventEnvelope} from '../../local/runtime/core/types'
import {readWiring} from '../../shared/wiring/wiring'

const first = Date.parse('2026-08-01T00:00:00Z')
const bucket = String(readWiring('local/wiring.json').ofType('aws_s3_bucket').find(({name}) => name === 'Media')?.values['bucket'])

const partBytes = 8 * 1024 * 1024

const iso = (time: number): string => new Date(time).toISOString()

type Detail = Readonly<Record<string, unknown>>

/** One attempt at a file as production would have archived it. */
interface Story {
  readonly sourceUrl: string
  readonly fileId: string
  readonly correlationId: string
  readonly at: number
  readonly random: () => number
}

const pick = <T>(random: () => number, choices: readonly T[]): T => choices[Math.floor(random() * choices.length)]!

const envelope = ({correlationId, random}: Story, kind: string, at: number, detail: Detail): EventEnvelope => ({
  version: '0', id: `${correlationId}-${kind}-${Math.floor(random() * 1e9)}`, 'detail-type': kind,
  source: `mediadownloader.${kind === 'FileRequested' ? 'request' : kind === 'FileMetadataReady' ? 'metadata' : 'download'}`,
  account: '123456789012', time: iso(at).replace(/\.\d+Z$/, 'Z'), region: 'us-west-2', resources: [], detail
})

/** From a megabyte to four gigabytes, as many of each order of magnitude. */
const sizeOf = (random: () => number): number => Math.floor(1e6 * 4_000 ** random())

const types: ReadonlyArray<readonly [contentType: string, extension: string]> = [['video/mp4', 'mp4'], ['audio/mpeg', 'mp3'], ['video/webm', 'webm'], ['image/jpeg', 'jpg']]

const requested = (story: Story, userId: string, at: number, more: Detail = {}): EventEnvelope => {
  const {fileId, correlationId, sourceUrl} = story
  return envelope(story, 'FileRequested', at, {fileId, correlationId, sourceUrl, userId, requestedAt: iso(at), ...more})
}

const failures: ReadonlyArray<readonly [errorCode: string, errorMessage: string, retryable: boolean]> = [
  ['SourceNotFoundError', 'Expected the media from the source; it has nothing there; check the URL (HTTP 404).', false],
  ['TransientSourceError', 'Expected the media from the source; it is in trouble (HTTP 503).', true],
  ['HtmlInsteadOfMediaError', 'Expected a video, sound or picture from the source; it answers with a web page.', false],
  ['ServiceError', 'The download was interrupted by a fault on our side (States.Timeout). Ask for the file again later.', true]
]

/** The path of most files; some come from a site that describes them, some begin later, some fail, some are asked for again. */
const attempt = (story: Story, userId: string): EventEnvelope[] => {
  const {fileId, correlationId, sourceUrl, at, random} = story
  const ids = {fileId, correlationId}
  const [contentType, extension] = pick(random, types)
  const size = sizeOf(random)
  const isDescribed = random() < 0.3
  const isLater = random() < 0.05
  const isFailing = random() < 0.1
  const [errorCode, errorMessage, retryable] = pick(random, failures)
  if (isFailing && errorCode === 'SourceNotFoundError') {
    return [requested(story, userId, at), envelope(story, 'FileDownloadFailed', at + 1200, {...ids, sourceUrl, errorCode, errorMessage, retryable, failedAt: iso(at + 1200)})]
  }
  const title = isDescribed ? `A film, number ${Math.floor(random() * 1e6)}` : sourceUrl.split('/').at(-1)!.replace(/\.\w+$/, '')
  const availableAt = iso(isLater ? at + 3_600_000 : at + 1400)
  const metadata = {
    ...ids, sourceUrl, title, contentType, availableAt, ...(!isLater && {size}),
    ...(isDescribed && {description: 'About the film.', authorName: 'Ann', authorUser: '@ann', publishDate: iso(at - 86_400_000)})
  }
  const started = isLater ? at + 3_600_000 : at + 2000
  const events = [
    requested(story, userId, at), envelope(story, 'FileMetadataReady', at + 1400, isLater && !isDescribed ? {...ids, sourceUrl, title, availableAt} : metadata),
    envelope(story, 'FileDownloadStarted', started, {...ids, sourceUrl, startedAt: iso(started), executionArn: `arn:aws:states:us-west-2:123456789012:execution:FileDownloadWorkflow:${correlationId}`})
  ]
  if (isFailing) {
    return [...events, envelope(story, 'FileDownloadFailed', started + 9000, {...ids, errorCode, errorMessage, retryable, failedAt: iso(started + 9000)})]
  }
  const s3Key = `media/${fileId}.${extension}`
  const completedAt = started + 8000
  const etag = `${createHash('md5').update(s3Key).digest('hex')}-${Math.ceil(size / partBytes)}`
  const done = envelope(story, 'FileDownloadCompleted', completedAt, {...ids, s3Key, s3Url: `s3://${bucket}/${s3Key}`, size, contentType, etag, title, completedAt: iso(completedAt)})
  const late = random() < 0.1 ? [requested(story, `${userId}-late`, completedAt + 60_000, {alreadyDownloaded: true})] : []
  return [...events, done, ...late]
}

/** An archive of at least `events` events, the same for the same seed. */
export const archiveOf = (events: number, seed: number): EventEnvelope[] => {
  const random = seededRandom(seed)
  const archive: EventEnvelope[] = []
  for (let number = 0; archive.length < events; number++) {
    const sourceUrl = `https://media${number % 97}.example.com/clips/harbour-${number}.mp4`
    const fileId = `url-${createHash('sha256').update(sourceUrl).digest('hex').slice(0, 32)}`
    archive.push(...attempt({sourceUrl, fileId, correlationId: `attempt-${number}`, at: first + number * 311_000, random}, `user-${Math.floor(random() * 500)}`))
  }
  return archive
}
