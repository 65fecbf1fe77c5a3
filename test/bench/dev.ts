import {setTimeout as sleep} from 'node:timers/promises'
import {type DevTree, startDevTree} from '../helpers/dev-tree'
import {bench} from './frame'
import {type Row, row} from './rows'

/** Saved by turns: one function's own file, and one that many functions share. */
const edited = ['src/lambdas/ListFiles/src/index.ts', 'src/util/http-api.ts']
/** Invocations without a pause would take the time from the build. */
const pauseMilliseconds = 25

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

const measure = async (dev: DevTree, edits: number): Promise<Row[]> => {
  await fetch(`${dev.address}/files`)
  const rows: Row[] = []
  for (const path of edited) {
    const times: number[] = []
    for (let edit = 1; edit <= edits; edit++) {
      times.push(await editToRun(dev, path, `${path} ${edit}`))
    }
    rows.push(row({what: `${path} saved until it runs`, unit: 'ms', target: {figure: 1000}}, times))
  }
  return rows
}

await bench('dev', async ({runs}) => {
  const dev = await startDevTree()
  try {
    return await measure(dev, runs)
  } finally {
    await dev.interrupt()
    dev.remove()
  }
})
