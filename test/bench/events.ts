import {mkdirSync, writeFileSync} from 'node:fs'
import {table} from '../../build/table'
import {type Latencies, measure} from './events/measure'
import {parseOptions, usage} from './events/options'

const reports = 'dist/reports'

const tableOf = (measured: readonly Latencies[]): string => table(
  ['events/s', 'achieved', 'events', 'p50 ms', 'p95', 'p99', 'max'],
  measured.map(({rate, achieved, events, p50, p95, p99, max}) =>
    [String(rate), String(achieved), String(events), ...[p50, p95, p99, max].map((milliseconds) => milliseconds.toFixed(2))])
)

const main = async (): Promise<number> => {
  const options = parseOptions(process.argv.slice(2))
  if (options === 'help') {
    console.log(usage)
    return 0
  }
  const {rates, seconds, json} = options
  const measured = await measure(rates, seconds, (text) => json || console.error(text))
  mkdirSync(reports, {recursive: true})
  writeFileSync(`${reports}/bench-events.json`, `${JSON.stringify({node: process.version, seconds, measured}, null, 2)}\n`)
  console.log(json ? JSON.stringify(measured, null, 2) : `From PutEvents to the start of the target, Node ${process.version}:\n${tableOf(measured)}`)
  return 0
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return error instanceof TypeError || /Expected --/.test(String(error)) ? 2 : 1
})
