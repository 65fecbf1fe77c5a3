import type {AudioWish} from '../../types/domain'
import {asObject} from '../../types/json'
import type {Track} from './dash-document'
import type {Format} from './typed'
import {wishedSounds} from './wished-sound'

interface Candidate {
  readonly track: Track
  readonly format: Format
  /** yt-dlp's own order, the best last. */
  readonly order: number
}

/** Whether a format lies in DASH segments. */
export const isSegmented = ({protocol}: Format): boolean => /^http_dash_segments/.test(protocol ?? '')
const isDash = (format: Format): boolean => isSegmented(format) || /_dash$/.test(format.container ?? '')
const findKind = ({vcodec}: Format): Track['kind'] => vcodec === 'none' ? 'audio' : 'video'

/** As yt-dlp writes a format's id. */
const sanitized = (id = ''): string => id.replace(/[\s,/+[\]()]/g, '_')

const readAddress = (fragment: unknown): string => {
  const {path, url} = asObject(fragment)
  return typeof path === 'string' ? path : typeof url === 'string' ? url : ''
}

const holds = ({fragments = []}: Format, track: Track): boolean => fragments.some((fragment) => track.owns(readAddress(fragment)))

/** A format's own track; one that is a file is known by its address. */
const isIts = (format: Format, {id, number, baseUrl}: Track): boolean => isSegmented(format)
  ? number !== undefined && format.manifest_stream_number === number
  : number === undefined && (baseUrl === undefined ? format.format_id.endsWith(sanitized(id)) : format.url?.endsWith(baseUrl) === true)

/**
 * Newer versions of yt-dlp take tracks that differ in nothing but their roles for periods of one, and put one behind the other: the
 * segments of the others are taken out. Those of further periods stay.
 */
const purified = (format: Format, track: Track, tracks: readonly Track[]): Format => {
  const others = tracks.filter((other) => other !== track && other.kind === track.kind && other.period === track.period)
  const fragments = format.fragments?.filter((fragment) =>
    track.owns(readAddress(fragment)) || !others.some((other) => other.owns(readAddress(fragment))))
  return fragments === undefined || fragments.length === format.fragments?.length ? format : {...format, fragments}
}

const listCandidates = (all: readonly Track[], offered: readonly Format[], kind: Track['kind']): Candidate[] => {
  const formats = offered.filter((format) => findKind(format) === kind && isDash(format))
  return all.filter((track) => track.kind === kind && track.period === 0).flatMap((track) => {
    const own = formats.find((format) => isIts(format, track)) ?? formats.find((format) => holds(format, track))
    return own === undefined || own.has_drm ? [] : [{track, format: purified(own, track, all), order: formats.indexOf(own)}]
  })
}

const least = (values: readonly number[]): number => Math.min(...values)

/** AAC, and what fits to the other track's kind of file, before all else; then more bits, then what is named first. */
const compare = (ext: string | undefined) => (one: Candidate, other: Candidate): number => {
  const scores = ({format}: Candidate): number[] => [Number(format.ext === ext), Number(/^mp4a/.test(format.acodec ?? '')), format.tbr ?? 0]
  const mine = scores(one)
  const theirs = scores(other)
  const at = mine.findIndex((score, index) => score !== theirs[index])
  return at < 0 ? one.track.set - other.track.set || other.order - one.order : (theirs[at] ?? 0) - (mine[at] ?? 0)
}

/** The main sound of those that are wished for: by role, then by the language that comes first, then by quality. */
const mainSound = (selected: Format, all: readonly Candidate[], wish: AudioWish | undefined): Candidate | undefined => {
  const wished = wishedSounds(all.map(({track}) => track), wish)
  const candidates = all.filter(({track}) => wished.includes(track))
  const rank = least(candidates.map(({track}) => track.rank))
  const main = candidates.filter(({track}) => track.rank === rank)
  const language = main[0]?.track.language
  return main.filter(({track}) => track.language === language).toSorted(compare(selected.ext))[0]
}

/** The picture that yt-dlp selected, unless it is one beside the main one (with someone who signs, for example). */
const mainPicture = (selected: Format, candidates: readonly Candidate[]): Candidate | undefined => {
  const own =
    candidates.filter(({format}) => format.format_id === selected.format_id).toSorted((one, other) => one.track.rank - other.track.rank)[0]
  const rank = least(candidates.map(({track}) => track.rank))
  return own === undefined || own.track.rank === rank
    ? own
    : candidates.filter(({track}) => track.rank === rank).toSorted((one, other) => other.order - one.order)[0]
}

const pickMain = (selected: Format, tracks: readonly Track[], formats: readonly Format[], wish: AudioWish | undefined): Format => {
  const kind = findKind(selected)
  const candidates = listCandidates(tracks, formats, kind)
  return (kind === 'audio' ? mainSound(selected, candidates, wish) : mainPicture(selected, candidates))?.format ?? selected
}

/** The main tracks of a DASH manifest, or the sound that is wished for, instead of those that yt-dlp selected. Throws TrackMissingError. */
export const selectedByTracks = (
  selected: readonly Format[], formats: readonly Format[], tracks: readonly Track[], wish?: AudioWish
): readonly Format[] => selected.map((format) => pickMain(format, tracks, formats, wish))
