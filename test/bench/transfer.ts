import {join} from 'node:path'
import {type Bench, type Finding, megabytes, sizeName, startBench, stopBench, transfer} from './transfer/bench'
import {type Options, parseOptions, type Serving, usage} from './transfer/options'
import {parallel} from './transfer/parallel'
import {startServer} from './transfer/processes'
import {sha256Of, throughTheSystem} from './transfer/resume'
import {compare, type Measured, memoryFinding, speedFindings} from './transfer/sizes'
import {writeFile} from '../../build/bundle/write-file'
import {table} from '../../shared/table'

interface Result {
  readonly measured: readonly Measured[]
  readonly findings: readonly Finding[]
}

const slowSinkRate = 40 * 1024 ** 2

/** A sink that takes 40 MiB a second of each connection: what the source sends faster must wait in the source. */
const slowSink = async (bench: Bench, size: number): Promise<Finding> => {
  await bench.sink.ask({rate: slowSinkRate})
  const {peakBytes} = await transfer(bench, 'engine', size)
  await bench.sink.ask({rate: 0})
  bench.say(`slow sink, ${sizeName(size)}: ${megabytes(peakBytes - bench.bareBytes)} MiB over bare Node`)
  return memoryFinding({size, what: 'slow sink', by: 'engine', overBareBytes: peakBytes - bench.bareBytes, bytesPerSecond: 0, cpuSecondsPerGibibyte: 0})
}

const measure = async (bench: Bench, {sizes, runs, aside}: Options): Promise<Result> => {
  const pairs = []
  for (const size of sizes) {
    pairs.push(await compare(bench, size, runs))
  }
  const chunks = await compare(bench, aside, runs, '?chunk=1024', '1 KiB chunks')
  const memory = [...pairs, chunks].map(([engine]) => memoryFinding(engine))
  const findings = [...memory, await slowSink(bench, aside), ...speedFindings(pairs.at(-1)!)]
  return {measured: [...pairs, chunks].flat(), findings: [...findings, ...await parallel(bench, aside)]}
}

const measureAll = async (bench: Bench, options: Options): Promise<Result> => {
  const {measured, findings} = await measure(bench, options)
  return {measured, findings: [...findings, ...await throughTheSystem(bench, options)]}
}

const print = ({measured, findings}: Result): void => {
  console.log(`\n${table(['transfer', 'size', 'by', 'MiB/s', 'CPU s/GiB', 'MiB over bare Node'], measured.map((line) => [
    line.what, sizeName(line.size), line.by === 'engine' ? 'engine' : 'lib-storage', megabytes(line.bytesPerSecond), line.cpuSecondsPerGibibyte.toFixed(2), megabytes(line.overBareBytes)
  ]))}\n`)
  console.log(table(['target', 'figure', 'to reach', ''], findings.map(({what, figure, target, met}) => [what, figure, target, met ? 'met' : 'NOT MET'])))
}

/** Until Ctrl-C, which ends the source too. */
const serve = async ({serve: size}: Serving): Promise<void> => {
  const {origin} = await startServer('source')
  console.log(`${origin}/${size}.mp4\n${size} bytes, SHA-256 ${sha256Of(size)}; Ctrl-C ends it`)
}

const main = async (options: Options): Promise<void> => {
  const say: Bench['say'] = (text) => process.stderr.write(`${text}\n`)
  const bench = await startBench(say)
  say(`Node ${process.version}, bare ${megabytes(bench.bareBytes)} MiB; parts of 8 MiB, three under way; ${options.runs} runs each`)
  const result = await measureAll(bench, options).finally(() => stopBench(bench))
  writeFile(join(import.meta.dirname, '../../dist/bench-transfer.json'), `${JSON.stringify({node: process.version, options, ...result}, null, 2)}\n`)
  print(result)
  process.exitCode = result.findings.every(({met}) => met) ? 0 : 1
}

const options = parseOptions(process.argv.slice(2))
if (options === undefined) {
  console.error(usage)
  process.exitCode = 2
} else {
  await ('serve' in options ? serve(options) : main(options))
}
