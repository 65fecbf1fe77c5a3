import {execFileSync, spawnSync} from 'node:child_process'
import {globSync, mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

/** A command of a document, as the shell understood it. */
export interface Command {
  readonly place: string
  readonly program: string
  readonly args: readonly string[]
}

export interface Block {
  readonly place: string
  readonly text: string
}

/** What documents may tell their readers to run. */
const programs = ['aws', 'brew', 'cp', 'curl', 'jq', 'npm', 'open', 'terraform', 'tofu', 'cd']

/** What stands for the reader's own values; documents say where each comes from. */
const variables: Readonly<Record<string, string>> = {
  ACCOUNT: '123456789012',
  ACCOUNT_ID: '123456789012',
  AWS_REGION: 'us-west-2',
  STATE_MACHINE: 'arn:aws:states:us-west-2:123456789012:stateMachine:FileDownloadWorkflow',
  STATE_MACHINE_ARN: 'arn:aws:states:us-west-2:123456789012:stateMachine:FileDownloadWorkflow',
  EXECUTION: 'arn:aws:states:us-west-2:123456789012:execution:FileDownloadWorkflow:one',
  EXECUTION_ARN: 'arn:aws:states:us-west-2:123456789012:execution:FileDownloadWorkflow:one',
  FEEDLY_TOKEN: 'secret',
  COOKIES: '# Netscape HTTP Cookie File',
  FILE_ID: 'youtube-dQw4w9WgXcQ',
  API_URL: 'https://a1b2c3d4e5.execute-api.us-west-2.amazonaws.com'
}

/** Documents whose commands are tested. */
export const documents = globSync(['README.md', 'CONTRIBUTING.md', 'docs/**/*.md', 'terraform/**/*.md', 'local/**/*.md', 'build/**/*.md'],
  {exclude: (path) => path.includes('.terraform')}).sort()

/** The shell blocks of a document, each with its line. */
export const blocksIn = (path: string): Block[] => {
  const text = readFileSync(path, 'utf8')
  return [...text.matchAll(/^```(?:bash|sh|shell)\n([\s\S]*?)^```/gm)]
    .map(({1: block = '', index}) => ({place: `${path}:${text.slice(0, index).split('\n').length + 1}`, text: block}))
}

/** Every program is a function that writes down how it was called, and returns a line; `jq` and others read what comes to them. */
const prelude = [
  ...programs.map((name) => `${name}() { { printf '%s\\0' ${name} "$@"; printf '\\n\\0'; } >> "$RECORD"; printf '123456789012\\n'; }`),
  // What a command prints for the shell is not there to be run.
  'eval() { :; }',
  'command_not_found_handle() { printf "Expected a program that documents may name; got %s\\n" "$1" >&2; exit 127; }',
  'set -eu', 'PATH=/nowhere', ''
].join('\n')

const recorded = (file: string): string[][] => {
  const commands: string[][] = [[]]
  for (const part of readFileSync(file, 'utf8').split('\0')) {
    if (part === '\n') {
      commands.push([])
    } else {
      commands.at(-1)!.push(part)
    }
  }
  return commands.filter(([program = '']) => program !== '')
}

/** Lets bash itself read a block and tells what it would have run. Throws if it cannot: its words, or the variable it does not know. */
export const commandsOf = ({place, text}: Block): Command[] => {
  const folder = mkdtempSync(join(tmpdir(), 'shell-'))
  const record = join(folder, 'record')
  try {
    execFileSync('bash', ['-c', `: > "$RECORD"\n${prelude}${text}`], {
      cwd: folder, env: {...variables, RECORD: record, HOME: folder}, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8'
    })
    return recorded(record).map(([program = '', ...args]) => ({place, program, args}))
  } catch (error) {
    throw new Error(`Expected the block at ${place} to run; ${(error as {stderr?: string}).stderr ?? String(error)}`, {cause: error})
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
}

/** Every command of every document. */
export const documentedCommands = (program: string): Command[] =>
  documents.flatMap(blocksIn).flatMap(commandsOf).filter((command) => command.program === program)

export const isInstalled = (program: string, option = '--version'): boolean => spawnSync(program, [option], {stdio: 'ignore'}).status === 0
