import {execFileSync} from 'node:child_process'
import {statSync} from 'node:fs'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {parseArgs} from 'node:util'
import {functionNames} from '../../build/bundle/functions'
import {writeFile} from '../../build/bundle/write-file'
import {table} from '../../shared/table'

const root = join(import.meta.dirname, '../..')
const bundleOf = (name: string): string => join(root, 'dist/lambdas', name, 'index.mjs')

/** In a fresh process, as Lambda's Init phase: the time from the first byte read to the handler at hand. */
const measure = 'const start = performance.now(); const {handler} = await import(process.argv[1]); '
  + 'if (typeof handler !== "function") throw new Error("no handler"); process.stdout.write(String(performance.now() - start), () => process.exit())'

const importMilliseconds = (name: string): number => Number(execFileSync(
  process.execPath, ['--input-type=module', '--eval', measure, pathToFileURL(bundleOf(name)).href],
  {env: {AWS_REGION: 'us-west-2', POWERTOOLS_SERVICE_NAME: name}, encoding: 'utf8'}
))

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

const round = (milliseconds: number): number => Math.round(milliseconds * 10) / 10

/** Round by round rather than function by function, so that a busy moment of the machine falls on all alike. */
const benchmark = (names: readonly string[], runs: number): Map<string, number[]> => {
  const times = new Map(names.map((name) => [name, [] as number[]]))
  for (let run = 0; run < runs; run += 1) {
    names.forEach((name) => times.get(name)!.push(importMilliseconds(name)))
  }
  return times
}

const main = (runs: number): void => {
  const functions = [...benchmark(functionNames(root), runs)].map(([name, times]) => ({
    name,
    bundleBytes: statSync(bundleOf(name)).size,
    zipBytes: statSync(join(root, 'dist/lambdas', `${name}.zip`)).size,
    importMilliseconds: {median: round(median(times)), min: round(Math.min(...times)), max: round(Math.max(...times))}
  }))
  writeFile(join(root, 'dist/bench-init.json'), `${JSON.stringify({node: process.version, runs, functions}, null, 2)}\n`)
  console.log(`Import in a fresh process, Node ${process.version}, ${runs} runs each:`)
  console.log(table(['function', 'bundle KB', 'zip KB', 'median ms', 'min', 'max'], functions.map(({name, bundleBytes, zipBytes, importMilliseconds: {median, min, max}}) =>
    [name, (bundleBytes / 1024).toFixed(1), (zipBytes / 1024).toFixed(1), median.toFixed(1), min.toFixed(1), max.toFixed(1)])))
}

const {values} = parseArgs({options: {runs: {type: 'string', default: '10'}}})
if (/^[1-9]\d{0,3}$/.test(values.runs)) {
  main(Number(values.runs))
} else {
  console.error(`Expected --runs to be a whole number from 1 to 9999; got '${values.runs}'.`)
  process.exitCode = 2
}
