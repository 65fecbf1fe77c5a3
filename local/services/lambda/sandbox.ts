import type {ChildProcess} from 'node:child_process'
import {mkdir, rm} from 'node:fs/promises'
import {join} from 'node:path'
import type {InvocationResult} from '../../runtime/core/types'
import {countdown, neverHeld} from '../../runtime/core/hold'
import type {WiredFunction} from '../../../shared/wiring/functions'
import {wantedMilliseconds} from './demand'
import {killChild, startChild} from './child'
import type {Inspector} from './inspector'
import {introduce} from './introduce'
import {peakBytes, treeBytes} from './memory'
import {exited, type Invocation, type Outcome, timedOut} from './outcome'
import {type InvocationTimes, openRuntimeApi, type RuntimeApi} from './runtime-api'
import {sandboxEnvironment, type SandboxSettings} from './sandbox-environment'

/** Until then a start should be done. */
export const initSeconds = 10
const watchMilliseconds = 200
const megabyte = 1024 * 1024

/** One process of a function: takes one invocation at a time, for as long as it lives. */
export interface Sandbox {
  /** Of the bundle it was started from. */
  readonly version: string
  /** Resolves once it can take an invocation, or is dead. */
  readonly ready: Promise<void>
  invoke: (invocation: Invocation) => Promise<Outcome>
  isAlive: () => boolean
  /** CPU that it has wanted since it began; NaN if the system does not tell. */
  wantedMilliseconds: () => number
  kill: () => void
}

export interface SandboxOptions {
  readonly wired: WiredFunction
  readonly settings: SandboxSettings
  readonly taskRoot: string
  readonly version: string
  /** Of its own; made at the start, removed with the sandbox. */
  readonly folder: string
  /** Of all sandboxes: keeps what V8 compiles. */
  readonly compiled: string
  /** Debuggers reach it by this. */
  readonly inspector?: Inspector | undefined
  readonly onLine: (line: string, requestId: string | undefined) => void
}

interface Running {
  readonly requestId: string
  readonly settle: (result: InvocationResult) => void
  /** The runtime is done with it, or gone. */
  readonly rest: () => void
}

interface State {
  child?: ChildProcess
  api?: RuntimeApi
  running?: Running
  /** Why the process must not be used any more. */
  ended?: (requestId: string) => InvocationResult
  initError?: string
  readonly startedAt: number
  initMilliseconds?: number
  /** Debuggers are led here no more. */
  hide?: () => void
  ready: () => void
}

const describeExit = (code: number | null, signal: NodeJS.Signals | null): string =>
  signal === null ? `exit status ${code}` : `signal: ${signal === 'SIGKILL' ? 'killed' : signal}`

const end = (state: State, options: SandboxOptions, result: (requestId: string) => InvocationResult): void => {
  state.ended ??= result
  state.api?.close()
  state.hide?.()
  if (state.child !== undefined) {
    killChild(state.child)
  }
  state.ready()
  state.running?.settle(state.ended(state.running.requestId))
  state.running?.rest()
  void rm(options.folder, {recursive: true, force: true})
}

const start = async (state: State, options: SandboxOptions): Promise<void> => {
  const {wired, settings, taskRoot, folder} = options
  await mkdir(join(folder), {recursive: true})
  state.api = await openRuntimeApi(wired.arn, {
    onReady: () => {
      state.initMilliseconds ??= Date.now() - state.startedAt
      state.ready()
      state.running?.rest()
    },
    onResult: (requestId, result) => state.running?.requestId === requestId && state.running.settle(result),
    onInitError: (payload) => { state.initError = payload }
  })
  if (state.ended !== undefined) {
    state.api.close()
    return
  }
  const env = sandboxEnvironment(wired, settings, {taskRoot, folder, runtimeApi: state.api.address})
  state.child = startChild({
    memoryMegabytes: wired.memoryMegabytes, env, isInspected: options.inspector !== undefined, virtualTime: settings.virtualNow?.(),
    compiled: options.compiled,
    onLine: (line) => options.onLine(line, state.running?.requestId)
  })
  if (options.inspector !== undefined) {
    introduce(state.child, options.inspector, (hide) => { state.hide = hide })
  }
  state.child.once('error', (error) => end(state, options, (requestId) => exited(requestId, error.message)))
  state.child.once('exit', (code, signal) => end(state, options, (requestId) =>
    state.initError === undefined ? exited(requestId, describeExit(code, signal)) : {functionError: 'Unhandled', payload: state.initError}))
}

