import {randomUUID} from 'node:crypto'
import {rmSync} from 'node:fs'
import {availableParallelism} from 'node:os'
import {join} from 'node:path'
import pLimit, {type LimitFunction} from 'p-limit'
import {asObject} from '../../../shared/json'
import {isoTime, unwatched} from '../../runtime/core/clock'
import type {Activity, Clock, Observe} from '../../runtime/core/types'
import {reportLine} from '../../runtime/core/report-line'
import type {WiredFunction} from '../../../shared/wiring/functions'
import {bundleVersion} from './bundle'
import {type Callers, createCallers} from './callers'
import {createConcurrency} from './concurrency'
import {type IdleCpus, watchCpus} from './demand'
import {createGrowth} from './growth'
import {type FunctionLogs, openFunctionLogs} from './logs'
import type {Inspector} from './inspector'
import {describeFailure, type Invocation, type Outcome} from './outcome'
import {createPool, type Pool} from './pool'
import {startSandbox} from './sandbox'
import type {SandboxSettings} from './sandbox-environment'

export interface ExecutionDeps {
  readonly clock: Clock
  /** Hears of every invocation under way; no one by default. */
  readonly activity?: Activity
  /** Hears who is at work; no one by default. */
  readonly callers?: Callers
  readonly observe: Observe
  readonly settings: SandboxSettings
  /** Folder with `<bundle>/index.mjs` of each function. */
  readonly bundles: string
  /** For logs and the sandboxes' temporary files. */
  readonly folder: string
  /** Of one function at a time; 10 by default. */
  readonly maximumSandboxes?: number | undefined
  readonly functions: readonly WiredFunction[]
  /** Invocations of the whole account at a time; left out, each waits its turn instead of being refused. */
  readonly accountConcurrency?: number | undefined
  /** Of functions that may be debugged, by name. */
  readonly inspectors?: ReadonlyMap<string, Inspector>
}

/** Runs invocations in sandboxes, and reports each. */
export interface Execution {
  /** Rejects with a ThrottledError if there is no place for it. Never settles once stopped: what a stopping runtime interrupts has no outcome, and the next one runs it again. */
  run: (wired: WiredFunction, invocation: Invocation) => Promise<Outcome>
  /** Starts a sandbox of each function that may be debugged, so that debuggers find it before its first invocation. */
  start: () => void
  stop: () => void
}

const never = new Promise<never>(() => undefined)

type OnLine = (line: string, requestId: string | undefined) => void

/** By the pools of all functions. */
interface Shared {
  readonly starts: LimitFunction
  readonly cpus: IdleCpus
}

const poolFor = (wired: WiredFunction, deps: ExecutionDeps, {starts, cpus}: Shared, sandboxes: string, onLine: OnLine): Pool => {
  const taskRoot = join(deps.bundles, wired.bundle)
  const inspector = deps.inspectors?.get(wired.name)
  return createPool({
    starts,
    growth: createGrowth(cpus),
    version: () => bundleVersion(wired, taskRoot),
    // A debugger looks at one at a time, and would lose it by its being idle.
    maximumSandboxes: inspector === undefined ? deps.maximumSandboxes ?? 10 : 1,
    keepsIdle: inspector !== undefined,
    start: (version) => startSandbox({
      wired, taskRoot, version, settings: deps.settings, folder: join(sandboxes, randomUUID()), compiled: join(deps.bundles, '.compiled'), inspector, onLine
    })
  })
}

/** What the function got: an event by its id, or a task about a file. */
const readIds = (payload: string): {eventId?: string, fileId?: string} => {
  const {id, 'detail-type': detailType, fileId} = /"(detail-type|fileId)"/.test(payload) ? asObject(JSON.parse(payload)) : {}
  return {...(typeof id === 'string' && typeof detailType === 'string' && {eventId: id}), ...(typeof fileId === 'string' && {fileId})}
}

const report = (
  {clock, observe}: ExecutionDeps, logs: FunctionLogs, wired: WiredFunction, {requestId, payload}: Invocation, outcome: Outcome
): void => {
  logs.write(wired.name, reportLine({requestId, memoryMegabytes: wired.memoryMegabytes, ...outcome}))
  const {milliseconds, maxMemoryBytes, initMilliseconds} = outcome
  const error = describeFailure(outcome)
  observe({
    type: 'invocation', at: isoTime(clock), functionName: wired.name, requestId, milliseconds: Math.round(milliseconds), maxMemoryBytes,
    ...(initMilliseconds !== undefined && {initMilliseconds}), ...(error !== undefined && {error}), ...readIds(payload)
  })
}

export const createExecution = (deps: ExecutionDeps): Execution => {
  const {activity = unwatched, callers = createCallers()} = deps
  const sandboxes = join(deps.folder, 'sandboxes')
  rmSync(sandboxes, {recursive: true, force: true})
  const logs = openFunctionLogs(join(deps.folder, 'logs'))
  const pools = new Map<string, Pool>()
  const concurrency = createConcurrency(deps.functions, deps.accountConcurrency)
  const shared = {starts: pLimit(availableParallelism()), cpus: watchCpus()}
  let stopped = false

  const findPool = (wired: WiredFunction): Pool => {
    const pool = pools.get(wired.name) ?? poolFor(wired, deps, shared, sandboxes, (line, requestId) => {
      logs.write(wired.name, line)
      deps.observe({type: 'log', at: isoTime(deps.clock), functionName: wired.name, line, ...(requestId !== undefined && {requestId})})
    })
    pools.set(wired.name, pool)
    return pool
  }

  const attended = async (wired: WiredFunction, invocation: Invocation): Promise<Outcome> => {
    const {requestId} = invocation
    const leave = concurrency.enter(wired)
    try {
      return await findPool(wired).invoke(invocation, (kill) => callers.enter(requestId, {functionName: wired.name, kill}))
    } finally {
      leave()
      callers.leave(requestId)
    }
  }

  return {
    run: async (wired, invocation) => {
      const outcome = stopped ? await never : await activity.during(attended(wired, invocation))
      if (stopped) {
        return never
      }
      report(deps, logs, wired, invocation, outcome)
      return outcome
    },
    start: () => deps.functions.filter(({name}) => deps.inspectors?.has(name)).forEach((wired) => void findPool(wired).warm()),
    stop: () => {
      stopped = true
      pools.forEach((pool) => pool.stop())
      deps.inspectors?.forEach((inspector) => inspector.close())
      logs.close()
      rmSync(sandboxes, {recursive: true, force: true})
    }
  }
}
