import {canonicalLanguage} from '../../../lib/yt-dlp/languages'
import type {AudioWish} from '../../../types/domain'
import {NamedError} from '../../../util/errors'
import {isMediaName} from '../../../util/media/media-content'
import {findSiteId} from '../../../util/media/media-sites'
import {pathName} from '../../../util/sources/source-name'

/** ISO/IEC 23009-1, 5.8.5.5; `main` is what comes without a role. */
const roles = [
  'alternate', 'supplementary', 'commentary', 'dub', 'description', 'enhanced-audio-intelligibility', 'emergency'
]
const maxLanguageLength = 35

const shown = (value: unknown): string => String(JSON.stringify(value)).slice(0, 60)

const parseLanguage = (value: unknown): string | undefined => {
  if (value === undefined || value === null) {
    return undefined
  }
  const language = typeof value === 'string' && value.length <= maxLanguageLength ? canonicalLanguage(value) : undefined
  if (language === undefined) {
    throw new NamedError('InvalidRequestError', `\`audio.language\` must be a language tag such as fi or pt-BR, not ${shown(value)}.`)
  }
  return language
}

const parseRole = (value: unknown): string | undefined => {
  if (value === undefined || value === null || value === 'main') {
    return undefined
  }
  const role = roles.find((each) => each === value)
  if (role === undefined) {
    throw new NamedError('InvalidRequestError', `\`audio.role\` must be one of main, ${roles.join(', ')}, not ${shown(value)}.`)
  }
  return role
}

/** The sound that a request names; undefined for the main one. Throws InvalidRequestError. */
export const parseAudio = (value: unknown): AudioWish | undefined => {
  if (value === undefined || value === null) {
    return undefined
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new NamedError('InvalidRequestError', `\`audio\` must be an object with language, role or both, not ${shown(value)}.`)
  }
  const unknown = Object.keys(value).find((name) => name !== 'language' && name !== 'role')
  if (unknown !== undefined) {
    throw new NamedError('InvalidRequestError', `\`audio\` has language, role or both, but not ${shown(unknown)}.`)
  }
  const {language: tag, role: name} = value as {readonly language?: unknown, readonly role?: unknown}
  const [language, role] = [parseLanguage(tag), parseRole(name)]
  return language === undefined && role === undefined
    ? undefined
    : {...(language !== undefined && {language}), ...(role !== undefined && {role})}
}

/** The sound that has an effect on a URL: one that names a media file brings that very file, whatever its sounds are. */
export const audioFor = (url: URL, audio: AudioWish | undefined): AudioWish | undefined =>
  findSiteId(url) === undefined && isMediaName(pathName(url)) ? undefined : audio
