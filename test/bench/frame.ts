import {writeFile} from '../../build/bundle/write-file'
import {type Benched, type Row, rowsTable} from './rows'
import {existsSync} from 'node:fs'
import {join, resolve} from 'node:path'
import {parseArgs} from 'node:util'

const root = join(import.meta.dirname, '../..')

export interface BenchOptions {
  /** Another checkout of this repository, absolute, with its dependencies installed: what the ratios are to. */
  readonly against?: string
  readonly runs: number
}

const checkoutAt = (directory: string): string => {
  const path = resolve(directory)
  if (!existsSync(join(path, 'node_modules'))) {
    throw new TypeError(`Expected --against to name a checkout with its dependencies installed; ${path} has no node_modules. Run npm ci there.`)
  }
  return path
}

const runsIn = (text: string): number => {
  if (!/^[1-9]\d{0,2}$/.test(text)) {
    throw new TypeError(`Expected --runs to be a whole number from 1 to 999; got '${text}'.`)
  }
  return Number(text)
}

/** What stands behind `npm run bench:NAME --`.
 * @throws TypeError when an option is unknown or has no meaning */
export const benchOptions = (args: readonly string[], runs = 5): BenchOptions => {
  const {values} = parseArgs({args: [...args], options: {against: {type: 'string'}, runs: {type: 'string', default: String(runs)}}})
  return {...(values.against !== undefined && {against: checkoutAt(values.against)}), runs: runsIn(values.runs)}
}

/** Round by round, each way in its turn, so that a busy moment of the machine falls on all alike. */
export const inTurns = async <Name extends string, Value>(
  runs: number, ways: Readonly<Record<Name, () => Promise<Value>>>
): Promise<Record<Name, Value[]>> => {
  const names = Object.keys(ways) as Name[]
  const values = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Value[]>
  for (let run = 1; run <= runs; run++) {
    for (const name of names) {
      process.stderr.write(`round ${run} of ${runs}: ${name}\n`)
      values[name].push(await ways[name]())
    }
  }
  return values
}

const report = (name: string, rows: readonly Row[]): void => {
  const benched: Benched = {name, node: process.version, rows}
  writeFile(join(root, 'dist/bench', `${name}.json`), `${JSON.stringify(benched, null, 2)}\n`)
  console.log(rowsTable(rows))
}

/** Runs one benchmark from its command line: prints its table, writes `dist/bench/NAME.json`, and fails if a target is missed (1) or an option is wrong (2). */
export const bench = async (name: string, measure: (options: BenchOptions) => Promise<readonly Row[]>, runs?: number): Promise<void> => {
  try {
    const rows = await measure(benchOptions(process.argv.slice(2), runs))
    report(name, rows)
    process.exitCode = rows.every(({holds}) => holds !== false) ? 0 : 1
  } catch (error) {
    console.error(error instanceof TypeError ? error.message : error)
    process.exitCode = error instanceof TypeError ? 2 : 1
  }
}
