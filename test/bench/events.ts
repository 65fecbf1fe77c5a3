import {mkdirSync, writeFileSync} from 'node:fs'
import {table} from '../../shared/table'
import {startBarePath} from './events/bare'
import {type Latencies, openBench} from './events/measure'
import {type Options, parseOptions, usage} from './events/options'
import {startRuntimePath} from './events/runtime'

const reports = 'dist/reports'

interface Measured extends Latencies {
  /** Of the same way with nothing done on it, right before: what this machine takes for it now. */
  readonly bare: Latencies
}

const tableOf = (measured: readonly Measured[]): string => table(
  ['events/s', 'achieved', 'events', 'p50 ms', 'p95', 'p99', 'max', 'bare p50 ms', 'p99'],
  measured.map(({rate, achieved, events, p50, p95, p99, max, bare}) =>
    [String(rate), String(achieved), String(events), ...[p50, p95, p99, max, bare.p50, bare.p99].map((milliseconds) => milliseconds.toFixed(2))])
)

const measureAll = async ({rates, seconds, json}: Options): Promise<Measured[]> => {
  await using bare = await openBench(startBarePath)
  await using bus = await openBench(startRuntimePath)
  const measured: Measured[] = []
  for (const rate of rates) {
    if (!json) {
      console.error(`${rate} events a second`)
    }
    const ofBare = await bare.measure(rate, seconds)
    measured.push({...await bus.measure(rate, seconds), bare: ofBare})
  }
  return measured
}

const main = async (): Promise<number> => {
  const options = parseOptions(process.argv.slice(2))
  if (options === 'help') {
    console.log(usage)
    return 0
  }
  const {seconds, json} = options
  const measured = await measureAll(options)
  mkdirSync(reports, {recursive: true})
  writeFileSync(`${reports}/bench-events.json`, `${JSON.stringify({node: process.version, seconds, measured}, null, 2)}\n`)
  console.log(json ? JSON.stringify(measured, null, 2) : `From PutEvents to the start of the target, Node ${process.version}:\n${tableOf(measured)}`)
  return 0
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return error instanceof TypeError || /Expected --/.test(String(error)) ? 2 : 1
})
