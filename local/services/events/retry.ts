import type {RetryPolicy} from './model'

const DEFAULT_ATTEMPTS = 185
const DEFAULT_AGE_SECONDS = 86_400
const FIRST_DELAY = 1000
const LONGEST_DELAY = 600_000

/** Exponential with jitter, as EventBridge documents it; the bounds make 185 attempts last about a day, as there. */
export const exponentialDelay = (retry: number, random: () => number): number => {
  const whole = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (retry - 1))
  return Math.round(whole / 2 + random() * whole / 2)
}

export type Exhausted = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds'

/** Which bound of the policy forbids a next attempt at `due`; undefined if none does. */
export const exhausted = (policy: RetryPolicy | undefined, failures: number, ingested: number, due: number): Exhausted | undefined => {
  if (failures > (policy?.MaximumRetryAttempts ?? DEFAULT_ATTEMPTS)) {
    return 'MaximumRetryAttempts'
  }
  return due - ingested > (policy?.MaximumEventAgeInSeconds ?? DEFAULT_AGE_SECONDS) * 1000 ? 'MaximumEventAgeInSeconds' : undefined
}
