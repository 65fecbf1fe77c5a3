import {setTimeout as sleep} from 'node:timers/promises'
import {openClient} from './client'
import type {BenchPath} from './starts'

/** Milliseconds from PutEvents to the target's start. */
export interface Latencies {
  /** Asked for, and what came out of it. */
  readonly rate: number
  readonly achieved: number
  readonly events: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

/** Milliseconds of the clock that all processes of a machine share, and that no one sets. */
const now = (): number => Number(process.hrtime.bigint()) / 1e6

/** Nearest rank. */
export const percentile = (sorted: readonly number[], share: number): number => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]!

const round = (milliseconds: number): number => Math.round(milliseconds * 100) / 100

/** Puts events at an even rate, whether or not earlier ones are answered, and returns when each was put. */
const putAtRate = async (client: ReturnType<typeof openClient>, name: string, rate: number, count: number): Promise<Map<string, number>> => {
  const put = new Map<string, number>()
  const answers: Promise<void>[] = []
  const began = now()
  for (let index = 0; index < count; index++) {
    const wait = began + (index * 1_000) / rate - now()
    await (wait > 1 ? sleep(wait) : undefined)
    const id = `${name}-${index}`
    put.set(id, now())
    answers.push(client.put(id))
  }
  await Promise.all(answers)
  return put
}

/** Waits until every event has reached the target. Throws if some never do: none may be lost. */
const untilStarted = async (path: BenchPath, put: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, number>> => {
  const deadline = Date.now() + 60_000
  for (;;) {
    const starts = path.starts()
    const missing = [...put.keys()].filter((id) => !starts.has(id)).length
    if (missing === 0) {
      return starts
    }
    if (Date.now() > deadline) {
      throw new Error(`Expected all of ${put.size} events to start their target within a minute; ${missing} did not.`)
    }
    await sleep(200)
  }
}

const latenciesOf = (rate: number, put: ReadonlyMap<string, number>, starts: ReadonlyMap<string, number>): Latencies => {
  const sorted = [...put].map(([id, at]) => starts.get(id)! - at).toSorted((one, other) => one - other)
  const times = [...put.values()]
  return {
    rate, achieved: Math.round((put.size - 1) / ((times.at(-1)! - times[0]!) / 1_000)), events: put.size,
    p50: round(percentile(sorted, 0.5)), p95: round(percentile(sorted, 0.95)), p99: round(percentile(sorted, 0.99)), max: round(sorted.at(-1)!)
  }
}

/** Measures a path again and again. */
export interface Bench extends AsyncDisposable {
  measure: (rate: number, seconds: number) => Promise<Latencies>
}

/** Opens a path, and puts events for two seconds, in which functions start and code gets warm. */
export const openBench = async (start: () => Promise<BenchPath>): Promise<Bench> => {
  const path = await start()
  const client = openClient(path.address)
  let rounds = 0
  const measure = async (rate: number, seconds: number): Promise<Latencies> => {
    const put = await putAtRate(client, `round-${rounds++}`, rate, Math.ceil(rate * seconds))
    return latenciesOf(rate, put, await untilStarted(path, put))
  }
  await measure(500, 2)
  return {
    measure,
    [Symbol.asyncDispose]: () => {
      client.close()
      return path.stop()
    }
  }
}
