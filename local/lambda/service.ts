import {randomUUID} from 'node:crypto'
import {rmSync} from 'node:fs'
import {join} from 'node:path'
import type {DatabaseSync} from 'node:sqlite'
import {isoTime} from '../core/clock'
import {ServiceError} from '../core/errors'
import type {Clock, LambdaService, Observe} from '../core/types'
import type {WiredFunction} from '../wiring/functions'
import {createAsynchronousQueue} from './asynchronous'
import {answerInvoke} from './invoke-api'
import {openFunctionLogs, reportLine} from './logs'
import {errorOf, type Invocation, type Outcome} from './outcome'
import {createPool, type Pool} from './pool'
import {startSandbox} from './sandbox'
import type {SandboxSettings} from './sandbox-environment'

/** All that Lambda needs of the world around it. */
export interface LambdaDeps {
  readonly db: DatabaseSync
  readonly clock: Clock
  readonly observe: Observe
  readonly functions: readonly WiredFunction[]
  readonly settings: SandboxSettings
  /** Folder with `<bundle>/index.mjs` of each function. */
  readonly bundles: string
  /** For logs and the sandboxes' temporary files. */
  readonly folder: string
  readonly retryDelays: readonly number[]
  readonly sendToQueue: (queueArn: string, body: string) => void
  /** Of one function at a time. */
  readonly maximumSandboxes?: number
}

const never = new Promise<never>(() => undefined)

/** The name in a name, a partial or whole ARN, with or without a qualifier. */
const nameIn = (functionName: string): string => {
  const parts = functionName.split(':')
  const at = parts.indexOf('function')
  return (at === -1 ? parts[0] : parts[at + 1]) ?? ''
}

const finder = (functions: readonly WiredFunction[]): (functionName: string) => WiredFunction => (functionName) => {
  const wired = functions.find(({name}) => name === nameIn(functionName))
  if (wired === undefined) {
    throw new ServiceError('ResourceNotFoundException', `Function not found: ${functionName}`, 404)
  }
  return wired
}

const failed = (error: unknown): Outcome => ({
  functionError: 'Unhandled',
  payload: JSON.stringify({errorType: error instanceof ServiceError ? error.code : 'Error', errorMessage: error instanceof Error ? error.message : String(error)}),
  milliseconds: 0,
  maxMemoryBytes: 0
})

/** Runs functions as the wiring deploys them, from their bundles, each in processes of its own. */
export const createLambda = (deps: LambdaDeps): LambdaService => {
  const {functions, observe, clock} = deps
  const find = finder(functions)
  const pools = new Map<string, Pool>()
  const sandboxes = join(deps.folder, 'sandboxes')
  rmSync(sandboxes, {recursive: true, force: true})
  const logs = openFunctionLogs(join(deps.folder, 'logs'))
  let stopped = false

  const log = (functionName: string, line: string): void => {
    logs.write(functionName, line)
    observe({type: 'log', at: isoTime(clock), functionName, line})
  }

  const poolOf = (wired: WiredFunction): Pool => {
    const taskRoot = join(deps.bundles, wired.bundle)
    const pool = pools.get(wired.name) ?? createPool({
      wired,
      taskRoot,
      maximumSandboxes: deps.maximumSandboxes ?? 10,
      start: (version) => startSandbox({
        wired, taskRoot, version, settings: deps.settings, folder: join(sandboxes, randomUUID()), onLine: (line) => log(wired.name, line)
      })
    })
    pools.set(wired.name, pool)
    return pool
  }

  const report = (wired: WiredFunction, requestId: string, outcome: Outcome): void => {
    logs.write(wired.name, reportLine(requestId, wired.memoryMegabytes, outcome))
    const {milliseconds, maxMemoryBytes, initMilliseconds} = outcome
    const error = errorOf(outcome)
    observe({
      type: 'invocation', at: isoTime(clock), functionName: wired.name, requestId, milliseconds: Math.round(milliseconds), maxMemoryBytes,
      ...(initMilliseconds !== undefined && {initMilliseconds}), ...(error !== undefined && {error})
    })
  }

  // What a stopping runtime interrupts has no outcome: the next one runs it again.
  const run = async (wired: WiredFunction, invocation: Invocation): Promise<Outcome> => {
    const outcome = stopped ? await never : await poolOf(wired).invoke(invocation)
    if (stopped) {
      return never
    }
    report(wired, invocation.requestId, outcome)
    return outcome
  }

  const asynchronous = createAsynchronousQueue({...deps, functionOf: find, invoke: (wired, invocation) => run(wired, invocation).catch(failed)})

  const service: LambdaService = {
    signingName: 'lambda',
    invoke: async (functionName, payload) => run(find(functionName), {requestId: randomUUID(), payload}),
    invokeAsync: (functionName, payload) => { asynchronous.add(find(functionName), payload) },
    handle: (request, response) => answerInvoke(request, response, {...service, exists: find}),
    start: () => asynchronous.start(),
    stop: () => {
      stopped = true
      asynchronous.stop()
      pools.forEach((pool) => pool.stop())
      rmSync(sandboxes, {recursive: true, force: true})
    }
  }
  return service
}
