import type {AudioWish} from '../../types/domain'
import {NamedError} from '../../util/errors'
import {canonicalLanguage} from './languages'

/** A sound as its manifest names it. */
export interface NamedSound {
  /** As it stands there. */
  readonly language?: string
  /** None is that of the main sound. */
  readonly roles: readonly string[]
}

/** Undetermined, several, none, or none of a kind that has a tag: https://www.loc.gov/standards/iso639-2 */
const unsaid = new Set(['und', 'mul', 'zxx', 'mis'])

/** The language of a sound, in its canonical spelling; undefined if no one says. */
export const readLanguage = ({language = ''}: Pick<NamedSound, 'language'>): string | undefined => {
  const canonical = canonicalLanguage(language) ?? (language === '' ? undefined : language.toLowerCase())
  return canonical === undefined || unsaid.has(canonical) ? undefined : canonical
}

/** `pt-BR`, then `pt` (RFC 4647, 3.4). */
const listRanges = (language: string): string[] => {
  const parts = language.split('-')
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('-'))
}

const inLanguage = <Sound extends Pick<NamedSound, 'language'>>(sounds: readonly Sound[], wanted: string): readonly Sound[] => {
  for (const range of listRanges(wanted)) {
    const found = sounds.filter((sound) => readLanguage(sound) === range || readLanguage(sound)?.startsWith(`${range}-`))
    if (found.length > 0) {
      return found
    }
  }
  // Of one sound whose language no one says it may be this one.
  return sounds.length === 1 ? sounds.filter((sound) => readLanguage(sound) === undefined) : []
}

const joinWords = (words: ReadonlyArray<string | undefined>): string =>
  [...new Set(words.filter((word) => word !== undefined))].slice(0, 20).join(', ')

const noLanguage = (wanted: string, sounds: ReadonlyArray<Pick<NamedSound, 'language'>>): NamedError => {
  const known = joinWords(sounds.map(readLanguage))
  return new NamedError('TrackMissingError', `This media has no sound in the language ${wanted}`
    + `${known === '' ? '. Ask for it without a language.' : `; it has ${known}. Ask for one of these, or for the main sound.`}`)
}

export const noRole = (wanted: string, sounds: readonly NamedSound[]): NamedError => {
  const known = joinWords(sounds.flatMap(({roles}) => roles).filter((role) => role !== 'main'))
  return new NamedError('TrackMissingError', `This media has no sound of the kind '${wanted}'`
    + `${known === '' ? '. Ask for the main sound.' : `; it has ${known}. Ask for one of these, or for the main sound.`}`)
}

/** The sounds that fit a wish, in their order. Throws TrackMissingError, which says what there is, if none does. */
export const wishedSounds = <Sound extends NamedSound>(sounds: readonly Sound[], {language, role}: AudioWish = {}): readonly Sound[] => {
  if (sounds.length === 0) {
    return sounds
  }
  const spoken = language === undefined ? sounds : inLanguage(sounds, language)
  if (spoken.length === 0) {
    throw noLanguage(language ?? '', sounds)
  }
  const found = role === undefined ? spoken : spoken.filter(({roles}) => roles.includes(role))
  if (found.length === 0) {
    throw noRole(role ?? '', spoken)
  }
  return found
}
