import {join, resolve} from 'node:path'
import {parseArgs} from 'node:util'
import {UsageError} from '../../local/cli/options'
import {momentOf, type Window} from '../../local/replay/window'

export const targets = ['dev', 'local', 'shadow'] as const
export type TargetName = typeof targets[number]

/** Where events come from. */
export type EventSource = {readonly kind: 'aws'} | {readonly kind: 'folder', readonly path: string} | {readonly kind: 'file', readonly path: string}

export interface ReplayOptions {
  readonly target: TargetName
  readonly window: Window
  readonly events: readonly string[]
  readonly files: readonly string[]
  readonly source: EventSource
  readonly exportFile?: string
  readonly name?: string
  readonly suffix: string
  readonly wiring: string
  readonly allowPrivateSources: boolean
  readonly json: boolean
}

export const usage = `npm run replay -- --from TIME [--to TIME] [--target dev|local|shadow] [options]
  --target dev      (default) hands the archive's events to the Dev bus, by the rule ReplayToDev
  --target local    runs them through the embedded runtime: today's code, real sources, on this machine
  --target shadow   runs them through today's code without any effect, and compares with what came of them; exit code 1 where it differs
  --cancel NAME     cancels a replay to dev that is under way
which events
  --from, --to TIME       2026-11-23T10:00:00Z, or so long ago: 90m, 24h, 7d (--to: now)
  --event NAME            with local: only these; with shadow: the files that have one (may be given several times)
  --file ID               only this file (may be given several times)
where they come from, with local and shadow
  --data DIR              the archive of the embedded runtime in a folder (default .local)
  --aws                   the archive of a stack, through a temporary rule and queue
  --from-file FILE        a file that --export wrote
  --export FILE           writes the events, one JSON object a line; without --target nothing else happens
where
  AWS by the usual variables, or what AWS_ENDPOINT_URL names
  --suffix SUFFIX         of the stack, for example -Dev
  --name NAME             of the replay (default: a new one)
  --wiring FILE           what is wired to what, with local and shadow (default local/wiring.json)
  --allow-private-sources with local: sources may be on this machine and in private networks
  --json                  answer for a program`

const root = join(import.meta.dirname, '..', '..')

const definitions = {
  from: {type: 'string'},
  to: {type: 'string', default: '0m'},
  target: {type: 'string'},
  event: {type: 'string', multiple: true, default: [] as string[]},
  file: {type: 'string', multiple: true, default: [] as string[]},
  data: {type: 'string'},
  aws: {type: 'boolean', default: false},
  'from-file': {type: 'string'},
  export: {type: 'string'},
  cancel: {type: 'string'},
  name: {type: 'string'},
  suffix: {type: 'string', default: ''},
  wiring: {type: 'string', default: join(root, 'local', 'wiring.json')},
  'allow-private-sources': {type: 'boolean', default: false},
  json: {type: 'boolean', default: false},
  help: {type: 'boolean', default: false}
} as const

type Flags = ReturnType<typeof parseArgs<{options: typeof definitions}>>['values']

const parse = (args: readonly string[]): Flags => {
  try {
    return parseArgs({args: [...args], options: definitions}).values
  } catch (error) {
    throw new UsageError((error as Error).message.split('. To specify')[0])
  }
}

const sourceOf = (flags: Flags, target: TargetName, folder: string): EventSource => {
  const given = [flags.aws, flags.data, flags['from-file']].filter((value) => value !== undefined && value !== false)
  if (given.length > 1) {
    throw new UsageError('Expected one of --aws, --data and --from-file; got several')
  }
  if (target === 'dev' && (flags.data !== undefined || flags['from-file'] !== undefined)) {
    throw new UsageError('Expected --target local or shadow with --data and --from-file: a replay to dev is between two buses')
  }
  if (flags['from-file'] !== undefined) {
    return {kind: 'file', path: resolve(folder, flags['from-file'])}
  }
  return flags.aws || target === 'dev' ? {kind: 'aws'} : {kind: 'folder', path: resolve(folder, flags.data ?? join(root, '.local'))}
}

const targetOf = (text: string | undefined): TargetName => {
  const target = targets.find((name) => name === (text ?? 'dev'))
  if (target === undefined) {
    throw new UsageError(`Expected --target to be dev, local or shadow; got '${text}'`)
  }
  return target
}

/** A file holds what it holds; of an archive a window must be named. */
const windowOf = ({from, to}: Flags, source: EventSource, now: number): Window => {
  if (from === undefined && source.kind !== 'file') {
    throw new UsageError('Expected --from TIME: since when events are to be replayed')
  }
  const window = {from: from === undefined ? 0 : momentOf('--from', from, now), to: momentOf('--to', to, now)}
  if (window.from >= window.to) {
    throw new UsageError('Expected --from to be before --to')
  }
  return window
}

const refuseFilters = ({event, file}: Flags, target: TargetName): void => {
  if (target === 'dev' && event.length + file.length > 0) {
    throw new UsageError('Expected no --event and no --file with --target dev: the rule ReplayToDev hands on every event of the replay, '
      + 'and its role serves no other rule. Choose the window, or another target')
  }
}

/** What the user typed, paths made absolute from the folder that he typed it in. Throws UsageError, and what is wrong with a time. */
export const parseReplay = (
  args: readonly string[], now: number, folder = process.env['INIT_CWD'] ?? process.cwd()
): ReplayOptions | {readonly cancel: string} | 'help' => {
  const flags = parse(args)
  if (flags.help) {
    return 'help'
  }
  if (flags.cancel !== undefined) {
    return {cancel: flags.cancel}
  }
  const isExportAlone = flags.export !== undefined && flags.target === undefined
  const target = isExportAlone ? 'shadow' : targetOf(flags.target)
  refuseFilters(flags, target)
  const source = sourceOf(flags, target, folder)
  return {
    target, source, window: windowOf(flags, source, now), events: flags.event, files: flags.file, suffix: flags.suffix,
    ...(flags.export !== undefined && {exportFile: resolve(folder, flags.export)}), ...(flags.name !== undefined && {name: flags.name}),
    wiring: resolve(folder, flags.wiring), allowPrivateSources: flags['allow-private-sources'], json: flags.json
  }
}

/** Whether the events are only to be written into a file. */
export const isExportAlone = (args: readonly string[]): boolean => args.some((arg) => /^--export(=|$)/.test(arg)) && !args.some((arg) => /^--target(=|$)/.test(arg))
