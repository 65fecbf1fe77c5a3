import type {Waiting} from '../types/domain'
import type {NamedError} from './errors'
import {userSentence} from './user-sentence'

interface Patience {
  readonly firstMilliseconds: number
  readonly mostMilliseconds: number
}

const minute = 60_000
const patience: Readonly<Partial<Record<NamedError['category'], Patience>>> = {
  'rate-limited': {firstMilliseconds: minute, mostMilliseconds: 60 * minute},
  'not-yet-available': {firstMilliseconds: 15 * minute, mostMilliseconds: 360 * minute},
  changed: {firstMilliseconds: 5_000, mostMilliseconds: 30 * minute}
}

/**
 * When to look again after an error of the categories rate-limited, not-yet-available and changed (ISO 8601 UTC): the time that the source named,
 * else twice as long after each time it was in vain. Undefined for all other errors.
 */
export const lookAgainAt = ({category, availableAt}: NamedError, timesInVain: number, now = Date.now()): string | undefined => {
  const wait = patience[category]
  if (wait === undefined) {
    return undefined
  }
  return availableAt ?? new Date(now + Math.min(wait.mostMilliseconds, wait.firstMilliseconds * 2 ** timesInVain)).toISOString()
}

/** Why a file waits, as its record says it. */
export const waitingFor = ({name: code, message}: NamedError): Waiting => ({code, reason: userSentence(code, message)})
