import {startMediaSite} from '../helpers/media-site'
import {anotherCheckout, bench, checkouts} from './frame'
import {row, type Row} from './rows'
import type {Used} from './stack/processes'
import {startStack} from './stack/stack'

const bytes = 1_000_000
const mebibyte = 1024 ** 2

/** Files at once, and what a burst may take of what it takes in another checkout. */
const bursts = [{files: 20, memory: 0.25, time: 0.4}, {files: 100, memory: 0.2, time: 0.4}]

interface Burst extends Used {
  readonly seconds: number
}

/** A new stack brings the files home; what its processes have is counted at the moment the last is. */
const measure = async (folder: string, files: number): Promise<Burst> => {
  const site = await startMediaSite()
  await using stack = await startStack(folder)
  const beganAt = performance.now()
  await Promise.all(Array.from({length: files}, (_, file) => stack.bring(site.url(`/synthetic/${bytes}.mp4?file=${file}`))))
  const seconds = (performance.now() - beganAt) / 1000
  const used = stack.used()
  await site.close()
  return {...used, seconds}
}

const rowsOf = ({files, memory, time}: typeof bursts[number], here: readonly Burst[], other: readonly Burst[] | undefined): Row[] => {
  const rowOf = (what: string, unit: Row['unit'], figure: (burst: Burst) => number, ratio?: number): Row => row(
    {what: `${files} files of 1 MB at once: ${what}`, unit, ...(ratio !== undefined && {target: {ratio}})},
    here.map(figure), anotherCheckout(other?.map(figure))
  )
  return [
    rowOf('all home', 's', ({seconds}) => seconds, time),
    rowOf('CPU', 's CPU', ({cpuSeconds}) => cpuSeconds),
    rowOf('RSS', 'MiB', ({rss}) => rss / mebibyte, memory),
    rowOf('PSS', 'MiB', ({pss}) => pss / mebibyte, memory)
  ]
}

await bench('burst', async (options) => {
  const rows: Row[] = []
  for (const burst of bursts) {
    const {here, other} = await checkouts(options, (checkout) => measure(checkout, burst.files))
    rows.push(...rowsOf(burst, here, other))
  }
  return rows
})
