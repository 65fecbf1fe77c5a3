import {join, resolve} from 'node:path'
import {parseArgs} from 'node:util'
import {UsageError} from '../../local/cli/options'
import {momentOf, type Window} from '../../local/replay/window'

export interface CaptureOptions {
  /** A file, or an execution of the workflow. */
  readonly subject: {readonly fileId: string} | {readonly executionArn: string}
  /** The embedded runtime's data and address; undefined: a stack in AWS. */
  readonly local?: {readonly data: string, readonly endpoint: string}
  readonly suffix: string
  readonly window: Window
  /** Where captures are; each gets a folder of its own. */
  readonly out: string
  readonly name?: string
  readonly wiring: string
}

export const usage = `npm run capture -- <fileId|executionArn> [options]
  Makes a regression test of what happened to a file: its events, what its sources answered, its record and the histories of its
  executions. The test plays them in shadow, without any effect, and passes while today's code comes to the same outcome.
  --data DIR       folder of the embedded runtime (default .local); its archive and logs are read there
  --endpoint URL   the runtime itself, for record and histories (default http://127.0.0.1:4510); without it they are left out
  --aws            a stack in AWS, by the usual variables: events by a replay of its archive, answers from CloudWatch Logs
  --suffix SUFFIX  of the stack, for example -Dev
  --from, --to     when it happened (default: the last 90 days; with --aws the last 7)
  --out DIR        where captures are (default test/captured)
  --name NAME      of the capture (default: of the error and the file)
  --wiring FILE    what is wired to what (default local/wiring.json)
what can be a secret is left out: of sources' answers only the headers that matter and the first bytes were ever logged, URLs lose user,
  password and query values that look like tokens, and users become user-1, user-2, …`

const root = join(import.meta.dirname, '..', '..')

const definitions = {
  data: {type: 'string'},
  endpoint: {type: 'string'},
  aws: {type: 'boolean', default: false},
  suffix: {type: 'string', default: ''},
  from: {type: 'string'},
  to: {type: 'string', default: '0m'},
  out: {type: 'string', default: join(root, 'test', 'captured')},
  name: {type: 'string'},
  wiring: {type: 'string', default: join(root, 'local', 'wiring.json')},
  help: {type: 'boolean', default: false}
} as const

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({args: [...args], options: definitions, allowPositionals: true})
  } catch (error) {
    throw new UsageError((error as Error).message.split('. To specify')[0])
  }
}

const subjectOf = (positionals: readonly string[]): CaptureOptions['subject'] => {
  const [text = '', ...more] = positionals
  if (more.length === 0 && /^arn:[^:]+:states:[^:]+:\d+:execution:[^:]+:[^:]+$/.test(text)) {
    return {executionArn: text}
  }
  if (more.length > 0 || !/^[\w-]{1,128}$/.test(text)) {
    throw new UsageError(`Expected one fileId, as POST /files answers it, or the ARN of one execution; got '${positionals.join(' ')}'`)
  }
  return {fileId: text}
}

/** What the user typed, paths made absolute from the folder that he typed it in. Throws UsageError, and what is wrong with a time. */
export const parseCapture = (args: readonly string[], now: number, folder = process.env['INIT_CWD'] ?? process.cwd()): CaptureOptions | 'help' => {
  const {values: {help, aws, data, endpoint, suffix, from, to, out, name, wiring}, positionals} = parse(args)
  if (help) {
    return 'help'
  }
  if (aws && (data !== undefined || endpoint !== undefined)) {
    throw new UsageError('Expected --aws, or --data and --endpoint of the embedded runtime; got both')
  }
  if (name !== undefined && !/^[\w-]+$/.test(name)) {
    throw new UsageError(`Expected --name to be the name of a folder, of letters, digits, - and _; got '${name}'`)
  }
  return {
    subject: subjectOf(positionals), suffix, out: resolve(folder, out), wiring: resolve(folder, wiring), ...(name !== undefined && {name}),
    window: {from: momentOf('--from', from ?? (aws ? '7d' : '90d'), now), to: momentOf('--to', to, now)},
    ...(!aws && {local: {data: data === undefined ? join(root, '.local') : resolve(folder, data), endpoint: endpoint ?? 'http://127.0.0.1:4510'}})
  }
}
