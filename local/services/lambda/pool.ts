import {setTimeout as pause} from 'node:timers/promises'
import type {LimitFunction} from 'p-limit'
import type {Invocation, Outcome} from './outcome'
import {initSeconds, type Sandbox} from './sandbox'
import {createSandboxes} from './sandboxes'

/** The sandboxes of one function: reused while warm, more of them if it is invoked while they are busy. */
export interface Pool {
  /** `onBegin` hears, once a sandbox has it, how to kill that. Rejects as `version` throws; once the pool is stopped, it may wait for ever. */
  invoke: (invocation: Invocation, onBegin: (kill: () => void) => void) => Promise<Outcome>
  /** Starts a sandbox for whatever comes. If its bundle is wrong, the first invocation says so. */
  warm: () => void
  stop: () => void
}

export interface PoolOptions {
  /** Changes with each build; throws if there is none. */
  readonly version: () => string
  readonly start: (version: string) => Sandbox
  /** Of all functions: more at a time than there are CPUs would make each take longer. */
  readonly starts: LimitFunction
  /** Invocations beyond it wait their turn. */
  readonly maximumSandboxes: number
  /** Sandboxes stay however long they are idle; false by default. */
  readonly keepsIdle?: boolean
}

interface Waiting {
  readonly resolve: (sandbox: Sandbox) => void
  readonly reject: (error: unknown) => void
}

/** First come, first served. */
const createLine = () => {
  const waiting: Waiting[] = []
  return {
    isEmpty: () => waiting.length === 0,
    join: () => new Promise<Sandbox>((resolve, reject) => { waiting.push({resolve, reject}) }),
    /** Whether someone took it. */
    serve: (sandbox: Sandbox): boolean => {
      const next = waiting.shift()
      next?.resolve(sandbox)
      return next !== undefined
    },
    refuse: (error: unknown): void => waiting.splice(0).forEach(({reject}) => reject(error))
  }
}

/** A waiting invocation takes the first free sandbox, even one started for another. */
export const createPool = ({version, start, starts, maximumSandboxes, keepsIdle}: PoolOptions): Pool => {
  const [sandboxes, line] = [createSandboxes(keepsIdle), createLine()]
  let isStopped = false

  /** Another may have served its invocation by then. One that dies at its start still goes to a waiting invocation: it knows why. */
  const startOne = async (isWanted = !line.isEmpty()): Promise<void> => {
    if (!isWanted || sandboxes.size >= maximumSandboxes || isStopped) {
      return
    }
    const sandbox = sandboxes.add(start(version()))
    await Promise.race([sandbox.ready, pause(initSeconds * 1000, undefined, {ref: false})])
    if (!line.serve(sandbox)) {
      sandboxes.rest(sandbox)
    }
  }

  /** Rejects all waiting invocations if the version is unknown. */
  const serve = (): void => {
    try {
      while (!line.isEmpty()) {
        const sandbox = sandboxes.take(version())
        if (sandbox === undefined) {
          starts(() => startOne()).catch(line.refuse)
          return
        }
        line.serve(sandbox)
      }
    } catch (error) {
      line.refuse(error)
    }
  }

  return {
    invoke: async (invocation, onBegin) => {
      const free = line.join()
      serve()
      const sandbox = await free
      onBegin(sandbox.kill)
      return sandbox.invoke(invocation).finally(() => {
        sandboxes.rest(sandbox)
        serve()
      })
    },
    warm: () => void starts(() => startOne(true)).catch(() => undefined),
    stop: () => {
      isStopped = true
      sandboxes.stop()
    }
  }
}
