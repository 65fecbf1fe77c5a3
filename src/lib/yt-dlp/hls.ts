import type {AudioWish} from '../../types/domain'
import type {Format} from './typed'
import {type NamedSound, wishedSounds} from './wished-sound'

/** A sound beside the variants (https://www.rfc-editor.org/rfc/rfc8216#section-4.3.4.1); without a URL it is within the variants. */
interface Rendition extends NamedSound {
  readonly url?: string
  readonly group: string
  /** The lower, the more it is what a player would take by itself. */
  readonly rank: number
}

interface Variant {
  readonly url: string
  readonly kilobits: number
  readonly codecs: readonly string[]
  readonly group?: string
  /** Whether it says how large its picture is. */
  readonly hasSize?: boolean
}

export interface Master {
  readonly sounds: readonly Rendition[]
  readonly variants: readonly Variant[]
}

const described = /public\.accessibility\.describes-video/
const clearer = /public\.accessibility\.enhances-speech-intelligibility/
const spoken = /public\.accessibility\.(?:describes-video|enhances-speech-intelligibility)/
const spokenName = /\b(?:audio.?descri|descri(?:bed|ptive)|commentary)/i
const soundCodec = /^(?:mp4a|ac-[34]|ec-3|flac|opus|mp3|alac|vorbis|dts)/i

const parseAttributes = (line: string): Readonly<Record<string, string>> => Object.fromEntries(
  [...line.slice(line.indexOf(':') + 1).matchAll(/([A-Z0-9-]+)\s*=\s*(?:"([^"]*)"|([^,]*))/g)].map(
    ([, name = '', quoted, plain = '']) => [name, quoted ?? plain.trim()]
  )
)

const computeRank = ({CHARACTERISTICS = '', DEFAULT, AUTOSELECT, NAME = ''}: Readonly<Record<string, string>>): number => {
  if (spoken.test(CHARACTERISTICS)) {
    return 4
  }
  if (DEFAULT === 'YES') {
    return 0
  }
  return spokenName.test(NAME) ? 3 : AUTOSELECT === 'YES' ? 1 : 2
}

/** In DASH's words; HLS has no others. */
const listRoles = ({CHARACTERISTICS = '', NAME = ''}: Readonly<Record<string, string>>): string[] => {
  const found = [
    ...described.test(CHARACTERISTICS) || /descri/i.test(NAME) ? ['description'] : [],
    ...clearer.test(CHARACTERISTICS) ? ['enhanced-audio-intelligibility'] : [],
    ...(/\bcommentary/i.test(NAME) ? ['commentary'] : [])
  ]
  return found.length === 0 ? ['main'] : found
}

const parseSound = (line: string, base: string): Rendition[] => {
  const attributes = parseAttributes(line)
  const {TYPE, 'GROUP-ID': group = '', URI, LANGUAGE: language} = attributes
  return TYPE === 'AUDIO'
    ? [{group, rank: computeRank(attributes), roles: listRoles(attributes),
        ...(language !== undefined && {language}), ...(URI !== undefined && {url: URL.parse(URI, base)?.href ?? URI})}]
    : []
}

const parseVariant = (line: string, uri: string, base: string): Variant => {
  const {CODECS = '', AUDIO, RESOLUTION, BANDWIDTH, 'AVERAGE-BANDWIDTH': average} = parseAttributes(line)
  return {
    url: URL.parse(uri, base)?.href ?? uri, kilobits: Number(average ?? BANDWIDTH ?? 0) / 1000,
    codecs: CODECS.split(',').map((codec) => codec.trim()).filter(Boolean), ...(AUDIO !== undefined && {group: AUDIO}),
    ...(RESOLUTION !== undefined && {hasSize: true})
  }
}

/** Reads a master playlist that names sounds; undefined if it is another text. */
export const parseMaster = (text: string, base: string): Master | undefined => {
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.trim()).filter(Boolean)
  const variants = lines.flatMap((line, index) => {
    const uri = line.startsWith('#EXT-X-STREAM-INF:') ? lines.slice(index + 1).find((next) => !next.startsWith('#')) : undefined
    return uri === undefined ? [] : [parseVariant(line, uri, base)]
  })
  const sounds = lines.flatMap((line) => line.startsWith('#EXT-X-MEDIA:') ? parseSound(line, base) : [])
  return /^\ufeff?#EXTM3U/.test(text) && variants.length > 0 ? {sounds, variants} : undefined
}

