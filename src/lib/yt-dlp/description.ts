import type {TrackKind} from '../../types/domain'
import {NamedError} from '../../util/errors'
import {type Info, typedInfo} from './typed'

export type LiveStatus = 'not_live' | 'is_upcoming' | 'is_live' | 'post_live'

/** How a source names a track: as one of its own, or as a part of another. */
export type Promised = 'apart' | 'within'

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
  /** The playlists of segments that yt-dlp read on its way. */
  readonly playlists?: readonly string[]
  /** The tracks that its manifests name. */
  readonly promised?: Readonly<Partial<Record<TrackKind, Promised>>>
  /** Addresses of the sounds apart, in the order in which a player would take them. */
  readonly sounds?: readonly string[]
  /** Of yt-dlp, which is the date of its release. */
  readonly version?: string
  /** What yt-dlp said, for `chooseMedia` and `downloadMedia`. */
  readonly info: Info
}

const single = (info: Info): Info => {
  if (info._type !== 'playlist') {
    return info
  }
  const [first, ...others] = info.entries ?? []
  if (first === undefined) {
    throw new NamedError('UnsupportedSourceError', 'The page has no video or sound. Use the link of a page that plays one.')
  }
  if (others.length > 0) {
    throw new NamedError('UnsupportedSourceError', 'The page has several videos or sounds. Request each by its own link.')
  }
  return single(typedInfo(first) ?? first)
}

/** UTF-8 has no half characters, and neither events nor records take them. */
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? Buffer.from(value.trim()).toString() : undefined

const endOfTime = 253_402_300_799

/** Epoch seconds of the years 1970 to 9999: contracts take no others. */
const time = (value: unknown): number | undefined => typeof value === 'number' && value >= 0 && value <= endOfTime ? value : undefined

const liveStatuses = ['is_upcoming', 'is_live', 'post_live'] as const

/** Only what is there: an absent value has no property. */
const present = <T extends object>(values: T): Partial<{[K in keyof T]: NonNullable<T[K]>}> =>
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- what is undefined has just been left out
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<{[K in keyof T]: NonNullable<T[K]>}>

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new NamedError(
      'UnsupportedSourceError', 'The page could not be read: yt-dlp did not describe it as JSON. Use the link of the media itself.', {cause}
    )
  }
}

/** Reads the JSON that `yt-dlp -J` prints. Throws UnsupportedSourceError if it is not one medium. */
export const parseDescription = (json: string): MediaDescription => {
  const said = typedInfo(parsed(json))
  if (said === undefined) {
    throw new NamedError('UnsupportedSourceError', 'yt-dlp found no video or sound at this link. Use the link of a page that plays one.')
  }
  const info = single(said)
  return {
    ...present({
      title: text(info.title), description: text(info.description), authorName: text(info.uploader) ?? text(info.channel),
      authorUser: text(info.uploader_id), publishedAt: time(info.timestamp), releasedAt: time(info.release_timestamp),
      version: text(said._version?.version)
    }),
    liveStatus: liveStatuses.find((status) => status === info.live_status) ?? 'not_live',
    info
  }
}
