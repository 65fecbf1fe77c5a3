import {describeMedia} from '../../lib/yt-dlp/YtDlp'
import {chooseMedia} from '../../lib/yt-dlp/choice'
import type {MediaDescription} from '../../lib/yt-dlp/description'
import {type ExtraSources, findExtras} from '../../lib/yt-dlp/extras'
import {findAudioFormat, type Wanted} from '../../lib/yt-dlp/presets'
import type {Extractor, PlaylistLook, Waiting} from '../../types/domain'
import {type DirectOptions, notMediaError, permittedAddress, requireAllowedSize} from './direct-source'
import {isNamedError, NamedError} from '../errors'
import type {ListedMedia} from './listed-file'
import {listedBy, mediaBehind} from './listed-source'
import {lookAt, type LookedAt} from './look'
import {isMediaName} from '../media/media-content'
import {formatNamed} from '../media/media-formats'
import {findSiteId} from '../media/media-sites'
import {withCookiesIfNeeded} from './cookies-if-needed'
import {measureYtDlpAge} from '../metrics'
import {pathName, titleOf} from './source-name'
import {iso, notYetAvailable} from './not-yet-available'
import {settled, type SettledDescription} from './settled-playlist'
import {decodeText} from '../media/text-content'
import {lookAgainAt, waitingFor} from './waiting'

/** What a source is, before any of it is transferred. Times are ISO 8601 UTC. */
export interface IdentifiedSource {
  readonly extractor: Extractor
  readonly title: string
  /** Where the media is if the URL is of a feed or a list that names it. */
  readonly mediaUrl?: string
  readonly description?: string
  readonly authorName?: string
  readonly authorUser?: string
  readonly publishDate?: string
  readonly contentType?: string
  /** Bytes, if the source announces them. */
  readonly size?: number
  /** The formats that were chosen, as yt-dlp names them. */
  readonly formatId?: string
  /** What else there is to fetch. */
  readonly extras?: ExtraSources
  /** Set if the media is not there yet: when to look again. */
  readonly availableAt?: string
  /** Set with it: why. */
  readonly waiting?: Waiting
  /** Set with it if only a second look will tell. */
  readonly playlist?: PlaylistLook
}

export interface IdentifyOptions extends Wanted, Pick<DirectOptions, 'signal' | 'isRecorded'> {
  /** What an earlier look at the playlist saw. */
  readonly playlist?: PlaylistLook
  /** Cookies that the source gave on the way to it, as a browser's cookies.txt. */
  readonly cookies?: string | undefined
  /** Reads the answer that shows media, if there is more in it to be read; it is closed then. */
  readonly onMedia?: (source: LookedAt) => Promise<unknown>
  /** Does what needs a connection to a URL's host: a feed names media at other hosts. */
  readonly visit?: (url: URL, work: () => Promise<IdentifiedSource | ListedMedia>) => Promise<IdentifiedSource | ListedMedia>
}

const describeSource = (
  url: URL, {playlist, cookies: given, visit: _v, onMedia: _m, ...options}: IdentifyOptions
): Promise<SettledDescription> =>
  withCookiesIfNeeded(url, async (cookies) => {
    // The operator's come last: of two with one name they count.
    const all = given === undefined || cookies === undefined ? cookies ?? given : `${given}${cookies}`
    const description = await describeMedia(url, {...options, cookies: all, permits: permittedAddress()})
    measureYtDlpAge(description.version ?? '')
    return settled(cookies === undefined ? description : {...description, needsCookies: true}, {playlist, signal: options.signal})
  })

/** What yt-dlp says about a URL. Throws NotYetAvailableError for what is upcoming, live or not ready, and as `describeMedia` does. */
export const describeAvailable = async (url: URL, options: IdentifyOptions): Promise<MediaDescription> => {
  const description = await describeSource(url, options)
  const notYet = notYetAvailable(description)
  if (notYet !== undefined) {
    throw notYet
  }
  return description
}

/** The media to come: which formats, and how large they are as long as nothing else is made of them. */
const chosenFrom = ({info}: MediaDescription, host: string, wanted: Wanted): Pick<IdentifiedSource, 'formatId' | 'size'> => {
  const {kind, formatId, size, audio} = chooseMedia(info, wanted)
  if (size !== undefined) {
    requireAllowedSize(size, host)
  }
  return {formatId, ...(size !== undefined && (kind === 'stream' || audio === undefined) && {size})}
}

