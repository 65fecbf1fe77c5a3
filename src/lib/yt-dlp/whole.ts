import type {TrackKind} from '../../types/domain'
import {type Came, type Instead, findAlternative, findLoss, trackMissing} from './lost-track'

interface Kept {
  remove: () => Promise<void>
}

/** What a download came to: a file, or why it could not be made of what came. */
export interface Attempt<Media> extends Came {
  readonly media?: Media
  readonly error?: unknown
}

/**
 * Fetches media, and once more by another choice if a track is not in it. Returns what has all tracks, or says which one is missing if its
 * source only names it within another. Throws TrackMissingError, what `fetch` throws, or what it could not do.
 */
export const withAllTracks = async <Media extends Kept>(
  first: Instead, fetch: (choice: Instead) => Promise<Attempt<Media>>
): Promise<Media & {readonly missing?: TrackKind}> => {
  let chosen = first
  let came = await fetch(chosen)
  let loss = findLoss(chosen.description, chosen.choice, came)
  const instead = loss && findAlternative(chosen.description, chosen.choice, loss, came)
  if (instead !== undefined) {
    await came.media?.remove()
    chosen = instead
    came = await fetch(chosen)
    loss = findLoss(chosen.description, chosen.choice, came)
  }
  const {media, error} = came
  if (media !== undefined && loss?.promised !== 'apart') {
    return loss === undefined ? media : {...media, missing: loss.kind}
  }
  await media?.remove()
  throw loss === undefined ? error : trackMissing(loss, error)
}
