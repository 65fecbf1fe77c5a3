import {NamedError} from '../errors'
import type {SettledDescription} from './settled-playlist'

/** How long after its release a premiere is looked at: sites are a little late themselves. */
export const releaseMarginMilliseconds = 15_000

export const iso = (milliseconds: number): string => new Date(milliseconds).toISOString()

const states = {
  is_upcoming: 'has not begun yet. Wait for it, or request it again once it is out.',
  is_live: 'is live. Wait until it is over, or request it again then.',
  post_live: 'is over, and its site is still preparing the recording. Wait a while, or request it again later.'
}

const uncertain =
  'looks like a live broadcast, because its playlist has no end; a second look will show whether it still grows. Wait until then.'

/** Why media that a site names cannot be had yet, and when it may be; undefined if it can. */
export const notYetAvailable = (
  {liveStatus, releasedAt, title = 'This', playlist, tellsAt}: SettledDescription
): NamedError | undefined => {
  if (liveStatus === 'not_live') {
    return undefined
  }
  const availableAt =
    liveStatus === 'is_upcoming' && releasedAt !== undefined ? iso(releasedAt * 1000 + releaseMarginMilliseconds) : tellsAt
  const what = tellsAt === undefined ? states[liveStatus] : uncertain
  return new NamedError('NotYetAvailableError', `"${title.slice(0, 100)}" ${what}`, {availableAt, playlist})
}
