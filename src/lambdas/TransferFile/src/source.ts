import {downloadMedia} from '../../../lib/yt-dlp/YtDlp'
import {asDownload, chooseMedia, type MediaChoice} from '../../../lib/yt-dlp/choice'
import type {MediaDescription} from '../../../lib/yt-dlp/description'
import type {Wanted} from '../../../lib/yt-dlp/presets'
import type {RangedTransfer, TrackKind} from '../../../types/domain'
import type {ClaimedFile} from '../../../util/files/claimed-file'
import {type DirectOptions,
  type DirectSource, notMediaError, openDirect, permittedAddress, requireAllowedSize} from '../../../util/sources/direct-source'
import {numberEnv} from '../../../util/env'
import {isNamedError, NamedError} from '../../../util/errors'
import {describeAvailable} from '../../../util/sources/identify-source'
import {lookAt} from '../../../util/sources/look'
import type {MediaContent} from '../../../util/media/media-content'
import {formatNamed, soundNamed} from '../../../util/media/media-formats'
import {rangedSource} from '../../../util/sources/ranged-source'
import {recordedBody} from './recorded-body'
import {siteCookies} from '../../../util/sources/site-cookies'
import {readWholeBody} from '../../../util/sources/whole-look'
import {isFromColdCache} from './cold-cache'

/** How to ask for ranges of a file, each time of the very same. */
export type RangedOrigin = Pick<RangedTransfer, 'url' | 'headers' | 'validator' | 'validators' | 'condition' | 'size'>

/** Media whose bytes come as fast as they are taken. `close()` it, whatever happens. */
export interface MediaSource {
  readonly contentType: string
  readonly extension: string
  /** Bytes, if they are announced. */
  readonly size?: number
  /** A track that its site names and did not send. */
  readonly missing?: TrackKind
  readonly body: AsyncIterable<Buffer>
  /**
   * How to fetch it by ranges instead; undefined if its source does not give them, or cannot prove that they are of one file. A trusting
   * caller takes the source at its word and costs it no request.
   */
  ranged: (isTrusting: boolean) => Promise<RangedOrigin | undefined>
  /** A cache that has yet to fetch the file brings it: it may fetch all of it again for each request. */
  readonly isFromColdCache?: boolean
  /** `body` is of an answer of its own, which may be of another version than `ranged` describes. */
  readonly isAskedAgain?: boolean
  close: () => Promise<void>
}

export interface OpenOptions {
  readonly signal: AbortSignal
  /** Bytes that are on disk already, before `body` begins. */
  readonly onBytes: (bytes: number) => void
}

type Headers = Readonly<Record<string, string>>

/** What goes into the record, for the workers of the ranges. Anything else could be a secret: no list of those is ever complete. */
const harmless = /^(?:accept(?:-charset|-encoding|-language)?|origin|referer|sec-fetch-(?:dest|mode|site|user)|user-agent)$/i

/**
 * Whether other workers may learn what a site wants to see. A file that needs more than that is fetched as a whole, by the one worker that
 * knows it.
 */
const isForAll = (headers: Headers): boolean => Object.keys(headers).every((name) => harmless.test(name))

const rangedOrigin = async (
  {answer}: DirectSource, isTrusting: boolean, signal: AbortSignal, headers: Headers
): Promise<RangedOrigin | undefined> => {
  if (!isForAll(headers)) {
    return undefined
  }
  const found = await rangedSource(answer, {headers, signal, isTrusting})
  if (found === undefined) {
    return undefined
  }
  const {finalUrl, ...origin} = found
  return {url: finalUrl.href, ...origin, ...(Object.keys(headers).length > 0 && {headers})}
}

interface StreamOptions {
  readonly signal: AbortSignal
  readonly headers?: Headers
  /** Whether it may turn out to be for ranges: then a request for all of it would be without success. */
  readonly isLarge: boolean
  /** How many seconds are wanted of what has no end. */
  readonly recordSeconds?: number | undefined
}

/** Whether a file of this size, as far as it is known, may be fetched by ranges. */
const isLarge = ({ranged}: ClaimedFile, size: number | undefined): boolean =>
  ranged !== undefined || (size ?? Infinity) >= numberEnv('RANGED_FROM_BYTES')

