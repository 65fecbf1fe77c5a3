import {join, resolve} from 'node:path'
import {parseArgs} from 'node:util'
import {describeError} from '../../shared/errors'
import {readJson} from '../../shared/read-json'
import {type Fault, faultFromFlag, faultsOf} from '../lab/faults/fault'
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

export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const usage = `MediaDownloader on this machine.

  npm start                     runs until Ctrl-C
  npm start -- [options] URL…   requests each URL, shows its progress, exits 0 when all are there, 1 if any failed

Options:
  --port N                 port on 127.0.0.1 for the HTTP API and the AWS endpoint; 0 takes a free one (default 4510)
  --data DIR               folder that keeps all data (default .local)
  --ephemeral              keeps nothing
  --wiring FILE            what is wired to what: local/wiring.json, or the output of "terraform show -json" (default local/wiring.json)
  --preset NAME            what of pages' media is wanted: best, 1080p, 720p, audio (M4A) or audio-mp3 (default best)
  --audio-language TAG     the language of the sound that is wanted, such as fi or pt-BR (default: that of the main sound)
  --audio-role NAME        the kind of sound that is wanted: description, commentary, dub and so on (default main)
  --record SECONDS         records the first seconds of a radio station, 840 at most; what has an end comes as it is
  --allow-private-sources  lets sources be on this machine and in private networks
  --max-file-bytes N       refuses larger files (default: as the wiring says)
  --concurrency N          runs at most N invocations at a time, as an account's quota does: more are refused and wait as in AWS,
                           except what functions have reserved (default: no quota)
  --fast-retries           shortens every wait between retries, for tests
  --virtual-clock          skips idle time: the clock jumps to the next timer; POST /_local/clock moves it on
  --fault WHAT             makes something go wrong, for example dynamodb.UpdateItem:3=throttle, or a JSON file with a plan;
                           may be repeated (docs/local-api.md)
  --seed N                 random seed of the virtual clock and the faults (default 1)
  --inspect NAME[=PORT]    lets a debugger attach to this function on 127.0.0.1; its time-outs wait while one is attached; may be repeated
  --dist DIR               folder with other builds of the functions and the console (default dist)
  --json                   prints one JSON object a line; "npm start --silent -- --json" prints nothing else
  --help                   this text

Environment:
  YT_DLP_PATH              the yt-dlp that reads pages and playlists (default: the first on the PATH; the start says which it is)`

/** As of `POST /files`. */
const mostRecordSeconds = 840

const root = join(import.meta.dirname, '..', '..')

const definitions = {
  port: {type: 'string', default: '4510'},
  data: {type: 'string'},
  ephemeral: {type: 'boolean', default: false},
  wiring: {type: 'string'},
  dist: {type: 'string'},
  inspect: {type: 'string', multiple: true},
  preset: {type: 'string'},
  'audio-language': {type: 'string'},
  'audio-role': {type: 'string'},
  record: {type: 'string'},
  'allow-private-sources': {type: 'boolean', default: false},
  'max-file-bytes': {type: 'string'},
  concurrency: {type: 'string'},
  'fast-retries': {type: 'boolean', default: false},
  'virtual-clock': {type: 'boolean', default: false},
  fault: {type: 'string', multiple: true},
  seed: {type: 'string', default: '1'},
  json: {type: 'boolean', default: false},
  help: {type: 'boolean', default: false}
} as const

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({args: [...args], options: definitions, allowPositionals: true})
  } catch (error) {
    throw new UsageError(describeError(error).split('. To specify')[0])
  }
}

const wholeNumber = (option: string, text: string, from: number, to: number): number => {
  const number = Number(text)
  if (!/^\d+$/.test(text) || number < from || number > to) {
    throw new UsageError(`${option} takes a whole number from ${from} to ${to}, not '${text}'`)
  }
  return number
}

/** `NAME` or `NAME=PORT`. Throws UsageError. */
const inspectedFrom = (text: string): Inspected => {
  const [functionName = '', port = '0'] = text.split('=')
  return {functionName, port: wholeNumber('the port of --inspect', port, 0, 65_535)}
}

/** A fault by its flag, or all of a file. Throws UsageError. */
const faultsFrom = (text: string, folder: string): Fault[] => {
  try {
    return text.endsWith('.json') ? faultsOf(readJson(resolve(folder, text))) : [faultFromFlag(text)]
  } catch (error) {
    throw new UsageError(`--fault: ${describeError(error)}`)
  }
}

const wishOf = (
  {preset, 'audio-language': language, 'audio-role': role, record}: {preset?: string, 'audio-language'?: string, 'audio-role'?: string, record?: string}
): Pick<Options, 'preset' | 'audio' | 'record'> => ({
  ...(preset === undefined ? {} : {preset}),
  ...((language ?? role) === undefined ? {} : {audio: {...(language !== undefined && {language}), ...(role !== undefined && {role})}}),
  ...(record === undefined ? {} : {record: {seconds: wholeNumber('--record', record, 1, mostRecordSeconds)}})
})

const requireUrl = (values: Readonly<Record<string, unknown>>, urls: readonly string[]): void => {
  const option = urls.length > 0 ? undefined : ['preset', 'audio-language', 'audio-role', 'record'].find((name) => values[name] !== undefined)
  if (option !== undefined) {
    throw new UsageError(`--${option} needs a URL to apply to`)
  }
}

/** What the user typed, with paths made absolute from the folder that they typed it in. Throws UsageError. */
export const parseOptions = (args: readonly string[], folder = process.env['INIT_CWD'] ?? process.cwd()): Options | 'help' => {
  const {values, positionals: urls} = parse(args)
  if (values.help) {
    return 'help'
  }
  if (values.ephemeral && values.data !== undefined) {
    throw new UsageError('--data and --ephemeral exclude each other')
  }
  requireUrl(values, urls)
  const maxFileBytes = values['max-file-bytes']
  return {
    urls,
    ...wishOf(values),
    port: wholeNumber('--port', values.port, 0, 65_535),
    ...(values.ephemeral ? {} : {data: values.data === undefined ? join(root, '.local') : resolve(folder, values.data)}),
    ...(values.dist === undefined ? {} : {bundles: resolve(folder, values.dist, 'lambdas'), console: resolve(folder, values.dist, 'console')}),
    inspect: (values.inspect ?? []).map(inspectedFrom),
    wiring: values.wiring === undefined ? join(root, 'local', 'wiring.json') : resolve(folder, values.wiring),
    allowPrivateSources: values['allow-private-sources'],
    fastRetries: values['fast-retries'],
    ...(maxFileBytes === undefined ? {} : {maxFileBytes: wholeNumber('--max-file-bytes', maxFileBytes, 1, Number.MAX_SAFE_INTEGER)}),
    ...(values.concurrency === undefined ? {} : {concurrency: wholeNumber('--concurrency', values.concurrency, 1, 100_000)}),
    json: values.json,
    virtualClock: values['virtual-clock'],
    seed: wholeNumber('--seed', values.seed, 0, 2 ** 32 - 1),
    faults: (values.fault ?? []).flatMap((fault) => faultsFrom(fault, folder))
  }
}
