import {MultiBar, Presets, type SingleBar} from 'cli-progress'
import type {File} from './api'
import {labelOf, resultLines, statusOf} from './plain-reporter'
import type {Print, Reporter} from './reporter'
import type {Result} from './result'

const format = '{label} {bar} {status}'

/** One bar a file, redrawn in place. A source that announces no size leaves the bar empty until the file is there. */
export const barReporter = (print: Print, stream: NodeJS.WriteStream): Reporter => {
  const bars = new MultiBar({format, stream, barsize: 30, hideCursor: true, clearOnComplete: false, forceRedraw: true}, Presets.shades_classic)
  const known = new Map<string, SingleBar>()
  const results: Result[] = []
  const show = (url: string, file: File): void => {
    const payload = {label: labelOf(url, file.title).padEnd(40), status: statusOf(file)}
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