export const isSoundCodec = (codec: string): boolean => soundCodec.test(codec)

/** The sound's codec as the variants of a group have it. */
const findCodec = (variants: readonly Variant[]): string | undefined => variants.flatMap(({codecs}) => codecs).find(isSoundCodec)

const isOfFormat = ({url, tbr}: Format) => (variant: Variant): boolean =>
  variant.url === url && (typeof tbr !== 'number' || Math.abs(tbr - variant.kilobits) < 0.01)

const variantFor = (format: Format, {variants}: Master): Variant | undefined =>
  variants.find(isOfFormat(format)) ?? variants.find(({url}) => url === format.url)

/** AAC, which plays everywhere, before all else; then what goes with the best picture. */
const preference = ({codecs, kilobits}: Variant): number =>
  (findCodec([{codecs, kilobits, url: ''}])?.startsWith('mp4a') === true ? 1e9 : 0) + kilobits

const pickBest = (variants: readonly Variant[]): Variant | undefined =>
  variants.toSorted((one, other) => preference(other) - preference(one))[0]

/** As a player would take them, the first one by itself. */
export const rankedSounds = (sounds: readonly Rendition[]): readonly Rendition[] => sounds.toSorted((one, other) => one.rank - other.rank)

/** The one that is wished for. Throws TrackMissingError. */
const ranked = (sounds: readonly Rendition[], wish: AudioWish | undefined): Rendition | undefined =>
  rankedSounds(wishedSounds(sounds, wish))[0]

const isSound = ({vcodec}: Format): boolean => vcodec === 'none'

/** The format of a rendition, even one that yt-dlp left out. */
const formatFor = (url: string, acodec: string | undefined, formats: readonly Format[], like: Format): Format => {
  const known = formats.find((format) => format.url === url && isSound(format))
    ?? {...like, format_id: 'sound', url, ext: 'mp4', height: undefined, tbr: undefined, filesize: undefined, filesize_approx: undefined}
  return {...known, vcodec: 'none', acodec: acodec ?? known.acodec}
}

/** With a picture: the variant's own group, or that of its twin whose sound plays everywhere. */
const besidePicture = (
  picture: Format, formats: readonly Format[], master: Master, wish: AudioWish | undefined
): readonly Format[] | undefined => {
  const variant = variantFor(picture, master)
  const twin = pickBest(master.variants.filter(({url, group}) => url === variant?.url && group !== undefined))
  const sound = ranked(master.sounds.filter(({group}) => group === twin?.group), wish)
  if (sound === undefined) {
    return undefined
  }
  const acodec = findCodec(master.variants.filter(({group}) => group === twin?.group))
  return sound.url === undefined
    ? [{...picture, acodec}]
    : [{...picture, acodec: 'none'}, formatFor(sound.url, acodec, formats, picture)]
}

/** Without a picture: the best variant's group, or the variant itself if the sound is within. */
const alone = (
  selected: Format, formats: readonly Format[], master: Master, wish: AudioWish | undefined
): readonly Format[] | undefined => {
  const best = pickBest(master.variants.filter(({group}) => master.sounds.some((sound) => sound.group === group)))
  const sound = ranked(master.sounds.filter(({group}) => group === best?.group), wish)
  if (best === undefined || sound === undefined) {
    return undefined
  }
  const acodec = findCodec(master.variants.filter(({group}) => group === best.group))
  if (sound.url !== undefined) {
    return [formatFor(sound.url, acodec, formats, selected)]
  }
  const whole = formats.find((format) => format.url === best.url)
  return whole && [{...whole, acodec}]
}

/**
 * The formats that a player would take of a master playlist, instead of those that yt-dlp selected; undefined if these are as good as any.
 * Throws TrackMissingError.
 */
export const selectedByMaster = (
  selected: readonly Format[], formats: readonly Format[], master: Master,
  {wantsPicture, wish}: {readonly wantsPicture: boolean, readonly wish?: AudioWish | undefined}
): readonly Format[] | undefined => {
  const picture = selected.find((format) => !isSound(format))
  const [first] = selected
  if (wantsPicture && picture !== undefined) {
    return besidePicture(picture, formats, master, wish)
  }
  return first && alone(picture ?? first, formats, master, wish)
}
