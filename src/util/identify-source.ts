import {describeMedia} from '../lib/vendor/YtDlp'
import {chooseMedia} from '../lib/vendor/yt-dlp/choice'
import type {MediaDescription} from '../lib/vendor/yt-dlp/description'
import type {Extractor} from '../types/domain'
import {type DirectSource, notMediaError, openDirect, permittedAddress, requireAllowedSize} from './direct-source'
import {isNamedError, NamedError} from './errors'
import {isMediaName} from './media-content'
import {formatNamed} from './media-formats'
import {siteIdOf} from './media-sites'
import {pathName, titleOf} from './source-name'

/** What a source is, before any of it is transferred. Times are ISO 8601 UTC. */
export interface IdentifiedSource {
  readonly extractor: Extractor
  readonly title: string
  readonly description?: string
  readonly authorName?: string
  readonly authorUser?: string
  readonly publishDate?: string
  readonly contentType?: string
  /** Bytes, where the source announces them. */
  readonly size?: number
}

const releaseMarginMilliseconds = 60_000

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString()

const requireAvailable = ({liveStatus, releasedAt, title = 'It'}: MediaDescription): void => {
  if (liveStatus !== 'not_live') {
    const why = {is_upcoming: 'has not begun', is_live: 'is live, and can be kept once it is over', post_live: 'is over, and is being made ready'}[liveStatus]
    const availableAt = liveStatus === 'is_upcoming' && releasedAt !== undefined ? iso(releasedAt * 1000 + releaseMarginMilliseconds) : undefined
    throw new NamedError('NotYetAvailableError', `Expected media that is whole; "${title.slice(0, 100)}" ${why}.`, availableAt === undefined ? {} : {availableAt})
  }
}

/** What yt-dlp says about a URL. Throws NotYetAvailableError for what is upcoming, live or not ready, and as `describeMedia` does. */
export const describeAvailable = async (url: URL, signal?: AbortSignal): Promise<MediaDescription> => {
  const description = await describeMedia(url, {permits: permittedAddress(), signal})
  requireAvailable(description)
  return description
}

const byYtDlp = async (url: URL, signal?: AbortSignal): Promise<IdentifiedSource> => {
  const description = await describeAvailable(url, signal)
  const {info, title, authorName, authorUser, publishedAt} = description
  const {size} = chooseMedia(info)
  if (size !== undefined) {
    requireAllowedSize(size, url.host)
  }
  const contentType = formatNamed(info.ext ?? '')?.contentType
  return {
    extractor: 'yt-dlp', title: title ?? titleOf(undefined, url),
    ...(description.description !== undefined && {description: description.description}),
    ...(authorName !== undefined && {authorName}), ...(authorUser !== undefined && {authorUser}),
    ...(publishedAt !== undefined && {publishDate: iso(publishedAt * 1000)}),
    ...(contentType !== undefined && {contentType}), ...(size !== undefined && {size})
  }
}

/** Pages are for yt-dlp; where it finds nothing in one either, `otherwise` says it better. */
const byYtDlpOr = async (url: URL, otherwise: NamedError | undefined, signal?: AbortSignal): Promise<IdentifiedSource> => {
  try {
    return await byYtDlp(url, signal)
  } catch (error) {
    throw otherwise !== undefined && isNamedError(error, 'UnsupportedSourceError', 'YtDlpNotFoundError') ? otherwise : error
  }
}

const identifyAnswer = async (source: DirectSource, url: URL, signal?: AbortSignal): Promise<IdentifiedSource> => {
  const {content, title, size} = source
  source.close()
  switch (content.kind) {
    case 'media':
      return {extractor: 'direct', title, contentType: content.contentType, ...(size !== undefined && {size})}
    case 'manifest':
      return byYtDlp(url, signal)
    case 'page':
      return byYtDlpOr(url, isMediaName(pathName(url)) ? notMediaError('page', url.host) : undefined, signal)
    default:
      throw notMediaError(content.kind, url.host)
  }
}

/**
 * Finds out what is at a URL and who can fetch it, by its headers and first bytes, and by yt-dlp where these are a page or a playlist.
 * Throws the errors of `openDirect`, `notMediaError` and `describeAvailable`.
 */
export const identifySource = async (url: URL, signal?: AbortSignal): Promise<IdentifiedSource> => {
  if (siteIdOf(url) !== undefined) {
    return byYtDlp(url, signal)
  }
  const source = await openDirect(url, {headers: {range: 'bytes=0-'}, signal}).catch((error: unknown) => {
    // Sites refuse strangers to their pages that yt-dlp knows how to ask; a file has no other way.
    if (isNamedError(error, 'SourceForbiddenError') && !isMediaName(pathName(url))) {
      return error
    }
    throw error
  })
  return source instanceof NamedError ? byYtDlpOr(url, source, signal) : identifyAnswer(source, url, signal)
}
