import {NamedError} from '../../util/errors'
import type {Format, Info} from './typed'
import {type AudioFormat, findAudioFormat, type Wanted} from './presets'

interface Chosen {
  /** As yt-dlp names the formats, joined by `+`. */
  readonly formatId: string
  /** Bytes of the formats, before anything is made of them. */
  readonly size?: number
  /** The sound that is made of them on disk. */
  readonly audio?: AudioFormat
  /** What separate tracks are put into, if it is certain. */
  readonly container?: 'mp4'
}

/** How a medium comes home: as one HTTP stream, or put together by yt-dlp and ffmpeg on disk. */
export type MediaChoice =
  | Chosen & {readonly kind: 'stream', readonly url: string, readonly headers: Readonly<Record<string, string>>}
  | Chosen & {readonly kind: 'download'}

/** Everything else (rtmp, rtsp, mms, websockets) would go around the guarding proxy. */
const guarded = new Set(['http', 'https', 'm3u8', 'm3u8_native', 'http_dash_segments', 'http_dash_segments_generator', 'ism'])
const progressive = new Set(['http', 'https'])

const has = (codec: string | null | undefined): boolean => codec !== undefined && codec !== null && codec !== 'none'

const readProtocol = ({protocol, url = ''}: Format): string => protocol ?? url.split(':', 1)[0] ?? ''

/** Older versions of yt-dlp have a format's cookies among its headers. */
const hasCookies = ({cookies, http_headers: headers = {}}: Format): boolean =>
  Boolean(cookies) || Object.keys(headers).some((name) => /^cookie$/i.test(name))

/** Fragments are for yt-dlp to handle, and cookies too: they are no one else's to know. */
const isStream = (format: Format): boolean =>
  progressive.has(readProtocol(format)) && format.url !== undefined && format.fragments === undefined && !hasCookies(format)

/** Whether its bytes come by a protocol that the guarding proxy sees. */
export const isGuarded = (format: Format): boolean => guarded.has(readProtocol(format))

const joinIds = (formats: readonly Format[]): string => formats.map((format) => format.format_id).join('+')

/** A single file with sound as good as the separate tracks: it needs no disk and no muxing. What was chosen before stays chosen. */
const wholeInstead = ({formats = []}: Info, selected: readonly Format[], {formatId}: Wanted): Format | undefined => {
  const height = selected[0]?.height ?? Infinity
  if (joinIds(selected) === formatId) {
    return undefined
  }
  return formats.findLast((format) =>
    isStream(format) && !format.has_drm && has(format.vcodec) && has(format.acodec) && (format.height ?? 0) >= height)
}

const sumSizes = (formats: readonly Format[]): number | undefined => {
  const sizes = formats.map(({filesize, filesize_approx: approximate}) => filesize ?? approximate)
  return sizes.every((size) => typeof size === 'number') ? sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0) : undefined
}

const listSelected = (info: Info): readonly Format[] => {
  const selected = info.requested_formats ?? (info.url === undefined ? [] : [info])
  if (selected.length === 0) {
    throw new NamedError(
      'MediaUnavailableError', 'The page shows the media, but offers nothing to download. Look for another source of the same media.'
    )
  }
  const odd = selected.find((format) => !isGuarded(format))
  if (odd !== undefined) {
    throw new NamedError('UnsupportedSourceError',
      `The site offers this only over ${readProtocol(odd).slice(0, 32)}, which cannot be downloaded.`
        + ' Look for another source of the same media.')
  }
  return selected
}

/** Tracks that come in MP4 or HLS segments go into an MP4, whatever yt-dlp knows of their codecs; of others it has to find out. */
const isForMp4 = ({ext, protocol}: Format): boolean => /^m3u8/.test(protocol ?? '') || /^(?:mp4|m4a|m4v)$/.test(ext ?? '')

/** Whether a format is a file of that sound already. The fragments of a DASH track play, but not everywhere: they are put right on disk. */
const isAudioFile = ({ext, container}: Format, audio: AudioFormat): boolean => ext === audio && container !== 'm4a_dash'

const findStream = (info: Info, selected: readonly Format[], wanted: Wanted): Format | undefined => {
  const audio = findAudioFormat(wanted)
  if (selected.length > 1) {
    return audio === undefined ? wholeInstead(info, selected, wanted) : undefined
  }
  return selected.find((format) => isStream(format) && (audio === undefined || isAudioFile(format, audio)))
}

const buildChosen = (formats: readonly Format[], audio: AudioFormat | undefined): Chosen => {
  const size = sumSizes(formats)
  return {formatId: joinIds(formats), ...(size !== undefined && {size}),
    ...(audio !== undefined && {audio}), ...(formats.length > 1 && formats.every(isForMp4) && {container: 'mp4' as const})}
}

/** Formats as they are put together on disk. */
export const toDownload = (
  formats: readonly Format[], audio?: AudioFormat
): MediaChoice => ({kind: 'download', ...buildChosen(formats, audio)})

/**
 * The format to fetch, of those that yt-dlp selected for what is wanted. Throws MediaUnavailableError without any, UnsupportedSourceError
 * if it is not over HTTP.
 */
export const chooseMedia = (info: Info, wanted: Wanted = {}): MediaChoice => {
  const selected = listSelected(info)
  const stream = findStream(info, selected, wanted)
  const audio = findAudioFormat(wanted)
  return stream?.url === undefined
    ? toDownload(selected, audio)
    : {kind: 'stream', url: stream.url, headers: stream.http_headers ?? {}, ...buildChosen([stream], audio)}
}

/** The same format, but fetched by yt-dlp itself: for a site that gives its streams to no one else. */
export const asDownload = ({formatId, size, audio, container}: MediaChoice): MediaChoice =>
  ({kind: 'download',
    formatId, ...(container !== undefined && {container}), ...(size !== undefined && {size}), ...(audio !== undefined && {audio})})

/** The formats of a choice, in its order. */
export const formatsIn = (info: Info, {formatId}: MediaChoice): readonly Format[] => {
  const all = [...info.formats ?? [], info]
  return formatId.split('+').flatMap((id) => all.find((format) => format.format_id === id) ?? [])
}

/** Whether all of it comes as small files one after another, so that yt-dlp can continue where it ended. */
export const isInPieces = (info: Info, choice: MediaChoice): boolean => {
  const formats = formatsIn(info, choice)
  return formats.length > 0 && formats.every((format) => !progressive.has(readProtocol(format)) || format.fragments !== undefined)
}

/** Whom a choice is fetched from. */
export const findHost = (info: Info, choice: MediaChoice): string => URL.parse(formatsIn(info, choice)[0]?.url ?? '')?.host ?? ''
