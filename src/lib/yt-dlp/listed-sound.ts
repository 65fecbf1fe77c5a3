import type {AudioWish} from '../../types/domain'
import type {Format} from './typed'
import {readLanguage, wishedSounds} from './wished-sound'

const isHeard = ({acodec}: Format): boolean => acodec !== 'none'
const isSeen = ({vcodec}: Format): boolean => vcodec !== 'none'

const isSpoken = (format: Format, language: string): boolean =>
  readLanguage(format) === language || readLanguage(format)?.startsWith(`${language}-`) === true

/**
 * Formats in the language that is wished for: sites whose own players know several list them without a manifest that could be read, and
 * their formats say which they have. Throws TrackMissingError.
 */
export const asListed = (selected: readonly Format[], formats: readonly Format[], {language}: AudioWish = {}): readonly Format[] => {
  const sound = selected.find((format) => isHeard(format) && !isSeen(format)) ?? selected.find(isHeard)
  if (language === undefined || sound === undefined || readLanguage(sound) === undefined || isSpoken(sound, language)) {
    return selected
  }
  const mates = formats.filter((format) =>
    isHeard(format) && isSeen(format) === isSeen(sound) && !format.has_drm && format.manifest_url === sound.manifest_url)
  const offered = (mates.length === 0 ? [sound] : mates).map((format) => ({...format, format, roles: ['main']}))
  const wished = wishedSounds(offered, {language}).map(({format}) => format)
  const best =
    wished.find(({format_id: id}) => id === sound.format_id) ?? wished.findLast(({ext}) => ext === sound.ext) ?? wished.at(-1) ?? sound
  return selected.map((format) => format === sound ? best : format)
}
