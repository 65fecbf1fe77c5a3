import {setTimeout as pause} from 'node:timers/promises'
import type {LimitFunction} from 'p-limit'
import type {Growth} from './growth'
import type {Invocation, Outcome} from './outcome'
import {initSeconds, type Sandbox} from './sandbox'
import {createSandboxes, type Sandboxes} from './sandboxes'
import {createLine, createLook, type Line} from './waiting'

/** The sandboxes of one function: reused while warm, more of them if it is invoked while they are busy and one more is worth it. */
export interface Pool {
  /** `onBegin` hears, once a sandbox has it, how to kill that. Rejects as `version` throws; once the pool is stopped, it may wait for ever. */
  invoke: (invocation: Invocation, onBegin: (kill: () => void) => void) => Promise<Outcome>
  /** Starts a sandbox for whatever comes, if there is none; resolves once it has. If its bundle is wrong, the first invocation says so. */
  warm: () => Promise<void>
  stop: () => void
}

export interface PoolOptions {
  /** Changes with each build; throws if there is none. */
  readonly version: () => string
  readonly start: (version: string) => Sandbox
  /** Of all functions: more at a time than there are CPUs would make each take longer. */
  readonly starts: LimitFunction
  /** Asked before any but the first starts. */
  readonly growth: Growth
  /** Invocations beyond it wait their turn. */
  readonly maximumSandboxes: number
  /** Sandboxes stay however long they are idle; false by default. */
  readonly keepsIdle?: boolean
}

type Starting = Pick<PoolOptions, 'version' | 'start' | 'starts' | 'maximumSandboxes'> & {
  readonly sandboxes: Sandboxes
  readonly line: Line
}

/** Starts sandboxes; each that is not done serves one that waits. */
const createStarter = ({version, start, starts, maximumSandboxes, sandboxes, line}: Starting) => {
  let [count, isStopped] = [0, false]

  /** Another may have served its invocation by then. One that dies at its start still goes to a waiting invocation: it knows why. */
  const startOne = async (isWanted: boolean): Promise<void> => {
    if (!isWanted || sandboxes.size >= maximumSandboxes || isStopped) {
      return
    }
    const sandbox = sandboxes.add(start(version()))
    await Promise.race([sandbox.ready, pause(initSeconds * 1000, undefined, {ref: false})])
    if (!line.serve(sandbox)) {
      sandboxes.rest(sandbox)
    }
  }
  return {
    count: () => count,
    begin: (isForWhateverComes = false): Promise<void> => {
      count++
      return starts(() => startOne(isForWhateverComes || line.length() > 0)).finally(() => { count-- })
    },
    stop: () => { isStopped = true }
  }
}

/** A waiting invocation takes the first free sandbox, even one started for another. */
export const createPool = ({growth, keepsIdle, ...options}: PoolOptions): Pool => {
  const [sandboxes, line] = [createSandboxes(keepsIdle), createLine()]
  const starter = createStarter({...options, sandboxes, line})
  const isFirst = (): boolean => sandboxes.size + starter.count() === 0
  const isWorthIt = (): boolean =>
    starter.count() < line.length() && sandboxes.size < options.maximumSandboxes && growth.isWorthIt(sandboxes.wanted())

  /** Rejects all waiting invocations if the version is unknown. */
  const serve = (isLook = false): void => {
    try {
      while (line.length() > 0) {
        const sandbox = sandboxes.take(options.version())
        if (sandbox === undefined) {
          if (isFirst() || (isLook && isWorthIt())) {
            starter.begin().catch(line.refuse)
          }
          look.later()
          return
        }
        line.serve(sandbox)
      }
    } catch (error) {
      line.refuse(error)
    }
    look.never()
    growth.reset()
  }
  const look = createLook(() => serve(true))

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
    warm: () => isFirst() ? starter.begin(true).catch(() => undefined) : Promise.resolve(),
    stop: () => {
      starter.stop()
      look.never()
      sandboxes.stop()
    }
  }
}
