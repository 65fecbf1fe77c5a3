import type {Preset} from '../../../types/domain'
import {NamedError} from '../../../util/errors'
import {isMediaName} from '../../../util/media/media-content'
import {findSiteId} from '../../../util/media/media-sites'
import {pathName} from '../../../util/sources/source-name'

const presets = ['best', '1080p', '720p', 'audio', 'audio-mp3'] as const satisfies readonly Preset[]

const isPreset = (value: unknown): value is Preset => presets.some((preset) => preset === value)

/** The preset that a request names, `best` if it names none. Throws InvalidRequestError. */
export const parsePreset = (value: unknown): Preset => {
  if (value === undefined || value === null) {
    return 'best'
  }
  if (!isPreset(value)) {
    throw new NamedError(
      'InvalidRequestError', `\`preset\` must be one of ${presets.join(', ')}, not ${String(JSON.stringify(value)).slice(0, 60)}.`
    )
  }
  return value
}

/**
 * The preset that has an effect on a URL: a URL that names a media file brings that very file, so that all who ask for it share it. Other
 * URLs may turn out to bring one too, but only once they are asked; then each preset has a copy of its own.
 */
export const presetFor = (url: URL, preset: Preset): Preset =>
  findSiteId(url) === undefined && isMediaName(pathName(url)) ? 'best' : preset
