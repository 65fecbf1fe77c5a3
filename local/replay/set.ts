import type {EventEnvelope, InvocationResult} from '../runtime/core/types'
import {encodeKey} from '../services/s3/notifications'
import {StatesError} from '../services/states/asl/errors'
import type {TaskCall} from '../services/states/integrations/call'
import {wiredNotifications} from '../../shared/wiring/notifications'
import type {Wiring} from '../../shared/wiring/wiring'
import {type Activity, createActivity} from './activity'
import {findDetail, isBeyond} from './attempts'
import type {ShadowBundle, ShadowWorld} from './bundle'
import {createBus, type ShadowBus} from './bus'
import {createShadowClock, type ShadowClock} from './clock'
import {createDoors} from './doors/doors'
import {createObjects, type Objects, type StoredObject} from './doors/objects'
import {createTables, type Tables} from './doors/tables'
import {createFunctions, type Functions} from './functions'
import {createMachines, type Machines} from './machine'
import {findFailure, type Scene} from './scene'
import {performTask} from './tasks'

/** All that a shadow is played with. */
export interface StageSet {
  readonly clock: ShadowClock
  readonly activity: Activity
  readonly tables: Tables
  readonly objects: Objects
  readonly functions: Functions
  readonly bus: ShadowBus
  readonly machines: Machines
  /** What the functions see. */
  readonly world: ShadowWorld
}

/** Parts call one another: each is looked up when it is needed. */
type Parts = Omit<StageSet, 'world'>

/** Tells the functions that the wiring names of an object. */
const notifier = (wiring: Wiring, scene: () => Scene, parts: () => Parts): ((object: StoredObject, eventName: string) => void) => {
  const notifications = wiredNotifications(wiring)
  return ({Bucket, Key, ContentLength, ETag}, eventName) => {
    const record = {eventSource: 'aws:s3', eventName, s3: {bucket: {name: Bucket}, object: {key: encodeKey(Key), size: ContentLength, eTag: ETag}}}
    scene().transfers += 1
    notifications.filter(({bucket, prefix, suffix}) => bucket === Bucket && Key.startsWith(prefix) && Key.endsWith(suffix))
      .forEach(({functionArn}) => parts().functions.invokeAsync(functionArn, JSON.stringify({Records: [record]})))
  }
}

/** Performs tasks, as they went if they failed by themselves. */
const performer = (bundle: ShadowBundle, scene: () => Scene, parts: () => Parts): ((call: TaskCall) => Promise<unknown>) => {
  const invoke = async (functionName: string, payload: string): Promise<InvocationResult> => {
    scene().purpose = 'transfer'
    const failure = findFailure(bundle, scene())
    return failure?.kind === 'function' ? failure.result : parts().functions.invoke(functionName, payload)
  }
  return async (call) => {
    const failure = findFailure(bundle, scene())
    if (failure?.kind === 'service' && /:lambda:/.test(call.resource)) {
      throw new StatesError(failure.name, '')
    }
    return performTask({table: parts().tables.of, objects: parts().objects.commands, invoke, putEvents: parts().bus.put}, call)
  }
}

/** No one knows how it went on; what follows from that is nothing to compare. */
const hear = (event: EventEnvelope, {attempt, events}: Scene, activity: Activity): void => {
  if (isBeyond(attempt, event['detail-type'])) {
    activity.halt()
  }
  if (!activity.isHalted()) {
    events.push(event)
  }
}

const createSceneBus = (wiring: Wiring, clock: ShadowClock, scene: () => Scene, parts: () => Parts): ShadowBus => createBus({
  wiring, now: clock.now, onEvent: (event) => hear(event, scene(), parts().activity),
  onDelivery: ({Arn}, payload, {id}) => {
    if (Arn.includes(':states:')) {
      clock.at(clock.now(), () => parts().machines.start(Arn, id, payload))
    } else {
      parts().functions.invokeAsync(Arn, payload)
    }
  }
})

const createWorld = (scene: () => Scene, {clock, activity, tables, objects, functions, bus, machines}: Parts): ShadowWorld => {
  const doors = createDoors({
    tables, objects, functions: () => functions, putEvents: bus.put, start: machines.start,
    source: () => scene().source, purpose: () => scene().purpose,
    onPush: (push) => scene().pushes.push(push),
    halt: () => {
      activity.halt()
      throw new Error('The archive does not say what the world answered.')
    }
  })
  // What was large is small now.
  const ranged = {...functions.environment, RANGED_FROM_BYTES: '1'}
  return {
    now: clock.now,
    environment: () => scene().attempt.isRanged === true ? ranged : functions.environment,
    open: (door, command, args) =>
      activity.isHalted() && door.startsWith('AWS/') ? Promise.reject(new Error('The shadow has ended.')) : doors(door, command, args)
  }
}

/** Sets up today's functions, rules and workflows for whatever scene is played. */
export const createSet = (wiring: Wiring, bundle: ShadowBundle, scene: () => Scene): StageSet => {
  const clock = createShadowClock()
  const activity = createActivity(clock)
  const etag = (): string | undefined => {
    const found = findDetail(scene().attempt, 'FileDownloadCompleted')?.['etag']
    return typeof found === 'string' ? found : undefined
  }
  const perform = performer(bundle, scene, () => parts)
  const parts: Parts = {
    clock, activity, tables: createTables(wiring), objects: createObjects(etag, notifier(wiring, scene, () => parts)),
    functions: createFunctions({wiring, bundle, clock, activity, onGivenUp: (givenUp) => scene().givenUp.push(givenUp)}),
    bus: createSceneBus(wiring, clock, scene, () => parts),
    machines: createMachines({
      wiring, clock, perform: (call) => activity.track(perform(call)),
      observe: (observation) => observation.type === 'state' && observation.phase === 'entered' && scene().states.push(observation.state)
    })
  }
  return {...parts, world: createWorld(scene, parts)}
}
