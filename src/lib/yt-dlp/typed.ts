import {isObject, type Json} from '../../types/json'

/** A format as yt-dlp lists it: https://github.com/yt-dlp/yt-dlp/blob/master/yt_dlp/extractor/common.py, `formats`. */
export interface Format {
  readonly format_id: string
  readonly url?: string
  readonly protocol?: string
  readonly ext?: string
  readonly container?: string | null
  readonly vcodec?: string | null
  readonly acodec?: string | null
  readonly height?: number | null
  readonly tbr?: number | null
  readonly filesize?: number | null
  readonly filesize_approx?: number | null
  readonly http_headers?: Readonly<Record<string, string>>
  readonly cookies?: string | null
  readonly fragments?: readonly unknown[]
  readonly has_drm?: boolean | 'maybe' | null
  /** The playlist or manifest that it was found in. */
  readonly manifest_url?: string
  /** Which of a DASH manifest's tracks it is, of those that lie in segments. */
  readonly manifest_stream_number?: number
  readonly language?: string
  readonly language_preference?: number
}

/** What yt-dlp says about a medium, as far as we read it. */
export interface Info extends Format {
  readonly _type?: string
  readonly entries?: readonly Info[]
  readonly title?: string
  readonly description?: string | null
  readonly uploader?: string | null
  readonly channel?: string | null
  readonly uploader_id?: string | null
  readonly timestamp?: number | null
  readonly release_timestamp?: number | null
  readonly live_status?: string | null
  readonly is_live?: boolean | null
  readonly extractor_key?: string
  readonly duration?: number | null
  readonly formats?: readonly Format[]
  readonly requested_formats?: readonly Format[] | null
  readonly _version?: {readonly version?: unknown} | null
  readonly thumbnail?: string | null
  readonly subtitles?: Readonly<Record<string, ReadonlyArray<Pick<Format, 'url' | 'ext' | 'protocol'>> | null>> | null
}

const textOrNone = (value: unknown): string | undefined => typeof value === 'string' ? value : undefined
const amount = (value: unknown): number | undefined =>
  typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER ? value : undefined

/** https://www.rfc-editor.org/rfc/rfc9110#name-fields: whatever else stood there would end the header, or the request. */
const isHeader = (entry: [string, unknown]): entry is [string, string] => {
  const [name, value] = entry
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && typeof value === 'string' && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
}

const parseHeaders = (value: unknown): Record<string, string> | undefined =>
  isObject(value) ? Object.fromEntries(Object.entries(value).filter(isHeader)) : undefined

const parseFormats = (value: unknown): readonly Format[] | undefined =>
  Array.isArray(value) ? value.filter(isObject).map(typedFormat) : undefined

/**
 * A format whose members have the types that we count on; one of another type is as good as absent. The rest stays, for yt-dlp to read
 * again.
 */
const typedFormat = (format: Json): Format => ({
  ...format, format_id: textOrNone(format.format_id) ?? '',
  url: textOrNone(format.url), protocol: textOrNone(format.protocol), ext: textOrNone(format.ext),
  vcodec: textOrNone(format.vcodec), acodec: textOrNone(format.acodec), height: amount(format.height), tbr: amount(format.tbr),
  filesize: amount(format.filesize), filesize_approx: amount(format.filesize_approx), http_headers: parseHeaders(format.http_headers),
  cookies: textOrNone(format.cookies), fragments: Array.isArray(format.fragments) ? format.fragments : undefined,
  has_drm: format.has_drm === true || format.has_drm === 'maybe' ? format.has_drm : undefined,
  manifest_url: textOrNone(format.manifest_url), manifest_stream_number: amount(format.manifest_stream_number),
  language: textOrNone(format.language),
  language_preference: typeof format.language_preference === 'number' ? format.language_preference : undefined
})

/**
 * What yt-dlp printed, as far as it has the types that it should; sites, and so their extractors, say anything. Undefined if it is not an
 * object.
 */
export const typedInfo = (value: unknown): Info | undefined => isObject(value)
  ? {
      ...value, ...typedFormat(value), formats: parseFormats(value.formats), requested_formats: parseFormats(value.requested_formats),
      entries: Array.isArray(value.entries) ? value.entries.flatMap((entry) => typedInfo(entry) ?? []) : undefined
    }
  : undefined
