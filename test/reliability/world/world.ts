import {type VirtualClock, virtualClock} from '../../../local/runtime/clock/virtual-clock'
import type {Observation} from '../../../local/runtime/core/types'
import type {RuntimeOptions} from '../../../local/runtime/runtime'
import {readWiring, type Wiring} from '../../../shared/wiring/wiring'
import type {FileView} from '../../../src/types/domain'
import {fileIdOf} from '../../../src/lambdas/RequestFile/src/file-identity'
import {call, type Accepted, type Answer} from '../../helpers/api'
import {invoke} from '../../helpers/invoke'
import {startSystem, type System} from '../system'
import {openSource, type Source} from './source'

/** The whole system with a virtual clock, and a source that behaves as set. */
export interface World {
  readonly system: System
  readonly clock: VirtualClock
  readonly source: Source
  readonly seen: Observation[]
  /** Asks as a client does: again, a minute later, if the API is in trouble, a limited number of times. */
  ask: (user: string, name: string, patience?: number) => Promise<Answer<Accepted>>
  /** Cancels or retries a file, asking again as `ask` does. */
  act: (user: string, fileId: string, what: 'cancel' | 'retry') => Promise<Answer<Accepted>>
  registerDevice: (user: string, deviceId?: string) => Promise<void>
  /** What the schedule does every five minutes, once; returns how much had drifted apart. Throws what ReconcileFiles throws. */
  reconcile: () => Promise<number>
  fileIdOf: (name: string) => string
  file: (user: string, fileId: string) => Promise<Answer<FileView>>
  end: () => Promise<void>
}

export const start = Date.parse('2026-11-01T00:00:00Z')

/** Runs `work` until it is not refused by a server in trouble; time passes meanwhile. */
const insist = async <T>(clock: VirtualClock, patience: number, work: () => Promise<Answer<T>>): Promise<Answer<T>> => {
  const answer = await work()
  if (answer.status < 500 || patience === 0) {
    return answer
  }
  await clock.advanceTo(clock.now() + 60_000)
  return insist(clock, patience - 1, work)
}

/** The committed wiring without its schedules. */
const unscheduled = (): Wiring => {
  const resources = readWiring('local/wiring.json').resources.filter(({values}) => !values['schedule_expression'])
  return {resources, ofType: (type) => resources.filter((resource) => resource.type === type)}
}

/** What of a schedule's event ReconcileFiles looks at. */
const reconcileTick = {resources: ['arn:aws:events:us-west-2:123456789012:rule/ReconcileFiles']}

/** Schedules of the wiring are left out unless they are asked for: their ticks would be most of the work. */
export const openWorld = async (seed: number, options: Partial<RuntimeOptions> = {}): Promise<World> => {
  const clock = virtualClock({seed, start, mode: 'manual'})
  const seen: Observation[] = []
  const source = await openSource(clock.now)
  const system = await startSystem({wiring: unscheduled(), clock, seed, ...options, observe: (each) => { seen.push(each) }})
  return {
    system, clock, source, seen,
    ask: (user, name, patience = 5) => insist(clock, patience, () => call<Accepted>(system, user, 'POST', '/files', {url: source.url(name)})),
    act: (user, fileId, what) => insist(clock, 5, () => call<Accepted>(system, user, 'POST', `/files/${fileId}/${what}`)),
    registerDevice: async (user, deviceId = 'phone') => {
      const {status} = await insist(clock, 5, () => call(system, user, 'PUT', `/devices/${deviceId}`, {platform: 'APNS', token: `token-of-${user}-${deviceId}`}))
      if (status !== 200) {
        throw new Error(`Expected the device of ${user} to be registered; the API answered ${status}.`)
      }
    },
    reconcile: async () => (await invoke<{found: number}>(system, 'ReconcileFiles', reconcileTick)).found,
    fileIdOf: (name) => fileIdOf(new URL(source.url(name))),
    file: (user, fileId) => call<FileView>(system, user, 'GET', `/files/${fileId}`),
    end: async () => {
      await system.stop()
      await source.close()
    }
  }
}
