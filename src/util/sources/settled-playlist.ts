import type {MediaDescription} from '../../lib/yt-dlp/description'
import type {Format, Info} from '../../lib/yt-dlp/typed'
import type {PlaylistLook} from '../../types/domain'
import {openDirect} from './direct-source'
import {logger} from '../logger'
import {firstVariant, type MediaPlaylist, parseMediaPlaylist} from '../media/media-playlist'

/** A description whose playlist was looked at, if yt-dlp alone cannot know whether more is to come. Times are ISO 8601 UTC. */
export interface SettledDescription extends MediaDescription {
  /** What the next look is to be compared with. */
  readonly playlist?: PlaylistLook
  /** When the next look will show it. */
  readonly tellsAt?: string
}

export interface SettleOptions {
  /** What an earlier look saw. */
  readonly playlist?: PlaylistLook | undefined
  readonly signal?: AbortSignal | undefined
}

/** After this many target durations without a change a playlist is whole (RFC 8216 6.2.1 has live ones change within one and a half). */
const durationsToTell = 3
const maxBytes = 8 * 1024 * 1024

const textAt = async (url: URL, headers: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<{text: string, base: URL}> => {
  const {body, answer, close} = await openDirect(url, {headers, signal})
  try {
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of body) {
      size += chunk.length
      if (size > maxBytes) {
        break
      }
      chunks.push(Buffer.from(chunk))
    }
    return {text: Buffer.concat(chunks).toString('utf8'), base: answer.finalUrl}
  } finally {
    close()
  }
}

const fetched = async ({url, http_headers: headers = {}}: Format, signal?: AbortSignal): Promise<MediaPlaylist | undefined> => {
  const first = await textAt(new URL(url ?? ''), headers, signal)
  const variant = firstVariant(first.text)
  return parseMediaPlaylist(variant === undefined ? first.text : (await textAt(new URL(variant, first.base), headers, signal)).text)
}

/** The playlist of the chosen picture, as yt-dlp read it or from its site; undefined if it cannot be had: then yt-dlp's word counts. */
const loadPlaylist = async (
  {playlists = []}: MediaDescription, format: Format, signal?: AbortSignal
): Promise<MediaPlaylist | undefined> => {
  try {
    return playlists.length === 1 ? parseMediaPlaylist(playlists[0] ?? '') : await fetched(format, signal)
  } catch (error) {
    signal?.throwIfAborted()
    logger.warn('A playlist could not be looked at.', {error})
    return undefined
  }
}

/**
 * The stream that only its playlist tells whole from live: site extractors know, the generic one of yt-dlp goes by the end mark, if by
 * anything.
 */
const unknownStream = (
  {extractor_key: key, duration, requested_formats: formats, ...info}: Info, liveStatus: string
): Format | undefined => {
  const format: Format = formats?.[0] ?? info
  const isHls = key === 'Generic' && /^m3u8/.test(format.protocol ?? '') && format.url !== undefined
  return isHls && (liveStatus === 'is_live' || (liveStatus === 'not_live' && !duration)) ? format : undefined
}

/** With these yt-dlp fetches the segments one by one, instead of following a broadcast by ffmpeg. */
const notLive = (description: MediaDescription): MediaDescription =>
  ({...description, liveStatus: 'not_live', info: {...description.info, is_live: false, live_status: 'not_live'}})

const isUnchanged = (digest: string, seen: PlaylistLook | undefined): seen is PlaylistLook => seen?.digest === digest

/**
 * Tells recordings from broadcasts among the playlists that have no end: one that says it is a recording, or that has not changed for
 * thrice its target duration, is whole. Whatever else yt-dlp describes stays as it is.
 */
export const settled = async (
  description: MediaDescription, {playlist: seen, signal}: SettleOptions, now = Date.now()
): Promise<SettledDescription> => {
  const format = unknownStream(description.info, description.liveStatus)
  const playlist = format && await loadPlaylist(description, format, signal)
  if (playlist === undefined) {
    return description
  }
  const {isWhole, digest, targetSeconds} = playlist
  if (isWhole) {
    return notLive(description)
  }
  if (digest === undefined) {
    return {...description, liveStatus: 'is_live'}
  }
  const since = isUnchanged(digest, seen) ? Date.parse(seen.at) : now
  const tellsAt = since + durationsToTell * targetSeconds * 1000
  if (tellsAt <= now) {
    return notLive(description)
  }
  const isLive = seen !== undefined && since === now
  const look = {digest, at: new Date(since).toISOString()}
  return {...description, liveStatus: 'is_live', playlist: look, ...(!isLive && {tellsAt: new Date(tellsAt).toISOString()})}
}
