import {readdir, readFile, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {selectedByTracks} from './dash'
import {parseTracks} from './dash-document'
import type {Format, Info} from './typed'
import {parseMaster, selectedByMaster} from './hls'
import {asListed} from './listed-sound'
import {findAudioFormat, type Wanted} from './presets'
import {noRole} from './wished-sound'

const maxBytes = 8 * 1024 * 1024

const isManifest = (text: string): boolean => /^\ufeff?#EXTM3U/.test(text) || /<(?:\w+:)?MPD[\s>]/.test(text.slice(0, 65_536))

const smallText = async (path: string): Promise<string> => (await stat(path)).size > maxBytes ? '' : readFile(path, 'utf8')

/** The manifests among the pages that yt-dlp kept in its folder: nothing is asked for twice. */
export const readManifests = async (folder: string): Promise<readonly string[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.dump'))
  const texts = await Promise.all(names.map((name) => smallText(join(folder, name))))
  return texts.filter(isManifest)
}

/** Sounds that the site likes less than others, if its extractor says so: they are no choice of ours. */
const lessLiked = (formats: readonly Format[]): ReadonlySet<Format> => {
  const sounds = formats.filter(({vcodec}) => vcodec === 'none')
  const most = Math.max(...sounds.map(({language_preference: preference}) => preference ?? -1))
  return new Set(sounds.filter(({language_preference: preference}) => (preference ?? -1) < most))
}

const byManifest = (
  selected: readonly Format[], all: readonly Format[], manifest: string, url: string, wanted: Wanted
): readonly Format[] => {
  const less = lessLiked(all)
  const formats = all.filter((format) => !less.has(format))
  const master = parseMaster(manifest, url)
  if (master === undefined) {
    return selectedByTracks(selected, formats, parseTracks(manifest), wanted.audio)
  }
  const sounds = master.sounds.filter((sound) => ![...less].some((format) => format.url === sound.url))
  const isKnown = master.variants.some((variant) => all.some((format) => format.url === variant.url))
  const how = {wantsPicture: findAudioFormat(wanted) === undefined, wish: wanted.audio}
  return (isKnown ? selectedByMaster(selected, formats, {...master, sounds}, how) : undefined) ?? selected
}

const isPicture = ({vcodec}: Format): boolean => vcodec !== 'none'

const selectedBy = (info: Info, selected: readonly Format[], manifests: readonly string[], wanted: Wanted): readonly Format[] => {
  const found = [...new Set(selected.map(({manifest_url: url}) => url))].flatMap((url) => {
    const isHere = (format: Format): boolean => format.manifest_url === url
    const formats = (info.formats ?? selected).filter(isHere)
    const mine = selected.filter(isHere)
    return url === undefined
      ? mine
      : manifests.reduce<readonly Format[]>((chosen, manifest) => byManifest(chosen, formats, manifest, url, wanted), mine)
  })
  return [...found.filter(isPicture), ...found.filter((format) => !isPicture(format))]
}

/** A sound in segments is no film, though generic extractors say so. */
const asSound = (format: Format): Format =>
  !isPicture(format) && /^mp4a/.test(format.acodec ?? '') && /^m3u8/.test(format.protocol ?? '') && format.ext === 'mp4'
    ? {...format, ext: 'm4a'}
    : format

/** The formats as they are, with those that were chosen in their places. */
const withChosen = (formats: readonly Format[], chosen: readonly Format[]): readonly Format[] =>
  [...formats.filter(({format_id: id}) => !chosen.some((each) => each.format_id === id)), ...chosen]

const isSame = (one: readonly Format[], other: readonly Format[]): boolean =>
  one.length === other.length && one.every((format, index) => format === other[index])

/** Throws TrackMissingError if a sound of some role is asked for, and no one says of any what it is. */
const requireNamedRole = (info: Info, manifests: readonly string[], {audio}: Wanted): void => {
  const isNamed = manifests.some((text) =>
    (parseMaster(text, info.manifest_url ?? '')?.sounds.length ?? 0) > 0 || parseTracks(text).some(({kind}) => kind === 'audio'))
  if (audio?.role !== undefined && !isNamed && (info.requested_formats ?? info.url) !== undefined) {
    throw noRole(audio.role, [])
  }
}

/**
 * What yt-dlp said, with the formats that the manifests would have players take: of sounds that differ in language or purpose alone yt-dlp
 * takes the last by name, and of a playlist that names no codecs it leaves the sound. Throws TrackMissingError if a sound that was asked
 * for is not there.
 */
export const asManifestsSay = (info: Info, manifests: readonly string[], wanted: Wanted): Info => {
  const selected = info.requested_formats ?? [info]
  requireNamedRole(info, manifests, wanted)
  const found = asListed(selectedBy(info, selected, manifests, wanted), info.formats ?? [], wanted.audio)
  const [only, ...others] = found
  const chosen = only !== undefined && others.length === 0 ? [asSound(only)] : found
  return isSame(chosen, selected)
    ? info
    : {
        ...info, ...(chosen.length === 1 && {ext: chosen[0]?.ext}),
        requested_formats: chosen, formats: withChosen(info.formats ?? [], chosen)
      }
}
