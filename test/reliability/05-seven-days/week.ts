import {shuffled} from '../random'

export const hour = 3_600_000
export const day = 24 * hour

export const kinds = ['file', 'page', 'premiere', 'members', 'gone'] as const
export type Kind = typeof kinds[number]

/** A user's wish: what, and when; milliseconds count from the beginning of the week. */
export interface Wish {
  readonly user: string
  readonly name: string
  readonly kind: Kind
  readonly askedAt: number
  /** Of a premiere. */
  readonly releasedAt: number
}

export interface Window {
  readonly from: number
  readonly to: number
}

/** What befalls the sources in the week. */
export interface Weather {
  /** Every request is answered 429, with the time at which it may come again. */
  readonly limits: readonly Window[]
  /** Every request is answered 503. */
  readonly outages: readonly Window[]
  /** The site wants its members to sign in again. */
  readonly expired: Window
}

export const calm: Weather = {limits: [], outages: [], expired: {from: 0, to: 0}}

/** Whether there is any media to be had, sooner or later. */
export const isRecoverable = ({kind}: Pick<Wish, 'kind'>): boolean => kind !== 'gone'

const window = (from: number, length: number): Window => ({from, to: from + length})

export const weatherOf = (random: () => number): Weather => ({
  limits: [0, 2, 5].map((index) => window(index * day + random() * 20 * hour, hour)),
  outages: [1, 4].map((index, at) => window(index * day + random() * 20 * hour, at === 0 ? 0.5 * hour : 2 * hour)),
  expired: window(3 * day + random() * 12 * hour, 6 * hour)
})

const kindsOf = (wishes: number): Kind[] => {
  const share = (kind: Kind, part: number): Kind[] => Array.from({length: Math.round(wishes * part)}, () => kind)
  return [...share('file', 0.6), ...share('page', 0.1), ...share('premiere', 0.15), ...share('members', 0.1), ...share('gone', 0.05)]
}

/** Wishes over the whole week, premieres up to three days ahead. */
export const wishesOf = (random: () => number, wishes: number): Wish[] => shuffled(kindsOf(wishes), random).map((kind, index) => {
  const askedAt = Math.floor(random() * 6.5 * day)
  return {user: `user-${index % 40}`, name: `${kind}-${index}`, kind, askedAt, releasedAt: askedAt + Math.floor((0.01 + random() * 3) * day)}
})

export const isWithin = ({from, to}: Window, at: number): boolean => at >= from && at < to
