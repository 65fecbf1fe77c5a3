import {isNamedError, type NamedError} from '../errors'
import {type HostState, isOneAtATime, maxStrikes, openUntil, listOtherLeases, slower, strikeCounts} from './host-limits'
import {changeHost, learnOneAtATime} from './host-state'
import {logger} from '../logger'
import {isTurnedAway, refusalBehind} from '../sources/source-errors'

/** A place at a host that a worker has. */
export interface HeldLease {
  readonly host: string
  readonly id: string
  /** As it was found when the lease was taken: whether there is anything to make good. */
  readonly strikes: number
  readonly isProbe: boolean
  /** Whether it is for a range of a file of which others bring ranges too. */
  readonly isRange: boolean
  /** Until when a refusal may be of the pace alone, as all was well with the host just before: milliseconds since 1970. */
  readonly fineUntil: number
}

/**
 * What a refusal says of the number of connections: `crowded` if the host gave others bytes at the same time, so that this one was too
 * many; `alone` if no one else was there and a second try may be all that it takes: the host has not noticed yet that the last connection
 * ended, or wants them to begin further apart.
 */
export type Crowd = 'crowded' | 'alone' | undefined

/** What an error says about the host: nothing if it may be the network's fault, or ours. */
const silent = new Set(['transient', 'system', 'changed', 'cancelled'])

const hour = 60 * 60_000
const names = ({id}: HeldLease): Record<string, string> => ({'#id': id})
const withoutLease = 'REMOVE leases.#id'
const buildRemoval = ({isProbe}: HeldLease): string => isProbe ? `${withoutLease}, probe` : withoutLease
const counted = 'ADD version :one'

/** False if there is nothing to make good, or no longer. */
const releaseGood = async (lease: HeldLease): Promise<boolean> => {
  if (lease.isProbe) {
    // Another worker may have been told a later time since.
    return await changeHost(lease.host, {
      update: `SET strikes = :none, opened = :none ${withoutLease}, openUntil, probe ${counted}`,
      where: 'probe = :id AND openUntil <= :now',
      values: {':none': 0, ':one': 1, ':id': lease.id, ':now': new Date().toISOString()}, names: names(lease)
    }) !== undefined
  }
  return lease.strikes > 0 && await changeHost(lease.host, {
    update: `SET strikes = :none ${withoutLease} ${counted}`,
    where: 'attribute_not_exists(openUntil)', values: {':none': 0, ':one': 1}, names: names(lease)
  }) !== undefined
}

const releaseQuietly = (lease: HeldLease): ReturnType<typeof changeHost> =>
  changeHost(lease.host,
    {update: `${buildRemoval(lease)} ${counted}`, where: 'attribute_exists(leases)', values: {':one': 1}, names: names(lease)})

/** Leaves a host alone until a time, unless it is to be left alone for longer already. */
const leaveAlone = async (host: string, until: string): Promise<void> => {
  await changeHost(host, {
    update: `SET openUntil = :until, strikes = :none ${counted}, opened :one`,
    where: 'attribute_not_exists(openUntil) OR openUntil < :until',
    values: {':until': until, ':none': 0, ':one': 1}
  })
  logger.warn('A host is left alone for a while.', {host, until})
}

const releaseRefused = async (lease: HeldLease, strikes: number, availableAt?: string): Promise<void> => {
  const state = await changeHost(lease.host, {
    update: `${buildRemoval(lease)} ${counted}, strikes :strikes`,
    where: 'attribute_exists(leases)', values: {':one': 1, ':strikes': strikes}, names: names(lease)
  })
  const {strikes: total = 0, opened = 0} = state ?? {}
  if (lease.isProbe || availableAt !== undefined || total >= maxStrikes) {
    await leaveAlone(lease.host, openUntil(opened, new Date().toISOString(), availableAt))
  }
}

/**
 * Milliseconds for which a refusal beside others counts as "one connection is enough". 429 says so, and so does any refusal of a range if
 * the host gives others of the same file; a 503 alone, or a connection that is closed without an answer, may have another reason.
 */
const learnedFrom = (error: unknown, {isRange}: HeldLease): number => {
  if (!isTurnedAway(error)) {
    return 0
  }
  if (refusalBehind(error) === undefined) {
    return isRange ? hour / 6 : 0
  }
  const {category} = error
  if (category === 'rate-limited' || (isRange && (category === 'transient' || category === 'blocked'))) {
    return 24 * hour
  }
  return category === 'transient' ? hour / 6 : 0
}

/** What a refusal beside no one else says. A range may find its host as it was at any time; other work only if all was well just before. */
const releaseAlone = async (lease: HeldLease, error: NamedError, state: HostState, milliseconds: number): Promise<Crowd> => {
  if (Date.now() < lease.fineUntil && error.category !== 'blocked') {
    await learnOneAtATime(lease.host, milliseconds, refusalBehind(error) && slower(state))
    logger.info('A host wants its connections further apart.', {host: lease.host})
    return 'alone'
  }
  return lease.isRange && (error.category === 'transient' || isOneAtATime(state, new Date().toISOString())) ? 'alone' : undefined
}

/** Gives the place of one that was refused back, and finds out whether it was one too many. */
const releaseCrowd = async (lease: HeldLease, error: NamedError): Promise<Crowd> => {
  const milliseconds = learnedFrom(error, lease)
  const state = milliseconds === 0 ? undefined : await releaseQuietly(lease)
  if (state === undefined) {
    return undefined
  }
  if (listOtherLeases(state, lease.id, new Date().toISOString()).length === 0) {
    return releaseAlone(lease, error, state, milliseconds)
  }
  await learnOneAtATime(lease.host, milliseconds)
  logger.info('A host takes one connection at a time.', {host: lease.host})
  return 'crowded'
}

/** Gives a place back, and remembers how the host answered: `error` is what the work threw, undefined if it went well. */
export const releaseHost = async (lease: HeldLease, error: unknown): Promise<Crowd> => {
  const crowd = isNamedError(error) && error.availableAt === undefined ? await releaseCrowd(lease, error) : undefined
  if (crowd !== undefined) {
    return crowd
  }
  if (isNamedError(error) && (error.category === 'rate-limited' || error.category === 'blocked')) {
    await releaseRefused(lease, error.category === 'blocked' ? strikeCounts.blocked : strikeCounts.limited, error.availableAt)
    return undefined
  }
  const isGood = error === undefined || (isNamedError(error) && !silent.has(error.category))
  if (!isGood || !await releaseGood(lease)) {
    await releaseQuietly(lease)
  }
  return undefined
}
