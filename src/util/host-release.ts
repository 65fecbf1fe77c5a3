import {isNamedError} from './errors'
import {mostStrikes, openUntil, strikesOf} from './host-limits'
import {changeHost} from './host-state'
import {logger} from './logger'

/** A place at a host that a worker has. */
export interface HeldLease {
  readonly host: string
  readonly id: string
  /** As it was found when the lease was taken: whether there is anything to make good. */
  readonly strikes: number
  readonly isProbe: boolean
}

/** What an error says about the host: nothing where it may be the network's fault, or ours. */
const silent = new Set(['transient', 'system', 'changed', 'cancelled'])

const names = ({id}: HeldLease): Record<string, string> => ({'#id': id})
const withoutLease = 'REMOVE leases.#id'
const placeOf = ({isProbe}: HeldLease): string => isProbe ? `${withoutLease}, probe` : withoutLease
const counted = 'ADD version :one'

/** False where there is nothing to make good, or no longer. */
const releaseGood = async (lease: HeldLease): Promise<boolean> => {
  if (lease.isProbe) {
    return await changeHost(lease.host, {
      update: `SET strikes = :none, opened = :none ${withoutLease}, openUntil, probe ${counted}`, where: 'probe = :id',
      values: {':none': 0, ':one': 1, ':id': lease.id}, names: names(lease)
    }) !== undefined
  }
  return lease.strikes > 0 && await changeHost(lease.host, {
    update: `SET strikes = :none ${withoutLease} ${counted}`, where: 'attribute_not_exists(openUntil)', values: {':none': 0, ':one': 1}, names: names(lease)
  }) !== undefined
}

const releaseQuietly = async (lease: HeldLease): Promise<void> => {
  await changeHost(lease.host, {update: `${placeOf(lease)} ${counted}`, where: 'attribute_exists(leases)', values: {':one': 1}, names: names(lease)})
}

const releaseRefused = async (lease: HeldLease, strikes: number, availableAt?: string): Promise<void> => {
  const state = await changeHost(lease.host, {
    update: `${placeOf(lease)} ${counted}, strikes :strikes`, where: 'attribute_exists(leases)', values: {':one': 1, ':strikes': strikes}, names: names(lease)
  })
  const {strikes: total = 0, opened = 0} = state ?? {}
  if (lease.isProbe || availableAt !== undefined || total >= mostStrikes) {
    const until = openUntil(opened, new Date().toISOString(), availableAt)
    await changeHost(lease.host, {
      update: `SET openUntil = :until, strikes = :none ${counted}, opened :one`, where: 'attribute_not_exists(openUntil) OR openUntil < :until',
      values: {':until': until, ':none': 0, ':one': 1}
    })
    logger.warn('A host is left alone for a while.', {host: lease.host, until})
  }
}

/** Gives a place back, and remembers how the host answered: `error` is what the work threw, undefined where it went well. */
export const releaseHost = async (lease: HeldLease, error: unknown): Promise<void> => {
  if (isNamedError(error) && (error.category === 'rate-limited' || error.category === 'blocked')) {
    return releaseRefused(lease, error.category === 'blocked' ? strikesOf.blocked : strikesOf.limited, error.availableAt)
  }
  const isGood = error === undefined || (isNamedError(error) && !silent.has(error.category))
  if (!isGood || !await releaseGood(lease)) {
    await releaseQuietly(lease)
  }
}