const now = ({settings: {virtualNow}}: SandboxOptions): number => virtualNow?.() ?? Date.now()

/** What a function with a debugger has left, by its own account: more than anyone sits before one, less than timers can count. */
const dayMilliseconds = 86_400_000

/** Watches time and memory of an invocation; ends the sandbox if either runs out. */
const watch = (state: State, options: SandboxOptions): {peak: () => number, stop: () => void} => {
  const {timeoutSeconds, memoryMegabytes} = options.wired
  let highest = 0
  const pid = state.child!.pid!
  const hold = options.inspector ?? neverHeld
  const timeout = countdown(timeoutSeconds * 1000, hold, () => end(state, options, (requestId) => timedOut(requestId, timeoutSeconds)))
  const unwatch = hold.watch(() => state.child!.send({deadline: now(options) + (hold.isHeld() ? dayMilliseconds : timeout.leftMilliseconds())}))
  const sampling = setInterval(() => {
    highest = Math.max(highest, treeBytes(pid))
    if (highest > memoryMegabytes * megabyte) {
      end(state, options, (requestId) => exited(requestId, 'signal: killed'))
    }
  }, watchMilliseconds)
  return {
    peak: () => Math.max(highest, peakBytes(pid)),
    stop: () => {
      timeout.stop()
      unwatch()
      clearInterval(sampling)
    }
  }
}

const invocationTimes = (options: SandboxOptions): InvocationTimes => {
  const {wired: {timeoutSeconds}, settings: {virtualNow}, inspector = neverHeld} = options
  const milliseconds = inspector.isHeld() ? dayMilliseconds : timeoutSeconds * 1000
  return {deadline: now(options) + milliseconds, ...(virtualNow !== undefined && {virtual: now(options)})}
}

const run = async (state: State, options: SandboxOptions, invocation: Invocation, initMilliseconds?: number): Promise<Outcome> => {
  const startedAt = performance.now()
  const watching = watch(state, options)
  let rest = (): void => undefined
  const rested = new Promise<void>((resolve) => { rest = resolve })
  const result = await new Promise<InvocationResult>((settle) => {
    state.running = {requestId: invocation.requestId, settle, rest}
    state.api!.give(invocation, invocationTimes(options))
  })
  // A runtime may die of an error that it has reported: only the next request for work shows that it lives.
  await rested
  state.running = undefined
  const maxMemoryBytes = watching.peak()
  watching.stop()
  return {...result, milliseconds: performance.now() - startedAt, maxMemoryBytes, ...(initMilliseconds !== undefined && {initMilliseconds})}
}

const failedInit = (state: State, requestId: string): Outcome =>
  ({...state.ended!(requestId), milliseconds: Date.now() - state.startedAt, maxMemoryBytes: 0})

/** Starts a sandbox; its first invocation waits until it is ready. */
export const startSandbox = (options: SandboxOptions): Sandbox => {
  let markReady = (): void => undefined
  const ready = new Promise<void>((resolve) => { markReady = resolve })
  const state: State = {startedAt: Date.now(), ready: () => markReady()}
  const initTimeout = countdown((initSeconds + options.wired.timeoutSeconds) * 1000, options.inspector ?? neverHeld,
    () => state.initMilliseconds ?? end(state, options, (requestId) => timedOut(requestId, initSeconds)))
  void ready.then(initTimeout.stop)
  start(state, options).catch((error: Error) => end(state, options, (requestId) => exited(requestId, error.message)))
  let invocations = 0
  return {
    version: options.version,
    ready,
    isAlive: () => state.ended === undefined,
    wantedMilliseconds: () => state.child?.pid === undefined ? 0 : wantedMilliseconds(state.child.pid),
    kill: () => end(state, options, (requestId) => exited(requestId, 'signal: killed')),
    invoke: async (invocation) => {
      await ready
      const initMilliseconds = invocations++ === 0 ? state.initMilliseconds : undefined
      return state.ended === undefined ? run(state, options, invocation, initMilliseconds) : failedInit(state, invocation.requestId)
    }
  }
}
