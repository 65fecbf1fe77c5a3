import {virtualClock} from '../runtime/clock/virtual-clock'
import {type Runtime, startRuntime} from '../runtime/runtime'
import {announce} from '../../shared/running-stack'
import {apiAt, bearer} from '../../shared/api'
import {barReporter} from './bar-reporter'
import {lacksFfprobe} from './ffprobe'
import {follow} from './follow'
import type {Options} from './options'
import {plainReporter} from './plain-reporter'
import {jsonReporter, type Print, type Reporter} from './reporter'
import {readResult} from './result'
import {untilStopped} from './signals'
import {timelineReporter} from './timeline-reporter'
import {findYtDlp} from './yt-dlp'

const print: Print = (line) => void process.stdout.write(`${line}\n`)

const reporterFor = ({json, urls, data}: Options): Reporter => {
  if (json) {
    return jsonReporter(print)
  }
  if (urls.length === 0) {
    return timelineReporter(print, data)
  }
  return process.stdout.isTTY ? barReporter(print, process.stdout) : plainReporter(print)
}

/** Requests every URL at once. Returns the exit code: 1 if any failed. */
const bringHome = async ({urls, preset, audio, record, data}: Options, runtime: Runtime, reporter: Reporter): Promise<number> => {
  const api = apiAt(runtime.address, bearer())
  const wish = {...(preset !== undefined && {preset}), ...(audio && {audio}), ...(record && {record})}
  const results = await Promise.all(urls.map(async (url) => {
    const result = await readResult(await follow(api, url, reporter.progress, wish), runtime.objectPath, data !== undefined)
    reporter.result(result)
    return result
  }))
  return results.every(({error}) => error === null) ? 0 : 1
}

/** Ctrl-C is the normal end of a runtime that was to keep running, but not of one with URLs to download. */
const interrupted = ({urls, data}: Options): number => {
  if (urls.length === 0) {
    return 0
  }
  process.stderr.write(data === undefined ? 'Stopped.\n' : 'Stopped. The next npm start resumes what is unfinished.\n')
  return 130
}

/** Runs the runtime for as long as the user wants it. Returns the exit code. */
export const run = async (options: Options): Promise<number> => {
  const reporter = reporterFor(options)
  const stopped = untilStopped()
  const clock = options.virtualClock ? {clock: virtualClock({seed: options.seed})} : {}
  const runtime = await startRuntime({...options, ...clock, observe: reporter.observed})
  const withdraw = announce(runtime.address, options.data)
  let {ytDlp: tell, lacks} = reporter
  try {
    reporter.started(runtime.address)
    runtime.inspectors.forEach(({address}, functionName) => reporter.inspector(functionName, address))
    // The start waits for nothing: yt-dlp takes a second to say its version.
    void findYtDlp().then((found) => { tell(found) })
    void lacksFfprobe().then((message) => {
      if (message !== undefined) {
        lacks(message)
      }
    })
    const outcome = await Promise.race(options.urls.length === 0 ? [stopped] : [stopped, bringHome(options, runtime, reporter)])
    return outcome === 'stopped' ? interrupted(options) : outcome
  } finally {
    tell = () => undefined
    lacks = () => undefined
    reporter.end()
    withdraw()
    await runtime.stop()
  }
}
