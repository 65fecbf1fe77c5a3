import assert from 'node:assert/strict'
import {startBarePath} from '../../bench/events/bare'
import {openBench} from '../../bench/events/measure'
import {startRuntimePath} from '../../bench/events/runtime'
import type {Context, Figures} from '../proof'

const rate = 500
const mostMilliseconds = 20
/** A free machine takes less for the bare way; one that other programs keep busy may take as many times longer for an event. */
const freeMilliseconds = 2
/** The first that holds counts: another program's busy moment is not the bus's. */
const windows = 20

/** The event path's latency at 500 events a second, in the first window that keeps the limit. Throws where none does. */
export const latency = async ({progress}: Context): Promise<Figures> => {
  await using bare = await openBench(startBarePath)
  await using bus = await openBench(startRuntimePath)
  const seen: string[] = []
  for (let window = 1; window <= windows; window++) {
    const machine = (await bare.measure(rate, 1)).p99
    const {p50, p95, p99} = await bus.measure(rate, 4)
    const limit = mostMilliseconds * Math.max(1, machine / freeMilliseconds)
    seen.push(`${p99} of ${limit.toFixed(0)}`)
    progress(`p99 at ${rate} events a second: ${p99} ms, of ${limit.toFixed(0)} where the bare way takes ${machine}`)
    if (p99 < limit) {
      return {windows: window, 'ms p50 at 500/s': p50, 'ms p95 at 500/s': p95, 'ms p99 at 500/s': p99, 'ms p99 of the bare way': machine}
    }
  }
  throw new assert.AssertionError({message: `Expected p99 below ${mostMilliseconds} ms at ${rate} events a second; ${windows} windows had ${seen.join(', ')} ms.`})
}
