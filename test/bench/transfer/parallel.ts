import {type Bench, type Finding, inFlight, megabytes, partBytes, sizeName, transfer} from './bench'
import {startWorker} from './processes'
import type {SinkMessage} from './sink'

const files = 8
const rounds = 3

/** https://en.wikipedia.org/wiki/Fairness_measure: 1 if all get the same, 1/n where one gets all. */
const jain = (rates: readonly number[]): number => {
  const sum = rates.reduce((total, rate) => total + rate, 0)
  return sum ** 2 / (rates.length * rates.reduce((total, rate) => total + rate ** 2, 0))
}

interface Round {
  readonly bytesPerSecond: number
  readonly fairness: number
}

const together = async ({bundles, source, sink}: Bench, size: number): Promise<Round> => {
  const workers = await Promise.all(Array.from({length: files}, () => startWorker(bundles.engine, sink.origin)))
  const startedAt = performance.now()
  const costs = await Promise.all(workers.map(({run}, index) => run({url: `${source.origin}/${size}.mp4`, key: `${index}.mp4`, partBytes, inFlight})))
  const seconds = (performance.now() - startedAt) / 1000
  await sink.ask({clear: true} satisfies SinkMessage)
  return {bytesPerSecond: files * size / seconds, fairness: jain(costs.map(({milliseconds}) => size / milliseconds))}
}

/** Eight files at once, each in a process of its own, against one alone. */
export const parallel = async (bench: Bench, size: number): Promise<readonly Finding[]> => {
  const shares: number[] = []
  const fairness: number[] = []
  for (let round = 1; round <= rounds; round++) {
    const single = size / (await transfer(bench, 'engine', size)).milliseconds * 1000
    const all = await together(bench, size)
    shares.push(all.bytesPerSecond / single)
    fairness.push(all.fairness)
    bench.say(`${files} files of ${sizeName(size)} at once: ${megabytes(all.bytesPerSecond)} MiB/s in sum, one alone ${megabytes(single)} MiB/s, fairness ${all.fairness.toFixed(3)}`)
  }
  const [share, fair] = [Math.max(...shares), Math.min(...fairness)]
  return [
    {what: `${files} files of ${sizeName(size)} at once: in sum, of one alone (best of ${rounds})`, figure: `${(share * 100).toFixed(0)} %`, target: '≥ 90 %', met: share >= 0.9},
    {what: `${files} files at once: Jain's fairness (worst of ${rounds})`, figure: fair.toFixed(3), target: '≥ 0.95', met: fair >= 0.95}
  ]
}
