import {join, resolve} from 'node:path'
import type {Given} from '../../shared/cli/command'
import {UsageError} from '../../shared/cli/errors'
import {flag, many, path, text, type Values, whole} from '../../shared/cli/option'
import {describeError} from '../../shared/errors'
import {readJson} from '../../shared/read-json'
import {dataFolder} from '../../shared/running-stack'
import {type Fault, faultFromFlag, parseFaults} from '../lab/faults/fault'
import type {Inspected} from '../services/lambda/inspector'
import type {Wish} from '../../shared/api'

export interface Options {
  /** To be requested; none: the runtime keeps running. */
  readonly urls: readonly string[]
  /** What of the media is wanted; absent: the best. */
  readonly preset?: string
  /** Which sound is wanted; absent: the main one. */
  readonly audio?: NonNullable<Wish['audio']>
  /** How much of a broadcast is wanted; absent: broadcasts are refused. */
  readonly record?: NonNullable<Wish['record']>
  readonly port: number
  /** Folder of all data; absent if nothing is to be kept. */
  readonly data?: string
  readonly wiring: string
  /** Folders of what was built; absent: those of `npm run build`. */
  readonly bundles?: string
  readonly console?: string
  /** Functions to be debugged. */
  readonly inspect: readonly Inspected[]
  readonly allowPrivateSources: boolean
  readonly fastRetries: boolean
  readonly maxFileBytes?: number
  /** Invocations of all functions at a time. */
  readonly concurrency?: number
  readonly json: boolean
  /** Skips idle time: the clock jumps to the next timer. */
  readonly virtualClock: boolean
  /** Of the virtual clock, and of faults that strike by chance. */
  readonly seed: number
  /** What goes wrong on purpose. */
  readonly faults: readonly Fault[]
}

/** As of `POST /files`. */
const maxRecordSeconds = 840

const root = join(import.meta.dirname, '..', '..')

export const options = {
  port: whole('n', 'port on 127.0.0.1 for the HTTP API and the AWS endpoint; 0 takes a free one', {to: 65_535, otherwise: 4510}),
  data: path('folder', 'folder that keeps all data (default: .local)'),
  ephemeral: flag('keeps nothing'),
  wiring: path('file', 'what is wired to what: local/wiring.json, or the output of "terraform show -json"', join(root, 'local', 'wiring.json')),
  preset: text('name', 'what of pages\' media is wanted: best, 1080p, 720p, audio (M4A) or audio-mp3 (default: best)'),
  audioLanguage: text('tag', 'the language of the sound that is wanted, such as fi or pt-BR (default: that of the main sound)'),
  audioRole: text('name', 'the kind of sound that is wanted: description, commentary, dub and so on (default: main)'),
  record: whole('seconds', `records the first seconds of a radio station, ${maxRecordSeconds} at most; what has an end comes as it is`, {from: 1, to: maxRecordSeconds}),
  allowPrivateSources: flag('lets sources be on this machine and in private networks'),
  maxFileBytes: whole('n', 'refuses larger files (default: as the wiring says)', {from: 1}),
  concurrency: whole('n', 'runs at most n invocations at a time, as an account\'s quota does: more are refused and wait as in AWS, except what functions have '
    + 'reserved (default: no quota)', {from: 1, to: 100_000}),
  fastRetries: flag('shortens every wait between retries, for tests'),
  virtualClock: flag('skips idle time: the clock jumps to the next timer; POST /_local/clock moves it on'),
  fault: many('what', 'makes something go wrong, for example dynamodb.UpdateItem:3=throttle, or a JSON file with a plan; see docs/local-api.md'),
  seed: whole('n', 'random seed of the virtual clock and the faults', {to: 2 ** 32 - 1, otherwise: 1}),
  inspect: many('name[=port]', 'lets a debugger attach to this function on 127.0.0.1; its time-outs wait while one is attached'),
  dist: path('folder', 'folder with other builds of the functions and the console (default: dist)')
}

/** `NAME` or `NAME=PORT`. Throws UsageError. */
const inspectedFrom = (text: string): Inspected => {
  const [functionName = '', port = '0'] = text.split('=')
  return {functionName, port: options.port.read!(port, 'the port of --inspect', undefined)}
}

/** A fault by its flag, or all of a file. Throws UsageError. */
const faultsFrom = (text: string): Fault[] => {
  try {
    return text.endsWith('.json') ? parseFaults(readJson(resolve(process.env['INIT_CWD'] ?? process.cwd(), text))) : [faultFromFlag(text)]
  } catch (error) {
    throw new UsageError(`--fault: ${describeError(error).replace(/[^.]$/, '$&.')}`)
  }
}

const readWish = ({preset, audioLanguage: language, audioRole: role, record}: Values<typeof options>): Pick<Options, 'preset' | 'audio' | 'record'> => ({
  ...(preset !== undefined && {preset}),
  ...((language ?? role) !== undefined && {audio: {...(language !== undefined && {language}), ...(role !== undefined && {role})}}),
  ...(record !== undefined && {record: {seconds: record}})
})

const requireUrl = ({preset, audioLanguage, audioRole, record}: Values<typeof options>): void => {
  const given = Object.entries({preset, 'audio-language': audioLanguage, 'audio-role': audioRole, record}).find(([, value]) => value !== undefined)
  if (given !== undefined) {
    throw new UsageError(`--${given[0]} needs a URL to apply to.`)
  }
}

/** What the options mean. Throws UsageError. */
export const readOptions = (given: Given<typeof options>): Options => {
  const {words: urls, data, ephemeral, dist, inspect, fault, maxFileBytes, concurrency} = given
  const {wiring, port, allowPrivateSources, fastRetries, json, virtualClock, seed} = given
  if (ephemeral && data !== undefined) {
    throw new UsageError('--data and --ephemeral exclude each other.')
  }
  if (urls.length === 0) {
    requireUrl(given)
  }
  return {
    urls, ...readWish(given), port, wiring, allowPrivateSources, fastRetries, json, virtualClock, seed,
    ...(!ephemeral && {data: data ?? dataFolder}),
    ...(dist !== undefined && {bundles: join(dist, 'lambdas'), console: join(dist, 'console')}),
    ...(maxFileBytes !== undefined && {maxFileBytes}), ...(concurrency !== undefined && {concurrency}),
    inspect: inspect.map(inspectedFrom), faults: fault.flatMap(faultsFrom)
  }
}
