import {type Bench, type Finding, gibibyte, median, megabytes, memoryTarget, sizeName, transfer} from './bench'
import type {Cost} from './workers/serve'

/** What one of the two did at one size: the fastest run, the median of CPU time, the worst of memory. */
export interface Measured {
  readonly size: number
  readonly by: 'engine' | 'storage'
  readonly what: string
  readonly overBareBytes: number
  readonly bytesPerSecond: number
  readonly cpuSecondsPerGibibyte: number
}

const summary = (costs: readonly Cost[], size: number, bareBytes: number): Pick<Measured, 'overBareBytes' | 'bytesPerSecond' | 'cpuSecondsPerGibibyte'> => ({
  overBareBytes: Math.max(...costs.map(({peakBytes}) => peakBytes)) - bareBytes,
  // Whatever else the machine does can only slow a run down.
  bytesPerSecond: Math.max(...costs.map(({milliseconds}) => size / milliseconds * 1000)),
  cpuSecondsPerGibibyte: median(costs.map(({cpuSeconds}) => cpuSeconds / size * gibibyte))
})

/** Both, in turns, so that a busy moment of the machine falls on both alike. */
export const compare = async (bench: Bench, size: number, runs: number, query = '', what = 'whole file'): Promise<readonly [Measured, Measured]> => {
  const costs: Readonly<Record<'engine' | 'storage', Cost[]>> = {engine: [], storage: []}
  for (let run = 0; run < runs; run++) {
    for (const by of ['engine', 'storage'] as const) {
      const cost = await transfer(bench, by, size, query)
      costs[by].push(cost)
      bench.say(`${what}, ${sizeName(size)}, ${by}: ${megabytes(size / cost.milliseconds * 1000)} MiB/s, ${cost.cpuSeconds.toFixed(2)} s of CPU, ${megabytes(cost.peakBytes - bench.bareBytes)} MiB over bare Node`)
    }
  }
  const measured = (by: 'engine' | 'storage'): Measured => ({size, by, what, ...summary(costs[by], size, bench.bareBytes)})
  return [measured('engine'), measured('storage')]
}

const throughputTarget = 1.5

export const memoryFinding = ({what, size, overBareBytes}: Measured): Finding => ({
  what: `Peak memory over bare Node, ${what}, ${sizeName(size)}`, figure: `${megabytes(overBareBytes)} MiB`, target: `≤ ${megabytes(memoryTarget)} MiB`, met: overBareBytes <= memoryTarget
})

/** Throughput and CPU time against lib-storage's. */
export const speedFindings = ([engine, storage]: readonly [Measured, Measured]): readonly Finding[] => {
  const ratio = engine.bytesPerSecond / storage.bytesPerSecond
  return [
    {
      what: `Throughput, ${sizeName(engine.size)}`, figure: `${ratio.toFixed(2)} × lib-storage`, target: `≥ ${throughputTarget} ×`, met: ratio >= throughputTarget
    },
    {
      what: `CPU seconds per GiB, ${sizeName(engine.size)}`, figure: engine.cpuSecondsPerGibibyte.toFixed(2),
      target: `< ${storage.cpuSecondsPerGibibyte.toFixed(2)}, lib-storage's`, met: engine.cpuSecondsPerGibibyte < storage.cpuSecondsPerGibibyte
    }
  ]
}
