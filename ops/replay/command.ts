import type {EventEnvelope} from '../../local/runtime/core/types'
import {readFolderArchive} from '../../local/replay/folder-archive'
import {readEvents, writeEvents} from '../../local/replay/ndjson'
import {histories} from '../../local/replay/selection'
import {windowWarning} from '../../local/replay/window'
import {command, type Given, type Output, type Result} from '../../shared/cli/command'
import {buildBundles} from '../../shared/embedded'
import {dataFolder} from '../../shared/running-stack'
import {clientOptions, readTarget} from '../program/target'
import {cancel, replayToDev, stackEvents} from './aws'
import {replayLocally} from './local-target'
import {openMeter} from './meter'
import {options, type ReplayRequest, readRequest} from './options'
import {replayInShadow} from './shadow-target'

type Asked = Given<typeof options>

/** The events of a file or of a folder's archive: whole histories. */
const localEvents = ({source, window}: ReplayRequest, {event: events, file: files}: Asked): readonly EventEnvelope[] => {
  const isWithin = ({time}: EventEnvelope): boolean => Date.parse(time) >= window.from && Date.parse(time) <= window.to
  const found = source.kind === 'file' ? readEvents(source.path).filter(isWithin) : source.kind === 'folder' ? readFolderArchive(source.path, window) : []
  return histories(found, {events, files})
}

const replayed = async (request: ReplayRequest, asked: Asked, {note}: Output): Promise<Result> => {
  const controller = new AbortController()
  process.once('SIGINT', () => controller.abort(new Error('Stopped.')))
  const {target, source, window, isExportAlone} = request
  const {suffix, name, event: events, file: files} = asked
  const run = {meter: openMeter(), signal: controller.signal}
  const clients = source.kind === 'aws' ? clientOptions(await readTarget({...asked, data: asked.data ?? dataFolder})) : {}
  if (target === 'dev') {
    return replayToDev({suffix, window, name, clients}, run)
  }
  const found = source.kind === 'aws' ? await stackEvents({suffix, window, name, clients, events, files}, run) : localEvents(request, asked)
  if (asked.export !== undefined) {
    writeEvents(asked.export, found)
    note(`${found.length} events are in ${asked.export}`)
  }
  if (isExportAlone) {
    return {value: {events: found.length, file: asked.export}, text: ''}
  }
  buildBundles()
  return (target === 'local' ? replayLocally : replayInShadow)(found, asked, run)
}

export const replay = command({
  name: 'replay', summary: 'Hands archived events to the Dev bus, to a local runtime, or to today\'s code without any effect.',
  notes: `--target dev     hands the archive's events to the Dev bus, by the rule ReplayToDev
--target local   runs them through the embedded runtime: today's code, real sources, on this machine
--target shadow  runs them through today's code without any effect, and compares with what came of them; exit code 1 if it differs
With --aws or --endpoint the events of local and shadow are those of that stack's archive, by a temporary rule and queue.`,
  options,
  run: async (asked, output) => {
    if (asked.cancel !== undefined) {
      return cancel(asked.cancel, clientOptions(await readTarget({...asked, data: asked.data ?? dataFolder})))
    }
    const now = Date.now()
    const request = readRequest(asked, now)
    const warning = windowWarning(request.window, now)
    if (warning !== undefined) {
      output.note(warning)
    }
    return replayed(request, asked, output)
  }
})
