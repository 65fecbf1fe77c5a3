import type {Catcher, Retrier} from 'asl-verify/definition'
import {takes} from 'asl-verify/matching'

/** The first retrier for an error, with its place; later ones are not asked even if it is used up. */
export const retrierFor = (retriers: readonly Retrier[] = [], error: string): readonly [index: number, retrier: Retrier] | undefined => {
  const index = retriers.findIndex((each) => takes(each, error))
  return index < 0 ? undefined : [index, retriers[index]!]
}

export const catcherFor = (catchers: readonly Catcher[] = [], error: string): Catcher | undefined =>
  catchers.find((each) => takes(each, error))

/** Milliseconds before the next attempt; undefined if `attempts` repetitions are all that the retrier allows. */
export const retryDelay = (retrier: Retrier, attempts: number, random: () => number): number | undefined => {
  const {IntervalSeconds = 1, MaxAttempts = 3, BackoffRate = 2, MaxDelaySeconds = Number.POSITIVE_INFINITY, JitterStrategy = 'NONE'} = retrier
  if (attempts >= MaxAttempts) {
    return undefined
  }
  const whole = Math.min(IntervalSeconds * BackoffRate ** attempts, MaxDelaySeconds) * 1000
  return Math.round(JitterStrategy === 'FULL' ? random() * whole : whole)
}
