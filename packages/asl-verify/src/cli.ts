import {readFileSync} from 'node:fs'
import {parseArgs} from 'node:util'
import manifest from '../package.json' with {type: 'json'}
import type {Finding} from './finding'
import {isObject, describeError} from './guards'
import {findingsIn, parsePointer} from './check'
import {lineIndex} from './language/json'

const usage = `Usage: asl-verify [options] FILE…

Finds what AWS Step Functions would refuse in definitions of the Amazon States Language.

  --json         write findings as JSON
  --version      write the version
  -h, --help     write this text

Exit code: 0 without findings, 1 with findings, 2 if used in the wrong way.`

const options = {
  json: {type: 'boolean', default: false},
  version: {type: 'boolean', default: false},
  help: {type: 'boolean', short: 'h', default: false}
} as const

/** A finding with its place in a file, as people and machines read it. */
interface Placed {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly code: string
  /** Names of the states that lead there, outermost first; none of what concerns the whole definition. */
  readonly state: readonly string[]
  /** The field within the state, as `Retry[0].MaxAttempts`. */
  readonly field: string
  readonly pointer: string
  readonly message: string
}

/** What a user did wrong: a sentence, without a stack. */
class UsageError extends Error {
  override readonly name = 'UsageError'
}

const reasons: Readonly<Record<string, string>> = {ENOENT: 'there is no such file', EISDIR: 'it is a folder', EACCES: 'it may not be read', EPERM: 'it may not be read'}

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code = isObject(error) ? String(error.code) : ''
    throw new UsageError(`Cannot read ${file}: ${reasons[code] ?? describeError(error)}.`)
  }
}

const place = (file: string, text: string, findings: readonly Finding[]): Placed[] => {
  const positionOf = lineIndex(text)
  return findings.map(({code, pointer, at, sentence}) => {
    const {states, field} = parsePointer(pointer)
    return {file, ...positionOf(pointer, at), code, state: states, field, pointer, message: sentence}
  }).sort((one, other) => one.line - other.line || one.column - other.column)
}

const formatLine = ({file, line, column, code, state, field, message}: Placed): string => {
  const where = [state.length === 0 ? 'state machine' : `state ${state.join(' > ')}`, ...(field === '' ? [] : [`field ${field}`])].join(', ')
  return `${file}:${line}:${column}: ${where}: ${message} [${code}]`
}

const parse = (args: readonly string[]): {files: string[], values: {json: boolean, version: boolean, help: boolean}} => {
  try {
    const {values, positionals} = parseArgs({args: [...args], options, allowPositionals: true})
    return {files: positionals, values}
  } catch (error) {
    throw new UsageError(describeError(error).split('. ')[0] + '.')
  }
}

const run = (args: readonly string[]): number => {
  const {files, values} = parse(args)
  if (values.help || values.version) {
    console.log(values.help ? usage : manifest.version)
    return 0
  }
  if (files.length === 0) {
    throw new UsageError('Name at least one file.')
  }
  const texts = files.map((file) => ({file, text: read(file)}))
  const verdicts = texts.map(({file, text}) => ({file, findings: place(file, text, findingsIn(text))}))
  console.log(values.json
    ? JSON.stringify(verdicts, null, 2)
    : verdicts.flatMap(({file, findings}) => findings.length === 0 ? [`${file}: no findings`] : findings.map(formatLine)).join('\n'))
  return verdicts.every(({findings}) => findings.length === 0) ? 0 : 1
}

/** The program; gives its exit code. */
export const main = (args: readonly string[]): number => {
  process.stdout.on('error', () => {})
  try {
    return run(args)
  } catch (error) {
    console.error(`asl-verify: ${describeError(error)}${error instanceof UsageError ? '\nTry asl-verify --help.' : ''}`)
    return 2
  }
}
