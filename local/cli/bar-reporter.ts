import {MultiBar, Presets, type SingleBar} from 'cli-progress'
import type {File} from '../../shared/api'
import {bytes} from '../../shared/bytes'
import {inspectorLine, formatLabel, paceText, resultLines, waitingText} from './plain-reporter'
import type {Print, Reporter} from './reporter'
import type {Result} from './result'
import {ytDlpLine} from './yt-dlp'

const format = '{label} {bar} {status}'
const barWidth = 18
/** `999.9 MB of 999.9 MB, 999.9 MB/s, 59 min left` and two spaces. */
const statusWidth = 48

const labelWidth = ({columns = 80}: NodeJS.WriteStream): number => Math.min(40, Math.max(14, columns - barWidth - statusWidth))

/** The bar itself shows how much of it is there. */
export const barStatus = (file: File): string => file.status === 'Downloading' && file.bytesDone > 0
  ? `${bytes(file.bytesDone)}${file.size === null ? '' : ` of ${bytes(file.size)}`}${paceText(file)}`
  : file.status

/** One bar a file, redrawn in place. A source that announces no size leaves the bar empty until the file is there. */
export const barReporter = (print: Print, stream: NodeJS.WriteStream): Reporter => {
  const bars = new MultiBar({format, stream, barsize: barWidth, hideCursor: true, clearOnComplete: false, forceRedraw: true}, Presets.shades_classic)
  const known = new Map<string, SingleBar>()
  const results: Result[] = []
  const told = new Map<string, string>()
  // Longer than a bar has room for: a line above the bars, once for each time that it waits.
  const tellWaiting = (url: string, file: File): void => {
    const text = waitingText(file)
    if (text !== undefined && told.get(url) !== text) {
      told.set(url, text)
      bars.log(`${formatLabel(url, file.title)}: ${text}\n`)
    }
  }
  const show = (url: string, file: File): void => {
    const width = labelWidth(stream)
    const payload = {label: formatLabel(url, file.title, width).padEnd(width), status: barStatus(file)}
    const bar = known.get(url) ?? bars.create(1, 0, payload)
    const total = Math.max(file.size ?? 1, 1)
    const done = file.size === null ? 0 : file.bytesDone
    known.set(url, bar)
    bar.setTotal(total)
    bar.update(file.status === 'Downloaded' ? total : done, payload)
    tellWaiting(url, file)
  }
  return {
    started: (address) => print(`MediaDownloader runs at ${address}`),
    inspector: (functionName, address) => print(inspectorLine(functionName, address)),
    ytDlp: (found) => print(ytDlpLine(found)),
    lacks: print,
    observed: () => undefined,
    progress: show,
    result: (result) => { results.push(result) },
    end: () => {
      bars.stop()
      results.flatMap(resultLines).forEach(print)
    }
  }
}
