import {trustedJson} from '../../shared/json'
import type {EventEnvelope} from '../runtime/core/types'
import {text} from '../../shared/wiring/values'
import type {Wiring} from '../../shared/wiring/wiring'
import {type ArchivedFile, type Attempt, listLateRequests, findRequest, findSourceUrl} from './attempts'
import type {ShadowBundle} from './bundle'
import type {Source} from './doors/answer'
import {archivedSource} from './doors/archived-source'
import type {Stand} from './doors/captured-source'
import {type Push, shadowEndpoint} from './doors/doors'
import type {GivenUp} from './functions'
import {createMoments} from './moments'
import {type Scene, createScene} from './scene'
import {createSet, type StageSet} from './set'
import {type Wish, wishIn} from './wish'

/** What today's code made of an attempt. */
export interface Played {
  readonly events: readonly EventEnvelope[]
  /** The states that executions entered, in order. */
  readonly states: readonly string[]
  readonly pushes: readonly Push[]
  readonly givenUp: readonly GivenUp[]
  /** Objects that would have come to be. */
  readonly transfers: number
  /** Why the system would not even take the request. */
  readonly refused?: string
  /** The archive does not say how it went on. */
  readonly isOpen: boolean
}

/** Another source than the one that the archive knows of; undefined for that one. */
export type SourceOf = (attempt: Attempt, stand: Stand) => Source | undefined

/** Plays files, one after the other. */
export interface Stage {
  /** Size from which files are transferred by ranges, in bytes. */
  readonly rangedFromBytes: number
  play: (file: ArchivedFile, sourceOf?: SourceOf) => Promise<Played[]>
}

interface Asking extends Wish {
  readonly userId: string
  readonly url: string
  readonly correlationId: string
}

const tableName = (wiring: Wiring): string => text(wiring.ofType('aws_dynamodb_table')[0]?.values ?? {}, 'name')

/** A user with one device asks for a URL; returns the refusal, if there is one. */
const ask = async (
  {tables, clock, functions, activity}: StageSet, table: string, bundle: ShadowBundle, {userId, ...wish}: Asking
): Promise<string | undefined> => {
  const device = {userId, deviceId: 'shadow', platform: 'APNS', endpointArn: shadowEndpoint(userId), updatedAt: new Date(clock.now()).toISOString()}
  tables.of(table).put({Item: {...bundle.deviceKey(userId, device.deviceId), ...device}})
  const {payload, functionError} = await functions.invoke('RequestFile', JSON.stringify({userId, ...wish}))
  const {statusCode = 500, body = payload} = functionError === undefined ? trustedJson<{statusCode?: number, body?: string}>(payload) : {}
  await activity.rest()
  return statusCode < 400 ? undefined : body
}

/** Sets up today's functions, rules and workflows for shadows of archived files. */
export const createStage = (wiring: Wiring, bundle: ShadowBundle): Stage => {
  let scene: Scene
  const table = tableName(wiring)
  const set = createSet(wiring, bundle, () => scene)
  const {clock, activity, tables, objects, machines, world} = set

  const playAttempt = async (attempt: Attempt, source: Source): Promise<Played> => {
    const {correlationId, events: [first]} = attempt
    const [request, url] = [findRequest(attempt), findSourceUrl(attempt)]
    scene = createScene(attempt, source)
    activity.reset()
    clock.reset(Date.parse(String(request?.detail['requestedAt'] ?? first?.time)) || 0)
    if (url === undefined) {
      return {...scene, isOpen: true}
    }
    const wish = {url, ...request && wishIn(request.detail)}
    const refused = await ask(set, table, bundle, {...wish, userId: String(request?.detail['userId'] ?? 'nobody'), correlationId})
    for (const late of activity.isHalted() ? [] : listLateRequests(attempt)) {
      clock.advance(Date.parse(late.time))
      scene.purpose = 'identify'
      await ask(set, table, bundle, {...wish, userId: String(late.detail['userId']), correlationId: `${correlationId}-late`})
    }
    return {...scene, ...(refused !== undefined && {refused}), isOpen: activity.isHalted()}
  }

  return {
    rangedFromBytes: Number(set.functions.environment['RANGED_FROM_BYTES'] ?? Infinity),
    play: async ({attempts}, sourceOf) => {
      bundle.shadowWorld.current = world
      tables.reset()
      objects.reset()
      machines.forget()
      const played: Played[] = []
      for (const attempt of attempts) {
        const otherwise = archivedSource(bundle, attempt, createMoments(attempt, clock))
        played.push(await playAttempt(attempt, sourceOf?.(attempt, {otherwise, advance: clock.advance}) ?? otherwise))
      }
      return played
    }
  }
}
