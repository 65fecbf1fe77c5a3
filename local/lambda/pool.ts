import {statSync} from 'node:fs'
import {join} from 'node:path'
import {ServiceError} from '../core/errors'
import type {WiredFunction} from '../wiring/functions'
import type {Invocation, Outcome} from './outcome'
import type {Sandbox} from './sandbox'

const idleMilliseconds = 5 * 60_000

/** The sandboxes of one function: reused while warm, more of them where it is invoked while they are busy. */
export interface Pool {
  invoke(invocation: Invocation): Promise<Outcome>
  stop(): void
}

export interface PoolOptions {
  readonly wired: WiredFunction
  /** Folder of the function's bundle. */
  readonly taskRoot: string
  readonly start: (version: string) => Sandbox
  /** Invocations beyond it wait their turn. */
  readonly maximumSandboxes: number
}

interface Idle {
  readonly sandbox: Sandbox
  readonly reap: NodeJS.Timeout
}

/** What changes with each build. Throws ResourceNotFoundException where there is none. */
const bundleVersion = (wired: WiredFunction, taskRoot: string): string => {
  const file = join(taskRoot, `${wired.handler.replace(/\.[^.]*$/, '')}.mjs`)
  const stats = statSync(file, {throwIfNoEntry: false})
  if (stats === undefined) {
    throw new ServiceError('ResourceNotFoundException', `Expected the bundle of ${wired.name} at ${file}; npm run build makes it.`, 404)
  }
  return [stats.mtimeMs, stats.size, stats.ino].join(':')
}

/** Throws ResourceNotFoundException at the invocation where the bundle is missing. */
export const createPool = ({wired, taskRoot, start, maximumSandboxes}: PoolOptions): Pool => {
  const all = new Set<Sandbox>()
  const idle: Idle[] = []
  const queue: Array<() => void> = []

  const discard = (sandbox: Sandbox): void => {
    all.delete(sandbox)
    sandbox.kill()
  }

  const takeIdle = (version: string): Sandbox | undefined => {
    for (let next = idle.pop(); next !== undefined; next = idle.pop()) {
      clearTimeout(next.reap)
      if (next.sandbox.isAlive() && next.sandbox.version === version) {
        return next.sandbox
      }
      discard(next.sandbox)
    }
    return undefined
  }

  const rest = (sandbox: Sandbox): void => {
    const reap = setTimeout(() => {
      idle.splice(idle.findIndex((entry) => entry.sandbox === sandbox), 1)
      discard(sandbox)
    }, idleMilliseconds)
    reap.unref()
    idle.push({sandbox, reap})
  }

  const acquire = async (): Promise<Sandbox> => {
    const version = bundleVersion(wired, taskRoot)
    const warm = takeIdle(version)
    if (warm === undefined && all.size >= maximumSandboxes) {
      await new Promise<void>((resolve) => queue.push(resolve))
      return acquire()
    }
    const sandbox = warm ?? start(version)
    all.add(sandbox)
    return sandbox
  }

  const release = (sandbox: Sandbox): void => {
    if (sandbox.isAlive()) {
      rest(sandbox)
    } else {
      all.delete(sandbox)
    }
    queue.shift()?.()
  }

  return {
    invoke: async (invocation) => {
      const sandbox = await acquire()
      try {
        return await sandbox.invoke(invocation)
      } finally {
        release(sandbox)
      }
    },
    stop: () => {
      idle.forEach(({reap}) => clearTimeout(reap))
      all.forEach((sandbox) => sandbox.kill())
    }
  }
}
