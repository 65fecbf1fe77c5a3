import {asObject} from '../../shared/json'
import type {Letter} from '../dlq/letter'

/** An event as it was delivered, with whatever else its envelope says. */
export interface Envelope {
  readonly id: string
  readonly source: string
  readonly 'detail-type': string
  readonly detail: unknown
  readonly 'replay-name'?: string
}

/** An event that consumers could not parse. */
export interface Refused {
  readonly id: string
  readonly event: string
  /** ISO 8601 UTC: since when it is known. */
  readonly since: string
  readonly consumers: readonly string[]
  readonly error: string
  readonly reason: string
  /** Version of the contract by which it was read; undefined if no contract was. */
  readonly readBy?: string
  readonly envelope: Envelope
  /** Detail that `fix` wrote. */
  readonly fixed?: unknown
  /** One for each consumer that refused it, or more if it was delivered more than once. */
  readonly letters: readonly Letter[]
}

const errors = ['InvalidEventError', 'UnknownEventError']

const readEnvelope = ({payload}: Letter): Envelope | undefined => {
  const envelope = asObject(payload)
  const isEnvelope = [envelope['id'], envelope['source'], envelope['detail-type']].every((text) => typeof text === 'string')
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- its texts have just been checked, and nothing else is relied upon
  return isEnvelope ? envelope as unknown as Envelope : undefined
}

/** A function may as well fail to publish an event that does not fit: only the one that it was given is named by its id. */
const isRefusal = (letter: Letter): boolean => {
  const envelope = readEnvelope(letter)
  return errors.includes(letter.error) && envelope !== undefined && new RegExp(`\\bevent ${envelope.id.replace(/[^\w-]/g, '.')}\\b`, 'i').test(letter.reason)
}

const since = ({fix, since: sent}: Letter): string => fix?.since ?? sent

const toRefused = (letters: readonly Letter[]): Refused => {
  const [first] = letters.toSorted((one, other) => since(one) < since(other) ? -1 : 1)
  const envelope = readEnvelope(first!)!
  const readBy = /\b\w+ version ([0-9a-f]{12})\b/.exec(first!.reason)?.[1]
  const fix = letters.find((letter) => letter.fix !== undefined)?.fix
  return {
    id: envelope.id,
    event: envelope['detail-type'],
    since: since(first!),
    consumers: [...new Set(letters.map(({from}) => from))].sort(),
    error: first!.error,
    reason: first!.reason,
    ...(readBy !== undefined && {readBy}),
    envelope,
    ...(fix !== undefined && {fixed: fix.detail}),
    letters
  }
}

/** The events among letters that consumers could not parse, each once, the oldest first; other letters are no business of the quarantine. */
export const refusedIn = (letters: readonly Letter[]): Refused[] => {
  const byId = new Map<string, Letter[]>()
  for (const letter of letters.filter(isRefusal)) {
    const {id} = readEnvelope(letter)!
    byId.set(id, [...byId.get(id) ?? [], letter])
  }
  return [...byId.values()].map(toRefused).sort((one, other) => one.since < other.since ? -1 : 1)
}

/** The events that were meant, by their id or how it begins. Throws if one names none, or several. */
export const chosen = (all: readonly Refused[], ids: readonly string[]): Refused[] => ids.map((id) => {
  const [found, ...others] = all.filter((refused) => refused.id.startsWith(id))
  if (found === undefined || others.length > 0) {
    throw new Error(`Expected the id of an event in quarantine, or how it begins; '${id}' is that of ${found === undefined ? 'none' : 'several'}.`)
  }
  return found
})
