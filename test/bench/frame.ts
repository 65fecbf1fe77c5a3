import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {writeFile} from '../../build/bundle/write-file'
import {command} from '../../shared/cli/command'
import {UsageError} from '../../shared/cli/errors'
import {path, whole} from '../../shared/cli/option'
import {runCommand} from '../../shared/cli/program'
import type {row} from './rows'
import {type Benched, type Row, rowsTable} from './rows'

export interface BenchOptions {
  /** Another checkout of this repository, absolute, with its dependencies installed: what the ratios are to. */
  readonly against?: string
  readonly runs: number
}

/** @throws UsageError if `--against` names no checkout that can run */
export const asCheckout = (against: string | undefined): Pick<BenchOptions, 'against'> => {
  if (against !== undefined && !existsSync(join(against, 'node_modules'))) {
    throw new UsageError(`--against takes a checkout with its dependencies installed, and ${against} has no node_modules. Run npm ci there.`)
  }
  return against === undefined ? {} : {against}
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

const root = join(import.meta.dirname, '../..')

/** This checkout and, if one is named, another by turns: what both printed, run by run. `measure` gets a checkout's folder. */
export const checkouts = async <Value>(
  {against, runs}: BenchOptions, measure: (checkout: string) => Promise<Value>
): Promise<{readonly here: Value[], readonly other?: Value[]}> => against === undefined
  ? inTurns(runs, {here: () => measure(root)})
  : inTurns(runs, {here: () => measure(root), other: () => measure(against)})

/** What `row` compares with: the other checkout's figures, if there is one. */
export const anotherCheckout = (values: readonly number[] | undefined): Parameters<typeof row>[2] =>
  values && {with: 'another checkout', values}

const write = (name: string, rows: readonly Row[]): Benched => {
  const benched: Benched = {name, node: process.version, rows}
  writeFile(join(root, 'dist/bench', `${name}.json`), `${JSON.stringify(benched, null, 2)}\n`)
  return benched
}

/** Runs one benchmark from its command line: prints its table, writes `dist/bench/NAME.json`, and fails if a target is missed (1) or an option is wrong (2). */
export const bench = async (name: string, measure: (options: BenchOptions) => Promise<readonly Row[]>, otherwise = 5): Promise<void> => {
  process.exitCode = await runCommand(command({
    name: `npm run bench:${name} --`, summary: 'Measures, by turns with another checkout if one is named.',
    options: {
      against: path('folder', 'another checkout, with its dependencies installed'),
      runs: whole('count', 'runs of each', {from: 1, otherwise})
    },
    run: async ({against, runs}) => {
      const {rows, ...value} = write(name, await measure({...asCheckout(against), runs}))
      return {value: {...value, rows}, text: rowsTable(rows), code: rows.some(({holds}) => holds === false) ? 1 : 0}
    }
  }), process.argv.slice(2))
}