const identifiedBy = (described: SettledDescription, url: URL, options: IdentifyOptions): IdentifiedSource => {
  const {info, title, description, authorName, authorUser, publishedAt} = described
  const notYet = notYetAvailable(described)
  return {
    extractor: 'yt-dlp',
    title: title ?? titleOf(undefined, url),
    description,
    authorName,
    authorUser,
    publishDate: publishedAt === undefined ? undefined : iso(publishedAt * 1000),
    extras: findExtras(info),
    contentType: formatNamed(findAudioFormat(options) ?? info.ext ?? '')?.contentType,
    ...(notYet === undefined ? chosenFrom(described, url.host, options) : {availableAt: lookAgainAt(notYet, 0), ...waitingFor(notYet)})
  }
}

const byYtDlp = async (url: URL, options: IdentifyOptions): Promise<IdentifiedSource> =>
  identifiedBy(await describeSource(url, options), url, options)

/** Pages are for yt-dlp; if it finds nothing in one either, `otherwise` says it better. */
const byYtDlpOr = async (url: URL, otherwise: NamedError | undefined, options: IdentifyOptions): Promise<IdentifiedSource> => {
  try {
    return await byYtDlp(url, options)
  } catch (error) {
    throw otherwise !== undefined && isNamedError(error, 'UnsupportedSourceError', 'YtDlpNotFoundError') ? otherwise : error
  }
}

/** yt-dlp takes any text that it cannot read for a file, which it would bring as media. */
const isItself = ({info}: MediaDescription, url: URL): boolean => [info, ...info.formats ?? []].some((format) => format.url === url.href)

/** Text may name media, as a feed does: yt-dlp is shown it before it is refused, and what it says of several items is said. */
const byText = async (url: URL, options: IdentifyOptions): Promise<IdentifiedSource> => {
  const otherwise = notMediaError('other', url.host)
  try {
    const described = await describeSource(url, options)
    if (isItself(described, url)) {
      throw otherwise
    }
    return identifiedBy(described, url, options)
  } catch (error) {
    throw isNamedError(error, 'UnsupportedSourceError', 'MediaUnavailableError', 'YtDlpNotFoundError') && !/several/.test(error.message)
      ? otherwise
      : error
  }
}

const identifyAnswer = async (source: LookedAt, url: URL, wanted: IdentifyOptions): Promise<IdentifiedSource | ListedMedia> => {
  const {content, title, size, cookies} = source
  if (content.kind === 'media') {
    await Promise.resolve(wanted.onMedia?.(source)).finally(source.close)
    return {extractor: 'direct', title, contentType: content.contentType, size}
  }
  const options = {...wanted, cookies}
  const listed = await listedBy(source, url, wanted).finally(source.close)
  if (listed !== undefined) {
    return listed
  }
  switch (content.kind) {
    case 'manifest':
      return byYtDlp(url, options)
    case 'page':
      return byYtDlpOr(url, isMediaName(pathName(url)) ? notMediaError('page', url.host) : undefined, options)
    default:
      if (content.kind === 'other' && decodeText(source.head) !== undefined) {
        return byText(url, options)
      }
      throw notMediaError(content.kind, url.host)
  }
}

const identifyAt = async (url: URL, options: IdentifyOptions): Promise<IdentifiedSource | ListedMedia> => {
  if (findSiteId(url) !== undefined) {
    return byYtDlp(url, options)
  }
  const source = await lookAt(url, {signal: options.signal, isRecorded: options.isRecorded}).catch((error: unknown) => {
    // Sites refuse strangers to their pages that yt-dlp knows how to ask; a file has no other way.
    if (isNamedError(error, 'SourceForbiddenError') && !isMediaName(pathName(url))) {
      return error
    }
    throw error
  })
  return source instanceof NamedError ? byYtDlpOr(url, source, options) : identifyAnswer(source, url, options)
}

/**
 * Finds out what is at a URL and who can fetch it, by its headers and first bytes, by reading feeds and lists to the file that they name,
 * and by yt-dlp if it is a page or a stream. Throws the errors of `openDirect`, `notMediaError`, `listedMedia`, `parseSourceUrl` and
 * `describeMedia`.
 */
export const identifySource = async (
  url: URL, {visit = (_url, work) => work(), ...options}: IdentifyOptions = {}
): Promise<IdentifiedSource> => {
  const look = (at: URL): Promise<IdentifiedSource | ListedMedia> => visit(at, () => identifyAt(at, options))
  const found = await look(url)
  return 'addresses' in found ? mediaBehind(found, url.host, look, options.signal) : found
}
