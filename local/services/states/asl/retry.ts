import type {Catcher, Retrier} from './definition'

const uncatchable = new Set(['States.Runtime'])
const notByAll = new Set(['States.Runtime', 'States.DataLimitExceeded'])
const timeouts = new Set(['States.Timeout', 'States.HeartbeatTimeout'])

/** Whether an error is among names: States.ALL takes all but what is terminal, States.TaskFailed all but timeouts as well. */
const isAmong = (error: string, names: readonly string[]): boolean => !uncatchable.has(error) && names.some((name) =>
  name === error
  || (name === 'States.ALL' && !notByAll.has(error))
  || (name === 'States.TaskFailed' && !notByAll.has(error) && !timeouts.has(error))
  || (name === 'States.Timeout' && timeouts.has(error)))

/** The first retrier for an error, with its place; later ones are not asked even where it is used up. */
export const retrierFor = (retriers: readonly Retrier[] = [], error: string): readonly [index: number, retrier: Retrier] | undefined => {
  const index = retriers.findIndex(({ErrorEquals}) => isAmong(error, ErrorEquals))
  return index < 0 ? undefined : [index, retriers[index] as Retrier]
}

export const catcherFor = (catchers: readonly Catcher[] = [], error: string): Catcher | undefined =>
  catchers.find(({ErrorEquals}) => isAmong(error, ErrorEquals))

/** Milliseconds before the next attempt; undefined where `attempts` repetitions are all that the retrier allows. */
export const retryDelay = (retrier: Retrier, attempts: number, random: () => number): number | undefined => {
  const {IntervalSeconds = 1, MaxAttempts = 3, BackoffRate = 2, MaxDelaySeconds = Number.POSITIVE_INFINITY, JitterStrategy = 'NONE'} = retrier
  if (attempts >= MaxAttempts) {
    return undefined
  }
  const whole = Math.min(IntervalSeconds * BackoffRate ** attempts, MaxDelaySeconds) * 1000
  return Math.round(JitterStrategy === 'FULL' ? random() * whole : whole)
}
