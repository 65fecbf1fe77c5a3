import {NamedError} from '../../../util/errors'

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
}

/** What yt-dlp says about a medium, as far as we read it. */
export interface Info extends Format {
  readonly _type?: string
  readonly entries?: ReadonlyArray<Info | null>
  readonly title?: string
  readonly description?: string | null
  readonly uploader?: string | null
  readonly channel?: string | null
  readonly uploader_id?: string | null
  readonly timestamp?: number | null
  readonly release_timestamp?: number | null
  readonly live_status?: string | null
  readonly formats?: readonly Format[]
  readonly requested_formats?: readonly Format[] | null
  readonly thumbnail?: string | null
  readonly subtitles?: Readonly<Record<string, ReadonlyArray<Pick<Format, 'url' | 'ext' | 'protocol'>> | null>> | null
}

export type LiveStatus = 'not_live' | 'is_upcoming' | 'is_live' | 'post_live'

/** A medium as its site describes it. Times are epoch seconds. */
export interface MediaDescription {
  readonly title?: string
  readonly description?: string
  readonly authorName?: string
  readonly authorUser?: string
  readonly publishedAt?: number
  readonly releasedAt?: number
  readonly liveStatus: LiveStatus
  /** Whether the site showed it only to the holder of cookies, who is to fetch it too. */
  readonly needsCookies?: boolean
  /** What yt-dlp said, for `chooseMedia` and `downloadMedia`. */
  readonly info: Info
}

const single = (info: Info): Info => {
  if (info._type !== 'playlist') {
    return info
  }
  const [first, ...others] = info.entries?.filter((entry) => entry !== null) ?? []
  if (first === undefined) {
    throw new NamedError('UnsupportedSourceError', 'Expected one video or sound at the URL; the page has none.')
  }
  if (others.length > 0) {
    throw new NamedError('UnsupportedSourceError', 'Expected one video or sound at the URL; the page holds several. Ask for each by its own URL.')
  }
  return single(first)
}

const text = (value: unknown): string | undefined => typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
const number = (value: unknown): number | undefined => typeof value === 'number' && Number.isFinite(value) ? value : undefined

const liveStatuses: ReadonlyArray<string | null | undefined> = ['is_upcoming', 'is_live', 'post_live']

/** Only what is there: an absent value has no property. */
const present = <T extends object>(values: T): Partial<{[K in keyof T]: NonNullable<T[K]>}> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<{[K in keyof T]: NonNullable<T[K]>}>

/** Reads the JSON that `yt-dlp -J` prints. Throws UnsupportedSourceError where it is not one medium. */
export const parseDescription = (json: string): MediaDescription => {
  const parsed = JSON.parse(json) as Info | null
  if (parsed === null || typeof parsed !== 'object') {
    throw new NamedError('UnsupportedSourceError', 'Expected one video or sound at the URL; yt-dlp found none.')
  }
  const info = single(parsed)
  return {
    ...present({
      title: text(info.title), description: text(info.description), authorName: text(info.uploader) ?? text(info.channel),
      authorUser: text(info.uploader_id), publishedAt: number(info.timestamp), releasedAt: number(info.release_timestamp)
    }),
    liveStatus: liveStatuses.includes(info.live_status) ? info.live_status as LiveStatus : 'not_live',
    info
  }
}
