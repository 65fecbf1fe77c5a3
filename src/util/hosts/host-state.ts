import {setTimeout as sleep} from 'node:timers/promises'
import {getItem, updateItem} from '../../lib/vendor/AWS/DynamoDB'
import {unlessRefused} from '../files/conditions'
import {env, numberEnv} from '../env'
import {type Ask, type Decision, decide, type HostLimits, type HostState, untouched} from './host-limits'
import {hostKey} from '../files/keys'

type StoredState = HostState & {readonly version: number}

const maxRaces = 20
const raceMilliseconds = 20
const keptSeconds = 24 * 60 * 60

/** The limits of every host. Throws EnvironmentError. */
export const hostLimits = (): HostLimits => ({concurrency: numberEnv('HOST_CONCURRENCY'), perSecond: numberEnv('HOST_RATE_PER_SECOND')})

const read = async (host: string): Promise<StoredState> => {
  const {Item} = await getItem({TableName: env('TABLE_NAME'), Key: hostKey(host), ConsistentRead: true})
  return {...untouched, version: 0, ...Item}
}

/** A change of a host's state: DynamoDB expressions. */
export interface HostChange {
  readonly update: string
  readonly where: string
  readonly values: Readonly<Record<string, unknown>>
  readonly names?: Readonly<Record<string, string>>
}

/** Changes a host's state if the condition holds, and returns it; undefined if the condition does not hold. */
export const changeHost = async (host: string, {update, where, values, names}: HostChange): Promise<HostState | undefined> => {
  const result = await unlessRefused(updateItem({
    TableName: env('TABLE_NAME'),
    Key: hostKey(host), UpdateExpression: update, ConditionExpression: where, ExpressionAttributeValues: values,
    ExpressionAttributeNames: names, ReturnValues: 'ALL_NEW'
  }))
  return result?.Attributes && {...untouched, ...result.Attributes}
}

/** Writes a state over the one that was read; false if someone else was faster. */
const write = async (host: string, version: number, {leases, waiting, nextAt, probe, strikes, opened}: HostState): Promise<boolean> => {
  const optional = Object.entries({nextAt, probe}).filter(([, value]) => value !== undefined)
  const values = {
    leases, waiting,
    strikes, opened, version: version + 1, expiresAt: Math.ceil(Date.now() / 1000) + keptSeconds, ...Object.fromEntries(optional)
  }
  const written = await changeHost(host, {
    update: `SET ${Object.keys(values).map((name) => `${name} = :${name}`).join(', ')}`,
    where: version === 0 ? 'attribute_not_exists(PK)' : 'version = :before',
    values: {...Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value])),
      ...(version > 0 && {':before': version})}
  })
  return written !== undefined
}

/** Remembers that a host takes one connection at a time, and if need be how many milliseconds apart they are to begin. */
export const learnOneAtATime = async (host: string, milliseconds: number, apart?: number): Promise<void> => {
  const until = Date.now() + milliseconds
  const pace = apart === undefined ? undefined : {':apart': apart, ':next': new Date(Date.now() + apart).toISOString()}
  await changeHost(host, {
    update: `SET most = :one, mostUntil = :until, expiresAt = :expiresAt${pace ? ', apart = :apart, nextAt = :next' : ''} ADD version :one`,
    where: 'attribute_exists(leases)',
    values: {':one': 1, ':until': new Date(until).toISOString(), ':expiresAt': Math.ceil(until / 1000) + keptSeconds, ...pace}
  })
}

/** What is known of a host. */
export const hostState = (host: string): Promise<HostState> => read(host)

export interface Attempt {
  readonly decision: Decision
  /** As it was when that was decided. */
  readonly before: HostState
}

/** Decides by what the table says and writes what that changes, however many others do the same just now. */
export const askHost = async (host: string, ask: Ask): Promise<Attempt> => {
  for (let race = 0; race < maxRaces; race++) {
    const {version, ...before} = await read(host)
    const decision = decide(before, ask, hostLimits(), new Date().toISOString())
    if (decision.state === before || await write(host, version, decision.state)) {
      return {decision, before}
    }
    await sleep(Math.random() * raceMilliseconds * (race + 1))
  }
  return {decision: {granted: false, reason: 'busy', at: new Date(Date.now() + 1000).toISOString(), state: untouched}, before: untouched}
}
