import type {File} from '../../shared/api'
import {bytes, formatProgress} from '../../shared/bytes'
import {duration} from '../../shared/pace'
import type {Print, Reporter} from './reporter'
import type {Result} from './result'
import {ytDlpLine} from './yt-dlp'

/** What the user can tell files by: the title once it is known. */
export const formatLabel = (url: string, title: string | null, width = 40): string => {
  const label = title ?? url.replace(/^https?:\/\//, '')
  return label.length <= width ? label : `${label.slice(0, width - 1)}…`
}

/** `, 12.0 MB/s, 3 min left`, as far as it is known. */
export const paceText = ({speed, secondsLeft}: File): string =>
  `${speed === null ? '' : `, ${bytes(speed)}/s`}${secondsLeft === null || secondsLeft === 0 ? '' : `, ${duration(secondsLeft)} left`}`

/** `2026-11-24 10:02:00 UTC` of an ISO 8601 time in UTC. */
const timeText = (at: string): string => at.replace(/^(\d{4}-\d\d-\d\d)T([\d:]{8}).*$/, '$1 $2 UTC')

/** Why a file waits and until when, as a line; undefined if it does not. */
export const waitingText = ({waiting}: Pick<File, 'waiting'>): string | undefined =>
  waiting ? `Scheduled until ${timeText(waiting.until)}: ${waiting.reason}` : undefined

const formatStatus = (file: File): string =>
  file.status === 'Downloading' ? `Downloading ${formatProgress(file.bytesDone, file.size)}${paceText(file)}` : waitingText(file) ?? file.status

export const resultLines = ({url, path, size, sha256, error}: Result): string[] =>
  error === null
    ? [`ok      ${url}`, ...(path === null ? [] : [`        ${path}`]), `        ${bytes(size ?? 0)}, SHA-256 ${sha256}`]
    : [
        `failed  ${url}`, `        ${error.code}: ${error.message}`,
        ...(error.detail === undefined ? [] : [`        ${error.detail}`])
      ]

export const inspectorLine = (functionName: string, address: string): string => `Debuggers of ${functionName} attach to ${address}`

/** One line for each step of a file, for an output that is no terminal. */
export const plainReporter = (print: Print): Reporter => ({
  started: (address) => print(`MediaDownloader runs at ${address}`),
  inspector: (functionName, address) => print(inspectorLine(functionName, address)),
  ytDlp: (found) => print(ytDlpLine(found)),
  lacks: print,
  observed: () => undefined,
  progress: (url, file) => print(`${formatLabel(url, file.title)}: ${formatStatus(file)}`),
  result: (result) => resultLines(result).forEach(print),
  end: () => undefined
})
