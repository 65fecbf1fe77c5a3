import {setTimeout as sleep} from 'node:timers/promises'
import {NamedError} from './errors'
import type {Decision} from './host-limits'
import {type HeldLease, releaseHost} from './host-release'
import {askHost, hostLimits} from './host-state'
import {logger} from './logger'
import {siteNameOf} from './media-sites'

/** What a connection is for. */
export interface Connection {
  /** Of the work, so that whoever tries it again takes the place of his own dead worker. */
  readonly work: string
  /** In whose name: hosts are shared between users. */
  readonly user: string
  /** Milliseconds that the worker can live at most. */
  readonly milliseconds: number
  /** How often this work waited in vain already. */
  readonly timesInVain?: number
  readonly signal?: AbortSignal
}

/** Longest wait in the worker; what takes longer is for the workflow, where waiting costs nothing. */
const patienceMilliseconds = 4_000
const firstBusyMilliseconds = 10_000
const mostBusyMilliseconds = 10 * 60_000

/** The party that has limits: a site of several names, else the host of the URL. */
export const hostOf = (url: URL): string => siteNameOf(url) ?? url.hostname.replace(/^www\.|\.$/g, '')

/** Nobody minds how often a machine asks itself. */
const isThisMachine = ({hostname}: URL): boolean => ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)

const jittered = (milliseconds: number): number => milliseconds * (0.75 + Math.random() / 2)

const reasons = {
  open: 'it refused several requests of late and is left alone for a while', rate: 'so many connections to it began just now',
  busy: 'all its connections, or this user\'s part of them, are taken'
}

const refusal = (host: string, {reason, at}: Extract<Decision, {granted: false}>, timesInVain: number): NamedError => {
  const busy = Date.now() + jittered(Math.min(mostBusyMilliseconds, firstBusyMilliseconds * 2 ** timesInVain))
  const availableAt = new Date(reason === 'open' ? Date.parse(at) + Math.random() * 5_000 : busy).toISOString()
  return new NamedError('RateLimitedError', `Expected a connection to ${host}; ${reasons[reason]}. It is asked again at ${availableAt}.`, {availableAt})
}

const take = async (host: string, {work, user, milliseconds, timesInVain = 0, signal}: Connection): Promise<HeldLease> => {
  const patientUntil = Date.now() + patienceMilliseconds
  for (;;) {
    const {decision, before} = await askHost(host, {id: work, user, until: new Date(Date.now() + milliseconds).toISOString()})
    if (decision.granted) {
      return {host, id: work, strikes: before.strikes, isProbe: before.openUntil !== undefined}
    }
    if (decision.reason === 'open' || Date.parse(decision.at) > patientUntil) {
      throw refusal(host, decision, timesInVain)
    }
    await sleep(Math.max(0, Date.parse(decision.at) - Date.now()) + Math.random() * 100, undefined, {signal})
  }
}

/**
 * Does what needs a connection to a URL's host, as soon as the host's limits let it; what it throws says how the host feels about us. Throws
 * RateLimitedError with `availableAt` where that takes longer than a few seconds, and what `work` throws. Costs a read and two writes.
 */
export const politely = async <T>(url: URL, connection: Connection, work: () => Promise<T>): Promise<T> => {
  if (isThisMachine(url) || hostLimits().concurrency === 0) {
    return work()
  }
  const lease = await take(hostOf(url), connection)
  let failure: unknown
  try {
    return await work()
  } catch (error) {
    failure = error
    throw error
  } finally {
    await releaseHost(lease, failure).catch((error: unknown) => logger.warn('A place at a host was not given back; it ends by itself.', {host: lease.host, error}))
  }
}
