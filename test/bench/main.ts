import {spawnSync} from 'node:child_process'
import {command} from '../../shared/cli/command'
import {UsageError} from '../../shared/cli/errors'
import {path} from '../../shared/cli/option'
import {runCommand} from '../../shared/cli/program'
import {asCheckout} from './frame'
import {benches, type BenchName} from './names'
import {readBenched} from './results'
import {rowsTable} from './rows'

const isBench = (name: string): name is BenchName => benches.some((bench) => bench.name === name)

const chosen = (words: readonly string[]): BenchName[] => {
  const unknown = words.find((word) => !isBench(word))
  if (unknown !== undefined) {
    throw new UsageError(`There is no benchmark '${unknown}'; there are ${benches.map(({name}) => name).join(', ')}.`)
  }
  return words.length === 0 ? benches.map(({name}) => name) : words.filter(isBench)
}

process.exitCode = await runCommand(command({
  name: 'npm run bench --', words: '[benchmark...]', summary: 'Runs the benchmarks, all if none is named, and prints their rows as one table.',
  notes: 'Each writes dist/bench/NAME.json; npm run bench:docs writes docs/performance.md from these. Let the machine do nothing else meanwhile.',
  options: {against: path('folder', 'another checkout, with its dependencies installed: what the ratios are to')},
  run: async ({words, against}, {note}) => {
    const names = chosen(words)
    const options = Object.values(asCheckout(against)).flatMap((folder) => ['--against', folder])
    const failed = names.filter((name) => {
      note(`\n== ${name}`)
      return spawnSync('npm', ['run', '--silent', `bench:${name}`, '--', ...options], {stdio: ['ignore', 'inherit', 'inherit']}).status !== 0
    })
    const rows = names.flatMap((name) => readBenched(name)?.rows ?? [])
    const end = failed.length === 0 ? 'Every target holds.' : `Not every target holds: ${failed.join(', ')}.`
    return {value: {failed, rows}, text: `\n${rowsTable(rows)}\n\n${end}`, code: failed.length === 0 ? 0 : 1}
  }
}), process.argv.slice(2))
