import {createHash} from 'node:crypto'

/** What in an HLS playlist (RFC 8216) shows whether more is to come. */
export interface MediaPlaylist {
  /** It says that nothing follows: by its end, or by its type. */
  readonly isWhole: boolean
  /** The longest of its segments, in seconds: one that grows does so within this time. */
  readonly targetSeconds: number
  /** The same as long as its segments are; undefined if it has none. */
  readonly digest?: string
}

const defaultSeconds = 10
const maxSeconds = 3_600

/** Queries are often signatures, and new ones in each answer. */
const withoutQuery = (line: string): string => line.startsWith('#') ? line : line.split(/[?#]/, 1)[0] ?? ''

const splitLines = (text: string): string[] => text.split(/\r\n|\n|\r/).map((line) => line.trim()).filter(Boolean)

const isMaster = (lines: readonly string[]): boolean => lines.some((line) => line.startsWith('#EXT-X-STREAM-INF'))

const isPlaylist = (lines: readonly string[]): boolean => /^\ufeff?#EXTM3U/.test(lines[0] ?? '')

const hashSegments = (lines: readonly string[]): string | undefined => {
  const segments =
    lines.filter((line) => /^#(?:EXTINF|EXT-X-MEDIA-SEQUENCE|EXT-X-BYTERANGE|EXT-X-PART)\b/.test(line) || !line.startsWith('#'))
  return segments.some((line) => !line.startsWith('#'))
    ? createHash('sha256').update(segments.map(withoutQuery).join('\n')).digest('base64url')
    : undefined
}

/** The URI of a master playlist's first variant; undefined for any other text. */
export const firstVariant = (text: string): string | undefined => {
  const lines = splitLines(text)
  const at = lines.findIndex((line) => line.startsWith('#EXT-X-STREAM-INF'))
  return isPlaylist(lines) && at >= 0 ? lines.slice(at + 1).find((line) => !line.startsWith('#')) : undefined
}

/** Reads a media playlist; undefined for any other text. */
export const parseMediaPlaylist = (text: string): MediaPlaylist | undefined => {
  const lines = splitLines(text)
  if (!isPlaylist(lines) || isMaster(lines)) {
    return undefined
  }
  const target = Number(lines.find((line) => line.startsWith('#EXT-X-TARGETDURATION:'))?.split(':')[1])
  const digest = hashSegments(lines)
  return {
    isWhole: lines.includes('#EXT-X-ENDLIST') || lines.some((line) => /^#EXT-X-PLAYLIST-TYPE:\s*VOD$/.test(line)),
    targetSeconds: target > 0 ? Math.min(target, maxSeconds) : defaultSeconds,
    ...(digest !== undefined && {digest})
  }
}
