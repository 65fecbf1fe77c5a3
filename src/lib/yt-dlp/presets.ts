import type {AudioWish, Preset} from '../../types/domain'

export type AudioFormat = 'm4a' | 'mp3'

/** Which of a medium's formats to take. */
export interface Wanted {
  readonly preset?: Preset
  /** Which sound, if not the main one. */
  readonly audio?: AudioWish
  /** The formats that were chosen before, as yt-dlp names them: they are taken again as long as the site has them. */
  readonly formatId?: string
}

interface PresetFormats {
  /** https://github.com/yt-dlp/yt-dlp#format-selection */
  readonly format: string
  /** https://github.com/yt-dlp/yt-dlp#sorting-formats */
  readonly sort: string
  /** Sound to be made of what was taken, if it is not sound yet. */
  readonly audio?: AudioFormat
}

/** Picture and sound as tracks of their own, or together. */
const both = 'bv*+ba/b'

/** `res` is the shorter side, so that a video shot upright counts as what it is; if nothing is that small, the smallest is taken. */
const atMost = (height: number): PresetFormats => ({format: both, sort: `lang,res:${height},vcodec:h264,quality,fps,hdr:12,acodec:aac`})

const presets: Readonly<Record<Preset, PresetFormats>> = {
  // The best picture that plays everywhere: H.264 and AAC before all else, as yt-dlp's own preset `mp4`.
  best: {format: both, sort: 'vcodec:h264,lang,quality,res,fps,hdr:12,acodec:aac'},
  '1080p': atMost(1080),
  '720p': atMost(720),
  audio: {format: 'ba[ext=m4a]/ba[acodec^=mp4a]/ba/b', sort: 'lang,quality,acodec:aac,abr', audio: 'm4a'},
  'audio-mp3': {format: 'ba[ext=mp3]/ba/b', sort: 'lang,quality,abr', audio: 'mp3'}
}

/** The sound that a preset asks for; undefined if it asks for the picture too. */
export const findAudioFormat = ({preset = 'best'}: Wanted): AudioFormat | undefined => presets[preset].audio

// Other characters mean something to the selector.
const isPlain = (formatId: string): boolean => /^[\w.-]+(?:\+[\w.-]+)*$/.test(formatId)

/** What yt-dlp is to select: the formats of before, else the best that the preset allows. */
export const formatArguments = ({preset = 'best', formatId}: Wanted): string[] => {
  const {format, sort} = presets[preset]
  return ['--format', formatId !== undefined && isPlain(formatId) ? `${formatId}/${format}` : format, '--format-sort', sort]
}
