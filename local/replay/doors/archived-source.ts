import type {EventEnvelope} from '../../runtime/core/types'
import {type Attempt, findDetail} from '../attempts'
import type {ShadowBundle} from '../bundle'
import type {Moments} from '../moments'
import {buildAnswer, type MediaDescription, type Purpose, type Source, type SourceAnswer, sourceError} from './answer'

type Detail = EventEnvelope['detail']

interface Facts {
  readonly bundle: ShadowBundle
  readonly attempt: Attempt
  readonly moments: Moments
  readonly metadata: Detail | undefined
  readonly completed: Detail | undefined
  readonly failed: Detail | undefined
}

const text = (detail: Detail | undefined, name: string): string | undefined => typeof detail?.[name] === 'string' ? detail[name] : undefined
const number = (detail: Detail | undefined, name: string): number | undefined => typeof detail?.[name] === 'number' ? detail[name] : undefined

/** First bytes of the containers whose media type alone does not tell them. */
const signatures: Readonly<Record<string, string>> = {webm: '\x1a\x45\xdf\xa3\x42\x82\x84webm', ogg: 'OggS', opus: 'OggS\0OpusHead', mp4: '\0\0\0\x18ftypmp42'}

/** Bytes of no known signature and no text: what they are is said by the answer's headers. */
const createContent = (size: number, extension: string): Buffer => {
  const content = Buffer.alloc(size, 1)
  content.write(signatures[extension] ?? '', 'latin1')
  return content
}

const pageUrl = (url: URL): SourceAnswer => buildAnswer(url, Buffer.from('<!DOCTYPE html><html><body></body></html>'), {'content-type': 'text/html'})

/** The site described it, rather than the headers of a file. */
const isDescribed = (metadata: Detail): boolean => ['authorName', 'authorUser', 'description', 'publishDate'].some((name) => metadata[name] !== undefined) || text(metadata, 'contentType') === undefined

const failure = ({bundle, failed}: Facts): Error => {
  const [name = 'Error', message = ''] = [text(failed, 'errorCode'), text(failed, 'errorMessage')]
  return sourceError(bundle, name, message) ?? Object.assign(new Error(message), {name})
}

const later = ({bundle}: Facts, availableAt: string): Error =>
  new bundle.NamedError('NotYetAvailableError', 'Expected media that is whole; it was not there yet.', {availableAt})

/** How the archive knows a file: by its metadata, if they came, else by the failure that came instead of them. */
const identified = (facts: Facts): Detail | 'unknown' => {
  const {metadata, failed, completed, moments} = facts
  if (metadata !== undefined) {
    moments.identified()
    return metadata
  }
  if (failed !== undefined && !facts.attempt.events.some((event) => event['detail-type'] === 'FileDownloadStarted')) {
    throw failure(facts)
  }
  // The archive begins later: anything will do that leads to what came of it.
  return completed ?? failed ?? 'unknown'
}

const fileAnswer = ({bundle}: Facts, url: URL, metadata: Detail): SourceAnswer => {
  const contentType = text(metadata, 'contentType') ?? 'video/mp4'
  const extension = bundle.formatNamed(contentType)?.extension ?? 'bin'
  const title = text(metadata, 'title')
  const named: Record<string, string> = title === undefined || bundle.titleOf(undefined, url) === title ? {} : {'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${title}.${extension}`)}`}
  const size = number(metadata, 'size')
  const {'content-length': _length, ...headers} = buildAnswer(url, createContent(64, extension), {'content-type': contentType, ...named}).headers
  return {...buildAnswer(url, createContent(64, extension), {}), headers: {...headers, ...(size !== undefined && {'content-length': String(size)})}}
}

/** What the site said of a premiere is not in the archive: today's margin is taken from when it was to be looked at. */
const described = ({bundle, moments}: Facts, metadata: Detail, url: URL): MediaDescription => {
  const published = text(metadata, 'publishDate')
  const availableAt = text(metadata, 'availableAt')
  const isLater = availableAt !== undefined && moments.isLater(availableAt)
  const extension = bundle.formatNamed(text(metadata, 'contentType') ?? '')?.extension
  const size = number(metadata, 'size')
  return {
    ...Object.fromEntries(['title', 'description', 'authorName', 'authorUser'].flatMap((name) => metadata[name] === undefined ? [] : [[name, metadata[name]]])),
    ...(published !== undefined && {publishedAt: Date.parse(published) / 1000}),
    ...(isLater ? {liveStatus: 'is_upcoming', releasedAt: (Date.parse(availableAt) - bundle.releaseMarginMilliseconds) / 1000} : {liveStatus: 'not_live'}),
    info: {format_id: 'archived', url: url.href, protocol: 'https', ...(extension !== undefined && {ext: extension}), ...(size !== undefined && {filesize: size})}
  }
}

const identifyByAnswer = (facts: Facts, url: URL): SourceAnswer | 'unknown' => {
  const metadata = identified(facts)
  const availableAt = metadata === 'unknown' ? undefined : text(metadata, 'availableAt')
  if (metadata === 'unknown') {
    return 'unknown'
  }
  if (isDescribed(metadata) && text(metadata, 'title') !== facts.bundle.titleOf(undefined, url)) {
    return pageUrl(url)
  }
  if (availableAt !== undefined && facts.moments.isLater(availableAt)) {
    throw later(facts, availableAt)
  }
  return fileAnswer(facts, url, metadata)
}

const parseExtension = (key: string | undefined): string => /\.(\w+)$/.exec(key ?? '')?.[1] ?? 'bin'

const transferred = (facts: Facts, url: URL, headers: Readonly<Record<string, string>>): SourceAnswer | 'unknown' => {
  const {completed, failed, moments} = facts
  if (completed !== undefined) {
    moments.completed()
    const extension = parseExtension(text(completed, 's3Key'))
    const finalUrl = new URL(`media.${extension}`, url.origin)
    const known = {'content-type': text(completed, 'contentType') ?? '', etag: '"archived"'}
    return buildAnswer(finalUrl, createContent(number(completed, 'size') ?? 1, extension), known, headers['range'])
  }
  if (failed !== undefined) {
    throw failure(facts)
  }
  return 'unknown'
}

/** The source as it was, as far as the events that followed from it tell. */
export const archivedSource = (bundle: ShadowBundle, attempt: Attempt, moments: Moments): Source => {
  const facts: Facts = {
    bundle, attempt, moments,
    metadata: findDetail(attempt, 'FileMetadataReady'), completed: findDetail(attempt, 'FileDownloadCompleted'), failed: findDetail(attempt, 'FileDownloadFailed')
  }
  return {
    open: (url, purpose, headers) => purpose === 'identify' ? identifyByAnswer(facts, url) : transferred(facts, url, headers),
    describe: (url, purpose: Purpose) => {
      const metadata = purpose === 'identify' || facts.metadata !== undefined ? identified(facts) : facts.completed ?? facts.failed ?? 'unknown'
      return metadata === 'unknown' ? 'unknown' : purpose === 'identify' ? described(facts, metadata, url) : {...described(facts, {}, url), liveStatus: 'not_live'}
    }
  }
}
