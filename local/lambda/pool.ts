import type {Invocation, Outcome} from './outcome'
import type {Sandbox} from './sandbox'

const idleMilliseconds = 5 * 60_000

/** The sandboxes of one function: reused while warm, more of them where it is invoked while they are busy. */
export interface Pool {
  /** `onBegin` hears, once a sandbox has it, how to kill that. */
  invoke(invocation: Invocation, onBegin: (kill: () => void) => void): Promise<Outcome>
  stop(): void
}

export interface PoolOptions {
  /** Changes with each build; throws where there is none. */
  readonly version: () => string
  readonly start: (version: string) => Sandbox
  /** Invocations beyond it wait their turn. */
  readonly maximumSandboxes: number
}

interface Sandboxes {
  /** A warm one of this version, else a new one if there may be one more. */
  take(version: string): Sandbox | undefined
  giveBack(sandbox: Sandbox): void
  stop(): void
}

const createSandboxes = ({start, maximumSandboxes}: PoolOptions): Sandboxes => {
  const all = new Set<Sandbox>()
  const idle = new Map<Sandbox, NodeJS.Timeout>()

  const discard = (sandbox: Sandbox): void => {
    clearTimeout(idle.get(sandbox))
    idle.delete(sandbox)
    all.delete(sandbox)
    sandbox.kill()
  }

  const warm = (version: string): Sandbox | undefined => {
    [...idle.keys()].filter((sandbox) => !sandbox.isAlive() || sandbox.version !== version).forEach(discard)
    const sandbox = [...idle.keys()].at(-1)
    clearTimeout(sandbox && idle.get(sandbox))
    return sandbox
  }

  return {
    take: (version) => {
      const sandbox = warm(version) ?? (all.size < maximumSandboxes ? start(version) : undefined)
      if (sandbox !== undefined) {
        idle.delete(sandbox)
        all.add(sandbox)
      }
      return sandbox
    },
    giveBack: (sandbox) => {
      if (sandbox.isAlive()) {
        idle.set(sandbox, setTimeout(() => discard(sandbox), idleMilliseconds).unref())
      } else {
        discard(sandbox)
      }
    },
    stop: () => all.forEach(discard)
  }
}

/** An invocation rejects where the version cannot be told. */
export const createPool = (options: PoolOptions): Pool => {
  const sandboxes = createSandboxes(options)
  const waiting: Array<() => void> = []

  const acquire = async (): Promise<Sandbox> => {
    const sandbox = sandboxes.take(options.version())
    if (sandbox !== undefined) {
      return sandbox
    }
    await new Promise<void>((resolve) => waiting.push(resolve))
    return acquire()
  }

  return {
    invoke: async (invocation, onBegin) => {
      const sandbox = await acquire()
      onBegin(sandbox.kill)
      try {
        return await sandbox.invoke(invocation)
      } finally {
        sandboxes.giveBack(sandbox)
        waiting.shift()?.()
      }
    },
    stop: () => sandboxes.stop()
  }
}