const streamOptions = (file: ClaimedFile, size: number | undefined, {signal}: OpenOptions): StreamOptions =>
  ({signal, isLarge: isLarge(file, size), recordSeconds: file.record?.seconds})

const requireMedia = ({content, close}: DirectSource, {host}: URL): MediaContent => {
  if (content.kind === 'media') {
    return content
  }
  close()
  throw notMediaError(content.kind, host)
}

/** All bytes of a file that was looked at, asked for once someone takes them. */
async function* wholeBody(url: URL, looked: DirectSource, options: DirectOptions): AsyncGenerator<Buffer, void, undefined> {
  const source = await openDirect(url, options)
  try {
    requireMedia(source, url)
    if (looked.size !== undefined && source.size !== undefined && source.size !== looked.size) {
      throw new NamedError('SourceChangedError', `${url.host} replaced the file just as it was fetched. It is fetched again in a moment.`)
    }
    yield* source.body
  } finally {
    source.close()
  }
}

const openStream = async (url: URL, {signal, headers = {}, isLarge, recordSeconds}: StreamOptions): Promise<MediaSource> => {
  const options = {signal, headers, isRecorded: recordSeconds !== undefined}
  const source = isLarge && isForAll(headers) ? await lookAt(url, options) : {...await openDirect(url, options), isWhole: true}
  const {contentType, extension} = requireMedia(source, url)
  const {size, close} = source
  const answered = await readWholeBody(source, options)
  const body = answered ?? wholeBody(url, source, options)
  return {
    contentType, extension, ...(size !== undefined && {size}),
    body: recordSeconds === undefined || size !== undefined ? body : recordedBody(body, recordSeconds),
    isAskedAgain: answered === undefined, isFromColdCache: isFromColdCache(source.answer.headers),
    ranged: (isTrusting) => rangedOrigin(source, isTrusting, signal, headers),
    close: async () => close()
  }
}

const openDownload = async (description: MediaDescription, choice: MediaChoice, {signal, onBytes}: OpenOptions): Promise<MediaSource> => {
  const {extension: container, size, body, isSound = false, missing, remove} = await downloadMedia(description, choice, {
    permits: permittedAddress(), maxBytes: numberEnv('MAX_FILE_BYTES'), signal, onBytes, ...description.needsCookies && await siteCookies()
  })
  const {extension, contentType} =
    (isSound ? soundNamed(container) : formatNamed(container)) ?? {extension: container, contentType: 'application/octet-stream'}
  return {contentType, extension, size, body, ...(missing && {missing}), ranged: async () => undefined, close: remove}
}

/** URLs of streams live for hours at most, so that the site is asked again. */
const openByYtDlp = async (url: URL, file: ClaimedFile, options: OpenOptions): Promise<MediaSource> => {
  const wanted: Wanted = {preset: file.preset, audio: file.audio, formatId: file.formatId}
  const description = await describeAvailable(url, {...wanted, signal: options.signal, playlist: file.playlist})
  const choice = chooseMedia(description.info, wanted)
  if (choice.size !== undefined) {
    requireAllowedSize(choice.size, url.host)
  }
  if (choice.kind === 'download') {
    return openDownload(description, choice, options)
  }
  try {
    return await openStream(new URL(choice.url), {...streamOptions(file, choice.size, options), headers: choice.headers})
  } catch (error) {
    // Some sites give their streams only to the session that asked for them: that is yt-dlp's.
    if (isNamedError(error, 'SourceForbiddenError')) {
      return openDownload(description, asDownload(choice), options)
    }
    throw error
  }
}

/** Opens the source of an identified file. Throws the errors of sources; see util/sources/direct-source and lib/yt-dlp/YtDlp. */
export const openFileSource = async (file: ClaimedFile, options: OpenOptions): Promise<MediaSource> => {
  const {extractor, mediaUrl, sourceUrl, size} = file
  const url = new URL(mediaUrl ?? sourceUrl)
  return extractor === 'direct' ? openStream(url, streamOptions(file, size, options)) : openByYtDlp(url, file, options)
}
