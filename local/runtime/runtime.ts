import {join} from 'node:path'
import {seededRandom} from './clock/random'
import {clockRoutes} from './clock/routes'
import {type Time, createTime} from './clock/time'
import type {VirtualClock} from './clock/virtual-clock'
import {createConsoleSite} from '../console/site/site'
import {createObserver, type Observer} from './core/observer'
import type {Observe, Service} from './core/types'
import {openDataFolder} from './engines/data-folder'
import {createEngines, type Engines} from './engines/engines'
import {localParameters} from './engines/parameters'
import {createRuntimeServer, type RuntimeServer} from './engines/server'
import {deathBy} from '../lab/faults/death'
import type {Fault} from '../lab/faults/fault'
import {createFaults, type Faults} from '../lab/faults/faults'
import {createGate} from '../lab/faults/gate'
import {faultRoutes} from '../lab/faults/routes'
import {createCallers} from '../services/lambda/callers'
import type {Inspected, Inspector} from '../services/lambda/inspector'
import {openJournal} from '../console/api/journal'
import {readObserved} from '../console/api/observed'
import {createLocalApi} from './core/router'
import {localRoutes} from '../console/api/routes'
import {practiceSourceRoutes} from '../lab/practice-source/routes'
import type {Notification} from '../services/sns/ledger'
import {readWiring, type Wiring} from '../../shared/wiring/wiring'

export interface RuntimeOptions {
  /** File with the wiring, or the wiring itself. */
  readonly wiring: string | Wiring
  /** Folder that keeps all data; left out, nothing is kept. */
  readonly data?: string
  /** On 127.0.0.1; 0 takes any free one. */
  readonly port: number
  readonly allowPrivateSources?: boolean
  readonly maxFileBytes?: number
  /** Short waits between retries, for tests. */
  readonly fastRetries?: boolean
  /** Further variables that replace those the wiring gives to functions. */
  readonly environment?: Readonly<Record<string, string>>
  /** SSM parameters beside Feedly's token, by name. */
  readonly parameters?: Readonly<Record<string, string>>
  /** Folder with `<function>/index.mjs`; dist/lambdas by default. */
  readonly bundles?: string
  /** Processes of one function at a time; ten by default. */
  readonly maximumSandboxes?: number
  /** Invocations of all functions at a time, as an account's quota; what is more is refused as AWS does. Without a limit by default. */
  readonly concurrency?: number
  /** Folder with the built console; dist/console by default. */
  readonly console?: string
  /** Real time by default; a virtual one never goes back on the same data. */
  readonly clock?: VirtualClock
  /** What goes wrong on purpose, from the start on. */
  readonly faults?: readonly Fault[]
  /** Of what goes wrong by chance. */
  readonly seed?: number
  /** Functions that debuggers may attach to. */
  readonly inspect?: readonly Inspected[]
  readonly observe?: Observe
}

export interface Runtime {
  /** `http://127.0.0.1:<port>`: HTTP API and AWS endpoint at once. */
  readonly address: string
  subscribe: (watcher: Observe) => () => void
  /** The plain file of an object. Throws if there is no such object. */
  objectPath: (bucket: string, key: string) => string
  /** Where debuggers reach a function, by its name. */
  readonly inspectors: ReadonlyMap<string, Inspector>
  /** What goes wrong on purpose. */
  readonly faults: Faults
  /** All pushes so far, or those that have a text somewhere, oldest first. */
  notifications: (text?: string) => Notification[]
  /** What is unfinished continues with the next runtime on the same data. */
  stop: () => Promise<void>
}

const dist = join(import.meta.dirname, '..', '..', 'dist')

const functionEnvironment = ({allowPrivateSources = false, maxFileBytes, environment}: RuntimeOptions): Record<string, string> => ({
  ALLOW_PRIVATE_SOURCES: String(allowPrivateSources),
  ...(maxFileBytes !== undefined && {MAX_FILE_BYTES: String(maxFileBytes)}),
  ...environment
})

const enginesFor = (options: RuntimeOptions, wiring: Wiring) => ({
  bundles: options.bundles ?? join(dist, 'lambdas'),
  maximumSandboxes: options.maximumSandboxes,
  concurrency: options.concurrency,
  environment: functionEnvironment(options),
  parameters: {...localParameters(wiring), ...options.parameters},
  fastRetries: options.fastRetries ?? false,
  inspect: options.inspect ?? []
})

const pathIn = ({s3}: Engines, bucket: string, key: string): string => {
  const path = s3.objectPath(bucket, key)
  if (path === undefined) {
    throw new Error(`Expected an object ${key} in the bucket ${bucket}; there is none.`)
  }
  return path
}

const stopAll = async (services: readonly Service[]): Promise<void> => {
  for (const service of services) {
    await service.stop?.()
  }
}

const planFaults = ({faults: planned = [], seed = 1}: RuntimeOptions, {clock}: Time, {observe, subscribe}: Observer): Faults => {
  const faults = createFaults({clock, observe, random: seededRandom(seed)})
  faults.add(planned)
  subscribe(deathBy(faults))
  return faults
}

/** Where things are made to go wrong, or time to go faster. */
const labRoutes = (faults: Faults, time: Time, address: () => string, {allowPrivateSources = false}: RuntimeOptions) => [
  ...faultRoutes(faults), ...clockRoutes(time), ...practiceSourceRoutes({clock: time.clock, faults, address, isReachable: allowPrivateSources})
]

/** Starts the embedded AWS with the wiring's functions on one loopback address. Throws if port or data are taken. */
export const startRuntime = async (options: RuntimeOptions): Promise<Runtime> => {
  const wiring = typeof options.wiring === 'string' ? readWiring(options.wiring) : options.wiring
  const observer = createObserver()
  observer.subscribe(options.observe ?? (() => undefined))
  const folder = openDataFolder(options.data)
  const time = createTime(folder.db, options.clock)
  const faults = planFaults(options, time, observer)
  const callers = createCallers()
  const journal = openJournal(folder.db)
  observer.subscribe(journal.record)
  const server: RuntimeServer = createRuntimeServer({
    ...time, gate: createGate(faults, callers), services: () => engines.services, httpApi: () => engines.httpApi, sites: () => sites
  })
  const engines = await createEngines({
    ...enginesFor(options, wiring), wiring, folder, ...time, faults, callers, observe: observer.observe,
    observed: readObserved(journal), endpoint: server.address
  }).catch((error: unknown) => {
    folder.close()
    throw error
  })
  const sites = [
    createConsoleSite(options.console ?? join(dist, 'console'), server.address),
    createLocalApi([...localRoutes({db: folder.db, wiring, journal, sns: engines.sns}), ...labRoutes(faults, time, server.address, options)])
  ]
  const stop = async (): Promise<void> => {
    await stopAll(engines.callers)
    time.stop()
    await server.close()
    await stopAll(engines.services.filter((service) => !engines.callers.includes(service)))
    journal.close()
    folder.close()
  }
  await server.listen(options.port).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  await Promise.all(engines.services.map(async (service) => service.start?.()))
  return {
    address: server.address(),
    subscribe: observer.subscribe,
    inspectors: engines.inspectors,
    faults,
    objectPath: (bucket, key) => pathIn(engines, bucket, key),
    notifications: (text) => engines.sns.notifications(text),
    stop
  }
}
