import type {TrackKind} from '../../types/domain'
import {NamedError} from '../../util/errors'
import {toDownload, formatsIn, isGuarded, type MediaChoice} from './choice'
import type {MediaDescription, Promised} from './description'
import type {Format} from './typed'
import type {Tracks} from './streams'

/** A track that a source has by its own word, and that is not in what came. */
export interface Loss {
  readonly kind: TrackKind
  readonly promised: Promised
}

/** What else to fetch. */
export interface Instead {
  readonly description: MediaDescription
  readonly choice: MediaChoice
}

/** What a download came to, whether there is a file or not. */
export interface Came {
  readonly tracks?: Tracks
  /** Whether the file that was to bring the picture has a sound too. */
  readonly isPictureHeard?: boolean
}

const has = (codec: string | null | undefined): boolean => codec !== undefined && codec !== null && codec !== 'none'

/** Storyboards have neither. */
const isSoundAlone = ({vcodec, acodec}: Format): boolean => vcodec === 'none' && acodec !== 'none'

const isUsable = (format: Format): boolean =>
  isGuarded(format) && !format.has_drm && !(format.vcodec === 'none' && format.acodec === 'none')

const listUsable = ({info}: MediaDescription): readonly Format[] => (info.formats ?? []).filter(isUsable)

const strongest = (...all: ReadonlyArray<Promised | false | undefined>): Promised | undefined =>
  all.includes('apart') ? 'apart' : all.includes('within') ? 'within' : undefined

const soundPromise = (description: MediaDescription, choice: MediaChoice, chosen: readonly Format[]): Promised | undefined => strongest(
  description.promised?.sound, (choice.audio !== undefined || [...listUsable(description), ...chosen].some(isSoundAlone)) && 'apart',
  chosen.some(({acodec}) => has(acodec)) && 'within'
)

const picturePromise = ({promised}: MediaDescription, {audio}: MediaChoice, chosen: readonly Format[]): Promised | undefined =>
  audio !== undefined
    ? undefined
    : strongest(
        promised?.picture,
        chosen.some(({vcodec, acodec}) => has(vcodec) && acodec === 'none') && 'apart',
        chosen.some(({vcodec}) => has(vcodec)) && 'within'
      )

/**
 * The track that a choice should have brought and did not. Nothing is lost of a file that cannot be looked into, or of a source that has no
 * more.
 */
export const findLoss = (description: MediaDescription, choice: MediaChoice, {tracks}: Came): Loss | undefined => {
  if (tracks === undefined) {
    return undefined
  }
  const chosen = formatsIn(description.info, choice)
  const promises = {picture: picturePromise(description, choice, chosen), sound: soundPromise(description, choice, chosen)}
  const kind = (['picture', 'sound'] as const).find((each) => promises[each] !== undefined && !tracks[each])
  return kind && {kind, promised: promises[kind]!}
}

/** As a player would choose; what no manifest ranks in the order of yt-dlp, the best last. */
const bestSound = (formats: readonly Format[], {sounds = []}: MediaDescription): Format | undefined => {
  const rank = ({url = ''}: Format): number => sounds.includes(url) ? sounds.indexOf(url) : sounds.length
  return formats.toReversed().toSorted((one, other) => rank(one) - rank(other))[0]
}

/** Of variants without codecs the one without a size of its picture has none. */
const isHeardAlone = (format: Format, picture: Format): boolean => isSoundAlone(format)
  || (format.manifest_url !== undefined && format.manifest_url === picture.manifest_url
    && !has(format.vcodec) && !has(format.acodec) && !format.height && Boolean(picture.height))

/** Formats besides those that were tried. */
const listOthers = (description: MediaDescription, chosen: readonly Format[]): readonly Format[] =>
  listUsable(description).filter((format) => !chosen.some(({format_id: id}) => id === format.format_id))

const otherSound = (description: MediaDescription, chosen: readonly Format[], isPictureHeard: boolean): readonly Format[] | undefined => {
  const picture = chosen.find((format) => !isSoundAlone(format))
  if (picture === undefined || isPictureHeard) {
    return picture && [{...picture, acodec: undefined}]
  }
  const sound = bestSound(listOthers(description, chosen).filter((format) => isHeardAlone(format, picture)), description)
  // To a format whose sound is known, or not known to be absent, yt-dlp adds no other.
  return sound && [{...picture, acodec: 'none'}, {...sound, vcodec: 'none'}]
}

/** For those who want the sound alone: of any format that has one. */
const soundAlone = (description: MediaDescription, chosen: readonly Format[]): readonly Format[] | undefined => {
  const sound = bestSound(listOthers(description, chosen).filter(({acodec}) => acodec !== 'none'), description)
  return sound && [sound]
}

const otherPicture = (description: MediaDescription, chosen: readonly Format[]): readonly Format[] | undefined => {
  const sound = chosen.find(isSoundAlone)
  const picture =
    listOthers(description, chosen).findLast((format) => !isSoundAlone(format) && (sound !== undefined || format.acodec !== 'none'))
  return picture && (sound === undefined ? [picture] : [{...picture, acodec: 'none'}, sound])
}

const withFormats = (description: MediaDescription, formats: readonly Format[]): MediaDescription => {
  const {info} = description
  const others = (info.formats ?? []).filter(({format_id: id}) => !formats.some((each) => each.format_id === id))
  return {...description, info: {...info, formats: [...others, ...formats]}}
}

/** Another choice, by which the lost track may come; undefined if there is none. */
export const findAlternative = (
  description: MediaDescription, choice: MediaChoice, {kind}: Loss, {isPictureHeard = false}: Came
): Instead | undefined => {
  const chosen = formatsIn(description.info, choice)
  const find = choice.audio !== undefined ? soundAlone : kind === 'picture' ? otherPicture : otherSound
  const formats = find(description, chosen, isPictureHeard)
  return formats && {description: withFormats(description, formats), choice: toDownload(formats, choice.audio)}
}

const sentences: Readonly<Record<TrackKind, string>> = {
  sound: 'The sound of this media could not be had: its site names one, and what it sent is silent.'
    + ' Look for another source of the same media.',
  picture: 'The picture of this media could not be had: its site names one, and what it sent is sound alone.'
    + ' Look for another source of the same media, or ask for its sound.'
}

export const trackMissing = ({kind}: Loss, cause?: unknown): NamedError => new NamedError('TrackMissingError', sentences[kind], {cause})
