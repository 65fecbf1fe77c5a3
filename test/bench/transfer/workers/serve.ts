import {readFileSync} from 'node:fs'

/** What a worker is to do. */
export interface Work {
  readonly url: string
  readonly key: string
  readonly partBytes: number
  readonly inFlight: number
}

/** What it cost. */
export interface Cost {
  readonly milliseconds: number
  readonly cpuSeconds: number
  /** Most bytes of memory that this process ever had, its programs included. */
  readonly peakBytes: number
  readonly result?: unknown
}

/** The kernel's own mark: `maxRSS` would count what the parent had when it forked. */
export const peakBytes = (): number => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024

/** Informs the parent that the worker is ready, does the work of its message, and reports what it cost. */
export const serveWork = (transfer: (work: Work) => Promise<unknown>): void => {
  process.on('disconnect', () => process.exit())
  const work = async (given: Work): Promise<void> => {
    const [cpu, startedAt] = [process.cpuUsage(), performance.now()]
    try {
      const result = await transfer(given)
      const milliseconds = performance.now() - startedAt
      const {user, system} = process.cpuUsage(cpu)
      process.send?.({cost: {milliseconds, cpuSeconds: (user + system) / 1e6, peakBytes: peakBytes(), result}})
    } catch (error) {
      process.send?.({failure: `${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`})
    }
  }
  process.once('message', (given: Work) => void work(given))
  process.send?.({ready: true})
}
