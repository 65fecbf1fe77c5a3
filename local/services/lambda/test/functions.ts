import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {DatabaseSync} from 'node:sqlite'
import {realClock} from '../../../runtime/core/clock'
import {openStore} from '../../../runtime/core/store'
import type {Clock, LambdaService, Observation} from '../../../runtime/core/types'
import type {WiredFunction} from '../../../../shared/wiring/functions'
import {parseWiring} from '../../../../shared/wiring/wiring'
import type {Inspector} from '../inspector'
import {createLambda} from '../service'

export const wired = (name: string, more: Partial<WiredFunction> = {}): WiredFunction => ({
  name, arn: `arn:aws:lambda:us-west-2:123456789012:function:${name}`, bundle: name, handler: 'index.handler', runtime: 'nodejs22.x', timeoutSeconds: 5,
  memoryMegabytes: 256, environment: {}, asynchronous: {maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600}, ...more
})

export interface TestLambda {
  readonly service: LambdaService
  readonly folder: string
  readonly observed: Observation[]
  readonly sent: Array<{queueArn: string, body: unknown}>
  /** Writes the module of a function; again, for a new build. */
  build: (name: string, code: string) => void
  /** What the function answered, parsed. */
  call: (name: string, event?: unknown) => Promise<{value: unknown, functionError?: string}>
  invocations: () => Array<Extract<Observation, {type: 'invocation'}>>
  close: () => void
}

export interface TestLambdaOptions {
  readonly db?: DatabaseSync
  readonly clock?: Clock
  readonly retryDelays?: readonly number[]
  readonly maximumSandboxes?: number
  readonly accountConcurrency?: number
  readonly folder?: string
  readonly inspectors?: ReadonlyMap<string, Inspector>
}

export const openLambda = (functions: readonly WiredFunction[], options: TestLambdaOptions = {}): TestLambda => {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'lambda-test-'))
  const observed: Observation[] = []
  const sent: TestLambda['sent'] = []
  const service = createLambda({
    db: options.db ?? openStore(':memory:'), clock: options.clock ?? realClock, functions, wiring: parseWiring({values: {root_module: {}}}), folder, bundles: join(folder, 'bundles'),
    observe: (observation) => observed.push(observation),
    settings: {
      endpoint: () => 'http://127.0.0.1:4510', region: 'us-west-2', credentials: {accessKeyId: 'key', secretAccessKey: 'secret'}, overrides: {COLOUR: 'red', UNKNOWN: 'x'}
    },
    random: () => 0.5,
    accountConcurrency: options.accountConcurrency,
    retryDelays: options.retryDelays ?? [60_000, 120_000],
    sendToQueue: (queueArn, body) => { sent.push({queueArn, body: JSON.parse(body)}) },
    ...(options.inspectors !== undefined && {inspectors: options.inspectors}),
    ...(options.maximumSandboxes !== undefined && {maximumSandboxes: options.maximumSandboxes})
  })
  return {
    service, folder, observed, sent,
    build: (name, code) => {
      mkdirSync(join(folder, 'bundles', name), {recursive: true})
      writeFileSync(join(folder, 'bundles', name, 'index.mjs'), code)
    },
    call: async (name, event = {}) => {
      const {payload, functionError} = await service.invoke(name, JSON.stringify(event))
      return {value: JSON.parse(payload), ...(functionError !== undefined && {functionError})}
    },
    invocations: () => observed.filter((observation) => observation.type === 'invocation'),
    close: () => {
      void service.stop?.()
      if (options.folder === undefined) {
        rmSync(folder, {recursive: true, force: true})
      }
    }
  }
}
