import {MultiBar, Presets, type SingleBar} from 'cli-progress'
import type {File} from './api'
import {labelOf, resultLines, statusOf} from './plain-reporter'
import type {Print, Reporter} from './reporter'
import type {Result} from './result'

const format = '{label} {bar} {status}'
const barWidth = 20
/** `Downloading 999.9 MB of 999.9 MB (99 %)` and two spaces. */
const statusWidth = 42

const labelWidth = ({columns = 80}: NodeJS.WriteStream): number => Math.min(40, Math.max(16, columns - barWidth - statusWidth))

/** One bar a file, redrawn in place. A source that announces no size leaves the bar empty until the file is there. */
export const barReporter = (print: Print, stream: NodeJS.WriteStream): Reporter => {
  const bars = new MultiBar({format, stream, barsize: barWidth, hideCursor: true, clearOnComplete: false, forceRedraw: true}, Presets.shades_classic)
  const known = new Map<string, SingleBar>()
  const results: Result[] = []
  const show = (url: string, file: File): void => {
    const width = labelWidth(stream)
    const payload = {label: labelOf(url, file.title, width).padEnd(width), status: statusOf(file)}
    const bar = known.get(url) ?? bars.create(1, 0, payload)
    const total = Math.max(file.size ?? 1, 1)
    const done = file.size === null ? 0 : file.bytesDone
    known.set(url, bar)
    bar.setTotal(total)
    bar.update(file.status === 'Downloaded' ? total : done, payload)
  }
  return {
    started: (address) => print(`MediaDownloader runs at ${address}`),
    observed: () => undefined,
    progress: show,
    result: (result) => { results.push(result) },
    end: () => {
      bars.stop()
      results.flatMap(resultLines).forEach(print)
    }
  }
}
