import {NamedError} from '../../../util/errors'
import type {Format, Info} from './description'

/** How a medium comes home: as one HTTP stream, or put together by yt-dlp and ffmpeg on disk. */
export type MediaChoice =
  | {readonly kind: 'stream', readonly url: string, readonly headers: Readonly<Record<string, string>>, readonly size?: number, readonly formatId: string}
  | {readonly kind: 'download', readonly formatId: string, readonly size?: number}

/** Everything else (rtmp, rtsp, mms, websockets) would go around the guarding proxy. */
const guarded = new Set(['http', 'https', 'm3u8', 'm3u8_native', 'http_dash_segments', 'http_dash_segments_generator', 'ism'])
const progressive = new Set(['http', 'https'])

const has = (codec: string | null | undefined): boolean => codec !== undefined && codec !== null && codec !== 'none'

const protocolOf = ({protocol, url = ''}: Format): string => protocol ?? url.split(':', 1)[0] ?? ''

/** Cookies and fragments are for yt-dlp to handle. */
const isStream = (format: Format): boolean =>
  progressive.has(protocolOf(format)) && format.url !== undefined && format.fragments === undefined && !format.cookies

/** A single file with sound as good as the separate tracks: it needs no disk and no muxing. */
const wholeInstead = ({formats = []}: Info, [video]: readonly Format[]): Format | undefined => {
  const height = video?.height ?? Infinity
  return formats.findLast((format) =>
    isStream(format) && !format.has_drm && has(format.vcodec) && has(format.acodec) && (format.height ?? 0) >= height)
}

const sizeOf = (formats: readonly Format[]): number | undefined => {
  const sizes = formats.map(({filesize, filesize_approx: approximate}) => filesize ?? approximate)
  return sizes.every((size) => typeof size === 'number') ? sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0) : undefined
}

const selectedOf = (info: Info): readonly Format[] => {
  const selected = info.requested_formats ?? (info.url === undefined ? [] : [info])
  if (selected.length === 0) {
    throw new NamedError('MediaUnavailableError', 'Expected the page to have something to download; it shows the media, but offers no format.')
  }
  const odd = selected.find((format) => !guarded.has(protocolOf(format)))
  if (odd !== undefined) {
    throw new NamedError('UnsupportedSourceError', `Expected media over HTTP; the site offers it over ${protocolOf(odd).slice(0, 32)}.`)
  }
  return selected
}

/** The format to fetch, of those that yt-dlp selected. Throws MediaUnavailableError without any, UnsupportedSourceError where it is not over HTTP. */
export const chooseMedia = (info: Info): MediaChoice => {
  const selected = selectedOf(info)
  const whole = selected.length === 1 ? selected.find(isStream) : wholeInstead(info, selected)
  const chosen = whole === undefined ? selected : [whole]
  const size = sizeOf(chosen)
  const formatId = chosen.map((format) => format.format_id).join('+')
  return whole?.url === undefined
    ? {kind: 'download', formatId, ...(size !== undefined && {size})}
    : {kind: 'stream', url: whole.url, headers: whole.http_headers ?? {}, formatId, ...(size !== undefined && {size})}
}

/** The same format, but fetched by yt-dlp itself: for a site that gives its streams to nobody else. */
export const asDownload = ({formatId, size}: MediaChoice): MediaChoice => ({kind: 'download', formatId, ...(size !== undefined && {size})})
