/**
 * How many connections a host gets, how fast one after another, and when none at all: the arithmetic, without table or clock. All workers
 * share one state a host; `host-lease` keeps it in DynamoDB. Times are ISO 8601 UTC, so that their order is that of their text.
 */

export interface HostLimits {
  /** Most connections at a time; 0 sets no limits at all. */
  readonly concurrency: number
  /** Connections that may begin in a second, in the long run; as many as `concurrency` may begin at once. */
  readonly perSecond: number
}

export interface Lease {
  readonly user: string
  /** When it ends by itself: its worker is dead by then. */
  readonly until: string
}

export interface HostState {
  readonly leases: Readonly<Record<string, Lease>>
  /** Users who were refused for want of a place, until when they count as waiting. */
  readonly waiting: Readonly<Record<string, string>>
  /** When the next connection would begin if all had kept the rate: ahead of now by as much as a burst has drawn in advance. */
  readonly nextAt?: string
  /** How much the host has refused since it last answered. */
  readonly strikes: number
  /** How often the circuit opened since the host last answered. */
  readonly opened: number
  /** The circuit is open until then; from then on one connection tries whether the host answers again. */
  readonly openUntil?: string
  /** Id of the lease that tries. */
  readonly probe?: string
  /** Most connections at a time that the host takes, as it was found out; until `mostUntil`. */
  readonly most?: number
  readonly mostUntil?: string
  /** Milliseconds between the beginnings of two connections that the host wants, as it was found out; until `mostUntil` too. */
  readonly apart?: number
}

export interface Ask {
  /** Id of the work, not of the attempt: a retry replaces its own dead worker's lease. */
  readonly id: string
  readonly user: string
  readonly until: string
}

export type Decision =
  | {readonly granted: true, readonly state: HostState}
  /** `at`: when to ask again; `state` is to be written if it has changed. */
  | {readonly granted: false, readonly reason: 'open' | 'rate' | 'busy', readonly at: string, readonly state: HostState}

export const untouched: HostState = {leases: {}, waiting: {}, strikes: 0, opened: 0}

const retryMilliseconds = 1_000
const waitingMilliseconds = 60_000
const maxWaiting = 100

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString()

const unexpired = <T>(items: Readonly<Record<string, T>>, untilOf: (item: T) => string, now: string): Record<string, T> =>
  Object.fromEntries(Object.entries(items).filter(([, item]) => untilOf(item) > now))

/** The state without what has ended by itself. */
const current = (state: HostState, {id}: Ask, now: string): HostState => {
  const {[id]: _own, ...leases} = unexpired(state.leases, ({until}) => until, now)
  return {...state, leases, waiting: unexpired(state.waiting, (until) => until, now)}
}

/** Connections that one user may have: all if no one else wants one, else an equal part, rounded up. */
const computeShare = ({leases, waiting}: HostState, user: string, {concurrency}: HostLimits): number => {
  const users = new Set([user, ...Object.keys(waiting), ...Object.values(leases).map((lease) => lease.user)])
  return Math.ceil(concurrency / users.size)
}

/** Whether the host was found to take one connection at a time. */
export const isOneAtATime = ({most, mostUntil}: HostState, now: string): boolean => most === 1 && mostUntil !== undefined && mostUntil > now

/** Leases of others, which have not ended by themselves. */
export const listOtherLeases = ({leases}: HostState, id: string, now: string): string[] =>
  Object.entries(leases).flatMap(([other, {until}]) => other !== id && until > now ? [other] : [])

/** The limits of a host that was found to have narrower ones. */
const learned = (state: HostState, {concurrency, perSecond}: HostLimits, now: string): HostLimits => isOneAtATime(state, now)
  ? {concurrency: 1, perSecond: Math.min(perSecond, 1000 / (state.apart ?? 1))}
  : {concurrency, perSecond}

const firstApartMilliseconds = 1_250
const maxApartMilliseconds = 30_000

