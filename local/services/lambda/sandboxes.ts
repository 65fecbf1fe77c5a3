import type {Sandbox} from './sandbox'

const idleMilliseconds = 5 * 60_000

/** Of those that are idle, all but the last one only stay for what comes at once: each has tens of megabytes. */
const spareMilliseconds = 2_000

/** Those of one function: at work, or idle until they are taken, have been idle too long, or a new build makes them old. */
export interface Sandboxes {
  readonly size: number
  /** Returns it. */
  add: (sandbox: Sandbox) => Sandbox
  /** A warm one of this version; the one that was at work last. */
  take: (version: string) => Sandbox | undefined
  /** It is done, or dead. */
  rest: (sandbox: Sandbox) => void
  /** Milliseconds of CPU that each has wanted since it began. */
  wanted: () => number[]
  stop: () => void
}

export const createSandboxes = (keepsIdle = false): Sandboxes => {
  const all = new Set<Sandbox>()
  const idle = new Map<Sandbox, NodeJS.Timeout | undefined>()

  const wake = (sandbox: Sandbox): void => {
    clearTimeout(idle.get(sandbox))
    idle.delete(sandbox)
  }

  const sleep = (sandbox: Sandbox, milliseconds: number): void => {
    clearTimeout(idle.get(sandbox))
    idle.set(sandbox, keepsIdle ? undefined : setTimeout(() => discard(sandbox), milliseconds).unref())
  }

  const discard = (sandbox: Sandbox): void => {
    wake(sandbox)
    all.delete(sandbox)
    sandbox.kill()
  }

  return {
    get size() {
      return all.size
    },
    add: (sandbox) => {
      all.add(sandbox)
      return sandbox
    },
    take: (version) => {
      [...idle.keys()].filter((sandbox) => !sandbox.isAlive() || sandbox.version !== version).forEach(discard)
      const sandbox = [...idle.keys()].at(-1)
      if (sandbox !== undefined) {
        wake(sandbox)
      }
      return sandbox
    },
    rest: (sandbox) => {
      if (sandbox.isAlive()) {
        [...idle.keys()].slice(-1).forEach((other) => sleep(other, spareMilliseconds))
        sleep(sandbox, idleMilliseconds)
      } else {
        discard(sandbox)
      }
    },
    wanted: () => [...all].map((sandbox) => sandbox.wantedMilliseconds()),
    stop: () => all.forEach(discard)
  }
}
