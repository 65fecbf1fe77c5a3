import {type ChildProcess, spawn} from 'node:child_process'
import {cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {eventually, type Line} from './system'

/** `npm run dev` in a copy of the tree, which may be edited. */
export interface DevTree {
  readonly address: string
  /** What the runtime printed so far. */
  readonly lines: readonly Line[]
  /** What the builds printed so far. */
  readonly built: readonly string[]
  /** Saves a file after a change, by what the change returns. */
  readonly edit: (path: string, change: (text: string) => string) => void
  /** Ctrl-C; resolves with the exit code. */
  readonly interrupt: () => Promise<number | null>
  readonly remove: () => void
}

const repository = join(import.meta.dirname, '../..')
const copied = ['build', 'local', 'ops', 'packages', 'shared', 'src', 'package.json', 'package-lock.json', 'tsconfig.json']

const copyTree = (): string => {
  const root = mkdtempSync(join(tmpdir(), 'dev-'))
  for (const path of copied) {
    cpSync(join(repository, path), join(root, path), {recursive: true, filter: (file) => !file.includes('node_modules')})
  }
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'))
  return root
}

const listen = (child: ChildProcess, lines: Line[], built: string[]): void => {
  createInterface({input: child.stdout!}).on('line', (text) => lines.push(JSON.parse(text) as Line))
  createInterface({input: child.stderr!}).on('line', (text) => built.push(text))
}

/** Starts it; resolves once the runtime listens. */
export const startDevTree = async (): Promise<DevTree> => {
  const root = copyTree()
  const child = spawn(process.execPath, ['--import', 'tsx', 'build/dev.ts', '--json', '--port', '0', '--ephemeral'], {cwd: root, stdio: ['ignore', 'pipe', 'pipe']})
  const [lines, built]: [Line[], string[]] = [[], []]
  listen(child, lines, built)
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const started = await eventually('the runtime to listen', () => lines.find(({type}) => type === 'started'), 60_000)
  return {
    address: String(started['address']), lines, built,
    edit: (path, change) => writeFileSync(join(root, path), change(readFileSync(join(root, path), 'utf8'))),
    interrupt: () => {
      child.kill('SIGINT')
      return gone
    },
    remove: () => {
      child.kill('SIGKILL')
      rmSync(root, {recursive: true, force: true})
    }
  }
}
