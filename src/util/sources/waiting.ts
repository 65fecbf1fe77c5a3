import type {FileRecord} from '../../types/domain'
import type {NamedError} from '../errors'
import {userSentence} from '../user-sentence'

interface Patience {
  readonly firstMilliseconds: number
  readonly maxMilliseconds: number
}

const second = 1_000
const minute = 60 * second
const patience: Readonly<Partial<Record<NamedError['category'], Patience>>> = {
  'rate-limited': {firstMilliseconds: minute, maxMilliseconds: 60 * minute},
  'not-yet-available': {firstMilliseconds: 15 * minute, maxMilliseconds: 360 * minute},
  changed: {firstMilliseconds: 5 * second, maxMilliseconds: 30 * minute}
}

/** Least wait even if the source names an earlier time: some say "in a second" for hours. */
const named: Patience = {firstMilliseconds: second, maxMilliseconds: 60 * minute}

const backoff = ({firstMilliseconds, maxMilliseconds}: Patience, timesInVain: number): number =>
  Math.min(maxMilliseconds, firstMilliseconds * 2 ** timesInVain)

/** A workflow may wait in whole seconds: rounded up, it is never early. */
const wholeSecond = (milliseconds: number): string => new Date(Math.ceil(milliseconds / second) * second).toISOString()

/**
 * When to look again after an error of the categories rate-limited, not-yet-available and changed (ISO 8601 UTC, whole seconds): never
 * before the time that the source named, and twice as long after each attempt without success. Undefined for all other errors.
 */
export const lookAgainAt = ({category, availableAt}: NamedError, timesInVain: number, now = Date.now()): string | undefined => {
  const wait = patience[category]
  if (wait === undefined) {
    return undefined
  }
  return availableAt === undefined
    ? wholeSecond(now + backoff(wait, timesInVain))
    : wholeSecond(Math.max(Date.parse(availableAt), now + backoff(named, timesInVain)))
}

/** What to do is for those whose file has failed: one that waits continues by itself. */
const withoutAdvice = (sentence: string): string => sentence.replace(/(?<=[.!?]) (?:Try|Request|Wait|Ask) [^.]*\.$/, '')

/** Why a file waits, as its record says it, and what the next look is to be compared with. */
export const waitingFor = ({name: code, message, playlist}: NamedError): Pick<FileRecord, 'waiting' | 'playlist'> =>
  ({waiting: {code, reason: withoutAdvice(userSentence(code, message))}, playlist})
