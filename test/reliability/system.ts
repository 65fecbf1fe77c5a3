import {rm} from 'node:fs/promises'
import {DynamoDBClient} from '@aws-sdk/client-dynamodb'
import {EventBridgeClient} from '@aws-sdk/client-eventbridge'
import {LambdaClient} from '@aws-sdk/client-lambda'
import {S3Client} from '@aws-sdk/client-s3'
import {DynamoDBDocumentClient} from '@aws-sdk/lib-dynamodb'
import type {Observation} from '../../local/runtime/core/types'
import {type Runtime, type RuntimeOptions, startRuntime} from '../../local/runtime/runtime'

/** The embedded runtime in this process, and the SDK's way into it. */
export interface System {
  readonly runtime: Runtime
  readonly address: string
  readonly events: EventBridgeClient
  readonly lambda: LambdaClient
  readonly s3: S3Client
  readonly table: DynamoDBDocumentClient
  /**
   * Resolves once no function has an event or a notification to work on and nothing else has happened for `milliseconds`.
   * Throws if that does not come within `limit`.
   */
  quiet: (milliseconds: number, limit?: number) => Promise<void>
  stop: () => Promise<void>
}

/** Counts what functions were handed to work on later, and what they are done with; what failed permanently stays counted. */
const createGauge = () => {
  const open = new Map<string, number>()
  const add = (functionName: string, count: number): void => { open.set(functionName, (open.get(functionName) ?? 0) + count) }
  return {
    observe: (observation: Observation): void => {
      const target = observation.type === 'delivery' && observation.outcome === 'delivered' ? /:function:([^:]+)/.exec(observation.target)?.[1] : undefined
      if (target !== undefined) {
        add(target, 1)
      } else if (observation.type === 'object') {
        add('S3ObjectCreated', 1)
      } else if (observation.type === 'invocation' && observation.error === undefined) {
        add(observation.functionName, -1)
      }
    },
    isBusy: (): boolean => [...open.values()].some((count) => count > 0)
  }
}

const credentials = {accessKeyId: 'x', secretAccessKey: 'x'}

/** Starts it with the committed wiring, on a free port and, unless `data` says otherwise, on data that no one keeps. */
export const startSystem = async (options: Partial<RuntimeOptions> = {}): Promise<System> => {
  const gauge = createGauge()
  let last = Date.now()
  const observe = (observation: Observation): void => {
    // Of lines there are too many, and none comes alone.
    if (observation.type !== 'log') {
      last = Date.now()
    }
    gauge.observe(observation)
    options.observe?.(observation)
  }
  const runtime = await startRuntime({wiring: 'local/wiring.json', port: 0, allowPrivateSources: true, ...options, observe})
  const config = {endpoint: runtime.address, region: 'us-west-2', credentials}
  const quiet = async (milliseconds: number, limit = 120_000): Promise<void> => {
    const deadline = Date.now() + limit
    while (gauge.isBusy() || Date.now() - last < milliseconds) {
      if (Date.now() > deadline) {
        throw new Error(`Expected the system to come to rest within ${limit} ms; it has not.`)
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  return {
    runtime, address: runtime.address, quiet,
    events: new EventBridgeClient(config), lambda: new LambdaClient(config), s3: new S3Client({...config, forcePathStyle: true}),
    table: DynamoDBDocumentClient.from(new DynamoDBClient(config)),
    stop: () => runtime.stop()
  }
}

/** Removes a folder of data. */
export const forget = (folder: string): Promise<void> => rm(folder, {recursive: true, force: true})
