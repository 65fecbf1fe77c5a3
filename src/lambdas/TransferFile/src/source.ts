import {downloadMedia} from '../../../lib/vendor/YtDlp'
import {asDownload, chooseMedia, type MediaChoice} from '../../../lib/vendor/yt-dlp/choice'
import type {MediaDescription} from '../../../lib/vendor/yt-dlp/description'
import type {Wanted} from '../../../lib/vendor/yt-dlp/presets'
import type {RangedTransfer} from '../../../types/domain'
import type {ClaimedFile} from '../../../util/claimed-file'
import {type DirectSource, notMediaError, openDirect, permittedAddress, requireAllowedSize} from '../../../util/direct-source'
import {numberEnv} from '../../../util/env'
import {isNamedError} from '../../../util/errors'
import {describeAvailable, identifySource} from '../../../util/identify-source'
import {formatNamed} from '../../../util/media-formats'
import {rangedSource} from '../../../util/ranged-source'
import {siteCookies} from '../../../util/site-cookies'

/** How to ask for ranges of a file, each time of the very same. */
export type RangedOrigin = Pick<RangedTransfer, 'url' | 'headers' | 'validator' | 'size'>

/** Media whose bytes come as fast as they are taken. `close()` it, whatever happens. */
export interface MediaSource {
  readonly contentType: string
  readonly extension: string
  /** Bytes, where they are announced. */
  readonly size?: number
  readonly body: AsyncIterable<Buffer>
  /** How to fetch it by ranges instead; undefined where its source does not give them, or cannot prove that they are of one file. */
  ranged(): Promise<RangedOrigin | undefined>
  close(): Promise<void>
}

export interface OpenOptions {
  readonly signal: AbortSignal
  /** Bytes that are on disk already, before `body` begins. */
  readonly onBytes: (bytes: number) => void
}

type Headers = Readonly<Record<string, string>>

/** What goes into the record, for whoever asks for ranges. Anything else could be a secret of somebody's: no list of those is ever whole. */
const harmless = /^(?:accept(?:-charset|-encoding|-language)?|origin|referer|sec-fetch-(?:dest|mode|site|user)|user-agent)$/i

/** A file that its site gives only for more than that is fetched by whoever has it, as a whole. */
const rangedOrigin = async ({answer}: DirectSource, signal: AbortSignal, headers: Headers = {}): Promise<RangedOrigin | undefined> => {
  if (!Object.keys(headers).every((name) => harmless.test(name))) {
    return undefined
  }
  const found = await rangedSource(answer, {headers, signal})
  return found && {url: found.finalUrl.href, validator: found.validator, size: found.size, ...(Object.keys(headers).length > 0 && {headers})}
}

const openStream = async (url: URL, signal: AbortSignal, headers?: Headers): Promise<MediaSource> => {
  const source = await openDirect(url, {signal, headers})
  const {content, size, body, close} = source
  if (content.kind !== 'media') {
    close()
    throw notMediaError(content.kind, url.host)
  }
  const {contentType, extension} = content
  return {
    contentType, extension, body, ...(size !== undefined && {size}),
    ranged: () => rangedOrigin(source, signal, headers),
    close: async () => close()
  }
}

const openDownload = async (description: MediaDescription, choice: MediaChoice, {signal, onBytes}: OpenOptions): Promise<MediaSource> => {
  const {extension, size, body, remove} = await downloadMedia(description, choice, {
    permits: permittedAddress(), maxBytes: numberEnv('MAX_FILE_BYTES'), signal, onBytes, ...description.needsCookies && await siteCookies()
  })
  return {contentType: formatNamed(extension)?.contentType ?? 'application/octet-stream', extension, size, body, ranged: async () => undefined, close: remove}
}

/** URLs of streams live for hours at most, so that the site is asked anew. */
const openByYtDlp = async (url: URL, wanted: Wanted, options: OpenOptions): Promise<MediaSource> => {
  const description = await describeAvailable(url, {...wanted, signal: options.signal})
  const choice = chooseMedia(description.info, wanted)
  if (choice.size !== undefined) {
    requireAllowedSize(choice.size, url.host)
  }
  if (choice.kind === 'download') {
    return openDownload(description, choice, options)
  }
  try {
    return await openStream(new URL(choice.url), options.signal, choice.headers)
  } catch (error) {
    // Some sites give their streams only to the session that asked for them: that is yt-dlp's.
    if (isNamedError(error, 'SourceForbiddenError')) {
      return openDownload(description, asDownload(choice), options)
    }
    throw error
  }
}

/** Opens a file's source. Throws the errors of sources; see util/direct-source and lib/vendor/YtDlp. */
export const openSourceOf = async ({sourceUrl, extractor, preset, formatId}: ClaimedFile, options: OpenOptions): Promise<MediaSource> => {
  const url = new URL(sourceUrl)
  const known = extractor ?? (await identifySource(url, {preset, signal: options.signal})).extractor
  return known === 'direct' ? openStream(url, options.signal) : openByYtDlp(url, {preset, formatId}, options)
}
