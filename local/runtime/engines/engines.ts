import {join} from 'node:path'
import type {Activity, Clock, Deliver, Observe, Service} from '../core/types'
import type {VirtualClock} from '../clock/virtual-clock'
import {type HoldOf, neverHeld} from '../core/hold'
import {createDynamoDb} from '../../services/dynamodb/service'
import {createEvents} from '../../services/events/service'
import {createLogs} from '../../services/logs/service'
import type {ReadObserved} from '../core/observed'
import {createMonitoring} from '../../services/monitoring/service'
import {createScheduler} from '../../services/scheduler/service'
import {decideFates} from '../../lab/faults/fates'
import type {Faults} from '../../lab/faults/faults'
import {struck, struckLater} from '../../lab/faults/inside'
import {createHttpApi} from '../../services/http-api/service'
import {lambdaRetryDelays} from '../../services/lambda/asynchronous'
import type {Callers} from '../../services/lambda/callers'
import {nameIn} from '../../services/lambda/functions'
import {type Inspected, type Inspector, openInspectors} from '../../services/lambda/inspector'
import {createLambda} from '../../services/lambda/service'
import {createS3, type S3Service} from '../../services/s3/service'
import {createSchemas} from '../../services/schemas/service'
import {createSns, type SnsService} from '../../services/sns/service'
import {createSqs} from '../../services/sqs/service'
import {createSsm} from '../../services/ssm/service'
import {createStates} from '../../services/states/service'
import {vendedLog} from '../../services/states/vended-log'
import {createSts} from '../../services/sts/service'
import {wiredFunctions} from '../../../shared/wiring/functions'
import {wiredPermissions} from '../../../shared/wiring/permissions'
import {findPlace} from '../../../shared/wiring/place'
import type {Wiring} from '../../../shared/wiring/wiring'
import {type DataFolder, linkSecret} from './data-folder'
import {createDeliver, type Receivers} from './deliver'

export interface EngineOptions {
  readonly wiring: Wiring
  readonly folder: DataFolder
  readonly clock: Clock
  readonly activity: Activity
  /** Of all chance in the engines, in [0, 1). */
  readonly random: () => number
  /** Functions take the clock's time for the present. */
  readonly virtual?: VirtualClock
  readonly faults: Faults
  readonly callers: Callers
  readonly observe: Observe
  /** What was observed, for those who ask for logs and metrics. */
  readonly observed: ReadObserved
  readonly endpoint: () => string
  /** Folder with the functions' bundles. */
  readonly bundles: string
  /** Of one function at a time; ten if it is left out. */
  readonly maximumSandboxes?: number | undefined
  /** Invocations of all functions at a time; without a limit if it is left out. */
  readonly concurrency?: number | undefined
  /** Replace variables of functions that the wiring gives them. */
  readonly environment: Readonly<Record<string, string>>
  /** Of SSM, by name. */
  readonly parameters: Readonly<Record<string, string>>
  /** Short waits between retries, for tests. */
  readonly fastRetries: boolean
  readonly inspect: readonly Inspected[]
}

export interface Engines {
  readonly services: readonly Service[]
  /** Those that call others or wait: they stop first, in this order, so that nothing of theirs fails for want of the rest. */
  readonly callers: readonly Service[]
  readonly httpApi: Service
  readonly s3: S3Service
  readonly sns: SnsService
  readonly deliver: Deliver
  /** Of functions that may be debugged, by name. */
  readonly inspectors: ReadonlyMap<string, Inspector>
}

const fastMilliseconds = 200

/** Makes every engine and ties them together; none has begun to work yet. */
export const createEngines = async (options: EngineOptions): Promise<Engines> => {
  const {wiring, folder, clock, activity, random, observe, endpoint, fastRetries, virtual, faults} = options
  const {db, path} = folder
  const place = findPlace(wiring)
  const base = {db, clock, activity, random, observe, wiring, place, endpoint}
  const fast = fastRetries ? {retryDelay: () => fastMilliseconds} : {}
  const credentials = {accessKeyId: 'local', secretAccessKey: linkSecret(db)}

  const functions = wiredFunctions(wiring)
  const inspectors = await openInspectors(functions, options.inspect)
  const holdOf: HoldOf = (functionName) => inspectors.get(nameIn(functionName)) ?? neverHeld
  const sqs = createSqs({...base, holdOf, invoke: (name, payload) => struckLater(faults, {at: 'lambda.Invoke', by: 'sqs', text: payload}, () => lambda.invoke(name, payload))})
  const lambda = createLambda({
    ...base,
    callers: options.callers,
    functions,
    inspectors,
    settings: {endpoint, region: place.region, credentials, overrides: options.environment, ...(virtual !== undefined && {virtualNow: clock.now})},
    bundles: options.bundles,
    maximumSandboxes: options.maximumSandboxes,
    accountConcurrency: options.concurrency,
    folder: path,
    retryDelays: fastRetries ? lambdaRetryDelays.map(() => fastMilliseconds) : lambdaRetryDelays,
    sendToQueue: (queueArn, body) => { sqs.send(queueArn, body) }
  })
  const notified = (functionArn: string, payload: string): void => decideFates(faults, functionArn, payload)
    .forEach((milliseconds) => lambda.invokeAsync(functionArn, payload, milliseconds))
  const sns = createSns(base)
  const s3 = createS3({...base, folder: path, credentials, invokeAsync: notified})
  const permissions = wiredPermissions(wiring)
  const deliver = createDeliver((): Receivers => ({lambda, states, sqs, sns, permissions, faults, clock}))
  const events = createEvents({...base, deliver, deadLetter: sqs.send, ...fast})
  const scheduler = createScheduler({...base, deliver, deadLetter: sqs.send, putEvents: events.putEvents, ...fast})
  const states = createStates({
    ...base, ...fast, holdOf,
    invoke: (name, payload) => struckLater(faults, {at: 'lambda.Invoke', by: 'states', text: payload}, () => lambda.invoke(name, payload)),
    putEvents: (entries) => struck(faults, {at: 'events.PutEvents', by: 'states', text: JSON.stringify(entries)}, () => events.putEvents(entries))
  })
  const httpApi = createHttpApi({...base, holdOf, invoke: lambda.invoke})
  const dynamoDb = await createDynamoDb({...base, ...(folder.isKept && {path: join(path, 'dynamodb')})})
  const others = [
    createSchemas(base), createSsm({...base, parameters: options.parameters}), createSts(place),
    createLogs({...base, observed: options.observed, workflowLog: vendedLog(db)}), createMonitoring({wiring, observed: options.observed})
  ]
  const callers = [states, events, scheduler, lambda, sqs]
  return {services: [...callers, sns, s3, ...others, dynamoDb], callers, httpApi, s3, sns, deliver, inspectors}
}
