import {setTimeout as sleep} from 'node:timers/promises'
import {NamedError} from '../errors'
import {type Decision, type HostState, isOneAtATime, paceMilliseconds, wasFineBefore} from './host-limits'
import {type Crowd, type HeldLease, releaseHost} from './host-release'
import {askHost, hostLimits, hostState} from './host-state'
import {logger} from '../logger'
import {findSiteName} from '../media/media-sites'

/** What a connection is for. */
export interface Connection {
  /** Id of the work, not of the attempt, so that a retry replaces its own dead worker's lease. */
  readonly work: string
  /** In whose name: hosts are shared between users. */
  readonly user: string
  /** Milliseconds that the worker can live at most. */
  readonly milliseconds: number
  /** How often this work waited without success already. */
  readonly timesInVain?: number
  /**
   * Set for a range of a file, of which others bring ranges too: how long to wait for a turn in the worker, as giving up would stop them
   * all.
   */
  readonly turnMilliseconds?: number
  readonly signal?: AbortSignal
}

/** Longest wait in the worker; what takes longer is for the workflow, where waiting costs nothing. */
const patienceMilliseconds = 4_000
/** Longest time between two looks whether it is our turn. */
const maxTurnMilliseconds = 500
/** Waits for a host to notice that the last connection has ended, or for its pace. */
const aloneMilliseconds = [500, 1_500, 4_000]
const firstBusyMilliseconds = 10_000
const maxBusyMilliseconds = 10 * 60_000

/** The party that has limits: a site of several names, else the host of the URL. */
export const findHost = (url: URL): string => findSiteName(url) ?? url.hostname.replace(/^www\.|\.$/g, '')

/** No one minds how often a machine asks itself. */
const isThisMachine = ({hostname}: URL): boolean => ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)

const jittered = (milliseconds: number): number => milliseconds * (0.75 + Math.random() / 2)

const reasons = {
  open: 'it refused several requests of late and is left alone for a while', rate: 'too many connections to it began just now',
  busy: 'all its connections, or this user\'s part of them, are taken'
}

type Refused = Pick<Extract<Decision, {granted: false}>, 'reason' | 'at'>

/** Each wait for a place is longer than the one before by this factor: a host with one place is free again once a file is through. */
const busyGrowth = 1.5

const refusal = (host: string, {reason, at}: Refused, timesInVain: number): NamedError => {
  const busy = Date.now() + jittered(Math.min(maxBusyMilliseconds, firstBusyMilliseconds * busyGrowth ** timesInVain))
  const closes = reason === 'open' ? Date.parse(at) : 0
  // A circuit that closes in a moment is being probed: that takes as long as a transfer.
  const again = closes > Date.now() + patienceMilliseconds ? closes + Math.random() * 5_000 : Math.max(closes, busy)
  const availableAt = new Date(again).toISOString()
  return new NamedError('RateLimitedError',
    `${host} is not asked just now: ${reasons[reason]}. The download continues by itself after ${availableAt}.`, {availableAt})
}

/** Looks come further apart the longer the wait is. */
const nextLook = (at: string, {turnMilliseconds}: Connection, waited: number): number =>
  Math.max(Date.parse(at) - Date.now(), turnMilliseconds === undefined ? 0 : Math.min(maxTurnMilliseconds, waited / 10))
    + Math.random() * 100

const createLease = (host: string, {work: id, turnMilliseconds}: Connection, before: HostState, mayBeFine: boolean): HeldLease => {
  const {strikes, openUntil} = before
  const fineUntil = mayBeFine && wasFineBefore(before, new Date().toISOString()) ? Date.now() + paceMilliseconds : 0
  return {host, id, strikes, isProbe: openUntil !== undefined, isRange: turnMilliseconds !== undefined, fineUntil}
}

const take = async (host: string, connection: Connection, ends: number, isFine: boolean): Promise<HeldLease> => {
  const {work, user, timesInVain = 0, turnMilliseconds = patienceMilliseconds, signal} = connection
  const since = Date.now()
  for (;;) {
    const {decision, before} = await askHost(host, {id: work, user, until: new Date(ends).toISOString()})
    if (decision.granted) {
      return createLease(host, connection, before, isFine)
    }
    const patience = decision.reason === 'busy' ? turnMilliseconds : patienceMilliseconds
    if (decision.reason === 'open' || Date.parse(decision.at) > since + patience) {
      throw refusal(host, decision, timesInVain)
    }
    await sleep(nextLook(decision.at, connection, Date.now() - since), undefined, {signal})
  }
}

const giveBack = (lease: HeldLease, failure?: unknown): Promise<Crowd> => releaseHost(lease, failure).catch((error: unknown) => {
  logger.warn('A place at a host was not given back; it ends by itself.', {host: lease.host, error})
  return undefined
})

/** Returns once this worker may try again, and how often it was refused alone by then; throws if that is for the workflow. */
const nextTurn = async (lease: HeldLease, failure: unknown, {timesInVain = 0, signal}: Connection, alone: number): Promise<number> => {
  const crowd = await giveBack(lease, failure)
  if (crowd === 'crowded' && !lease.isRange) {
    throw refusal(lease.host, {reason: 'busy', at: ''}, timesInVain)
  }
  const wait = crowd === 'crowded' ? 0 : aloneMilliseconds[alone]
  if (crowd === undefined || wait === undefined) {
    throw failure
  }
  await sleep(jittered(wait), undefined, {signal})
  return crowd === 'alone' ? alone + 1 : alone
}

/**
 * Gives the place back before the work is over, as the host has nothing more to do for it; what the work throws then is no word of the
 * host's.
 */
export type Release = () => Promise<void>

/** A lease that is given back once, however often that is asked for. */
const createRelease = (lease: HeldLease): {release: Release, isGiven: () => boolean} => {
  let given: Promise<Crowd> | undefined
  return {
    release: async () => {
      given ??= giveBack(lease)
      await given
    },
    isGiven: () => given !== undefined
  }
}

/** Whether connections to a URL's host are limited, so that `politely` judges what it refuses. */
export const isLimited = (url: URL): boolean => !isThisMachine(url) && hostLimits().concurrency > 0

/**
 * Does what needs a connection to a URL's host, as soon as the host's limits let it; what it throws says how the host feels about us. A
 * range that was one connection too many waits for its turn and is done again. Throws RateLimitedError with `availableAt` if that takes
 * longer than a few seconds, or than `turnMilliseconds`, and what `work` throws. Costs a read and two writes.
 */
export const politely = async <T>(url: URL, connection: Connection, work: (release: Release) => Promise<T>): Promise<T> => {
  if (!isLimited(url)) {
    return work(async () => undefined)
  }
  const ends = Date.now() + connection.milliseconds
  let isFine = true
  for (let alone = 0; ;) {
    const lease = await take(findHost(url), connection, ends, isFine)
    // What this worker was refused itself is no connection that went well.
    isFine = lease.fineUntil > 0
    const {release, isGiven} = createRelease(lease)
    let result: T
    try {
      result = await work(release)
    } catch (error) {
      if (isGiven()) {
        throw error
      }
      alone = await nextTurn(lease, error, connection, alone)
      continue
    }
    await release()
    return result
  }
}

/** Whether a URL's host was found to take one connection at a time. */
export const takesOneAtATime = async (url: URL): Promise<boolean> =>
  isLimited(url) && isOneAtATime(await hostState(findHost(url)), new Date().toISOString())
