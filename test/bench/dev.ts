import {setTimeout as sleep} from 'node:timers/promises'
import {table} from '../../shared/table'
import {type DevTree, startDevTree} from '../helpers/dev-tree'

/** Saved by turns: one function's own file, and one that many functions share. */
const edited = ['src/lambdas/ListFiles/src/index.ts', 'src/util/http-api.ts']
const edits = 5
/** Invocations without a pause would take the time from the build. */
const pauseMilliseconds = 25

const median = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!

/** Milliseconds from a save until an invocation has run the new code and answered. */
const editToRun = async ({address, lines, edit}: DevTree, path: string, mark: string): Promise<number> => {
  const startedAt = performance.now()
  edit(path, (text) => `${text}console.log('${mark}')\n`)
  do {
    await sleep(pauseMilliseconds)
    await (await fetch(`${address}/files`)).text()
  } while (!lines.some(({type, line}) => type === 'log' && line === mark))
  return performance.now() - startedAt
}

const dev = await startDevTree()
await fetch(`${dev.address}/files`)
const rows: string[][] = []
for (const path of edited) {
  const times: number[] = []
  for (let edit = 1; edit <= edits; edit++) {
    times.push(await editToRun(dev, path, `${path} ${edit}`))
  }
  rows.push([path, ...times.map((time) => String(Math.round(time))), String(Math.round(median(times)))])
  process.exitCode ||= median(times) < 1000 ? 0 : 1
}
await dev.interrupt()
dev.remove()
console.log(table(['ms from save to run', ...Array.from({length: edits}, (_, index) => `edit ${index + 1}`), 'median'], rows))
