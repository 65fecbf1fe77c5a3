import {explain} from '../../local/cli/explain'
import {cancel, replayToDev, stackEvents} from './aws'
import {localEvents} from './events'
import {replayLocally} from './local-target'
import {openMeter} from './meter'
import {isExportAlone, parseReplay, type ReplayOptions, usage} from './options'
import {replayInShadow} from './shadow-target'
import {writeEvents} from '../../local/replay/ndjson'
import {windowWarning} from '../../local/replay/window'

const warn = (line: string | undefined): void => {
  if (line !== undefined) {
    console.error(line)
  }
}

const replay = async (options: ReplayOptions, exportAlone: boolean, signal: AbortSignal): Promise<number> => {
  const meter = openMeter()
  if (options.target === 'dev') {
    return replayToDev(options, meter, signal)
  }
  const events = options.source.kind === 'aws' ? await stackEvents(options, meter, signal) : localEvents(options)
  if (options.exportFile !== undefined) {
    writeEvents(options.exportFile, events)
    console.error(`${events.length} events are in ${options.exportFile}`)
  }
  if (exportAlone) {
    return 0
  }
  return (options.target === 'local' ? replayLocally : replayInShadow)(events, options, openMeter(), signal)
}

const main = async (args: readonly string[]): Promise<number> => {
  const now = Date.now()
  const options = parseReplay(args, now)
  if (options === 'help') {
    console.log(usage)
    return 0
  }
  if ('cancel' in options) {
    return cancel(options.cancel)
  }
  warn(windowWarning(options.window, now))
  const controller = new AbortController()
  process.once('SIGINT', () => controller.abort(new Error('Stopped.')))
  return replay(options, isExportAlone(args), controller.signal)
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  const {message, exitCode} = explain(error, 'npm run replay')
  console.error(message)
  return exitCode
})