/** How far apart connections are to begin from now on, as one more was refused for coming too early. */
export const slower = ({apart = 0}: HostState): number => Math.min(maxApartMilliseconds, Math.max(firstApartMilliseconds, apart * 2))

/** A refusal so soon after a connection that went well may be of the pace alone. */
export const paceMilliseconds = 5_000

/** Whether the host gave someone a connection just before now, and has refused nothing since its last good answer. */
export const wasFineBefore = ({nextAt, strikes, openUntil: open}: HostState, now: string): boolean =>
  strikes === 0 && open === undefined && nextAt !== undefined && Date.parse(now) - Date.parse(nextAt) < paceMilliseconds

const refusedByCircuit = ({openUntil, probe, leases}: HostState, now: string): string | undefined => {
  if (openUntil === undefined) {
    return undefined
  }
  if (openUntil > now) {
    return openUntil
  }
  return probe !== undefined && leases[probe] !== undefined ? iso(Date.parse(now) + retryMilliseconds) : undefined
}

const refusedByRate = ({nextAt = ''}: HostState, {concurrency, perSecond}: HostLimits, now: string): string | undefined => {
  const earliest = Date.parse(nextAt) - (concurrency - 1) * 1000 / perSecond
  return earliest > Date.parse(now) ? iso(Math.ceil(earliest)) : undefined
}

const isBusy = (state: HostState, {user}: Ask, limits: HostLimits): boolean => {
  const leases = Object.values(state.leases)
  return leases.length >= limits.concurrency || leases.filter((lease) => lease.user === user).length >= computeShare(state, user, limits)
}

/** Not written again each time that someone asks. */
const isKnownToWait = ({waiting}: HostState, user: string, now: string): boolean =>
  (waiting[user] ?? '') > iso(Date.parse(now) + waitingMilliseconds / 2)

const withWaiting = (before: HostState, state: HostState, {user}: Ask, now: string): HostState =>
  isKnownToWait(before, user, now) || (state.waiting[user] === undefined && Object.keys(state.waiting).length >= maxWaiting)
    ? before
    : {...state, waiting: {...state.waiting, [user]: iso(Date.parse(now) + waitingMilliseconds)}}

const grant = (state: HostState, {id, user, until}: Ask, {perSecond}: HostLimits, now: string): HostState => {
  const {[user]: _served, ...waiting} = state.waiting
  const begins = Math.max(Date.parse(now), Date.parse(state.nextAt ?? now))
  return {
    ...state, waiting, leases: {...state.leases, [id]: {user, until}}, nextAt: iso(begins + 1000 / perSecond),
    ...(state.openUntil !== undefined && {probe: id})
  }
}

/** Whether a connection may begin now. */
export const decide = (before: HostState, ask: Ask, usual: HostLimits, now: string): Decision => {
  const state = current(before, ask, now)
  const limits = learned(state, usual, now)
  const open = refusedByCircuit(state, now)
  if (open !== undefined) {
    return {granted: false, reason: 'open', at: open, state: before}
  }
  if (isBusy(state, ask, limits)) {
    return {granted: false, reason: 'busy', at: iso(Date.parse(now) + retryMilliseconds), state: withWaiting(before, state, ask, now)}
  }
  const slow = refusedByRate(state, limits, now)
  return slow === undefined
    ? {granted: true, state: grant(state, ask, limits, now)}
    : {granted: false, reason: 'rate', at: slow, state: before}
}

const firstOpenMilliseconds = 30_000
const maxOpenMilliseconds = 30 * 60_000

/** Opens the circuit after three 429s, or nine ambiguous refusals, with no success in between. */
export const maxStrikes = 9
export const strikeCounts = {limited: 3, blocked: 1} as const

/** Until when the circuit is open: as long as the host said, else twice as long each time that it opens in a row. */
export const openUntil = (opened: number, now: string, availableAt?: string): string =>
  availableAt ?? iso(Date.parse(now) + Math.min(maxOpenMilliseconds, firstOpenMilliseconds * 2 ** opened))
