import type {Observation} from '../runtime/core/types'
import type {File} from '../../shared/api'
import type {Result} from './result'
import type {YtDlp} from './yt-dlp'

/** Shows the user what happens. */
export interface Reporter {
  started: (address: string) => void
  /** Debuggers reach a function at an address. */
  inspector: (functionName: string, address: string) => void
  /** Soon after the start. */
  ytDlp: (found: YtDlp) => void
  /** Soon after the start: something that the functions should find on this machine. */
  lacks: (message: string) => void
  observed: (observation: Observation) => void
  progress: (url: string, file: File) => void
  result: (result: Result) => void
  /** Nothing follows. */
  end: () => void
}

export type Print = (line: string) => void

/** One JSON object a line. */
export const jsonReporter = (print: Print): Reporter => {
  const tell = (object: Readonly<Record<string, unknown>>): void => print(JSON.stringify(object))
  return {
    started: (address) => tell({type: 'started', address}),
    inspector: (functionName, address) => tell({type: 'inspector', functionName, address}),
    ytDlp: (found) => tell({type: 'yt-dlp', ...found}),
    lacks: (message) => tell({type: 'lacks', message}),
    observed: (observation) => tell({...observation}),
    progress: (url, {fileId, status, waiting, bytesDone, size, speed, secondsLeft}) =>
      tell({type: 'progress', at: new Date().toISOString(), url, fileId, status, waiting, bytesDone, size, speed, secondsLeft}),
    result: (result) => tell({type: 'result', ...result}),
    end: () => undefined
  }
}
