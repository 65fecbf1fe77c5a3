import {type ChildProcess, execFileSync, spawn} from 'node:child_process'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {trustedJson} from './json'

const root = join(import.meta.dirname, '..')

/** One line of `npm start -- --json`. */
export interface Line {
  readonly type: string
  readonly [name: string]: unknown
}

export interface Embedded {
  readonly address: string
  readonly pid: number
  stop: () => Promise<void>
}

const end = (child: ChildProcess): Promise<void> => new Promise((resolve) => {
  child.once('exit', () => resolve())
  child.kill('SIGTERM')
})

/** Makes the bundles that the embedded AWS runsif they are not fresh. */
export const buildBundles = (): void => {
  execFileSync('npm', ['run', '--silent', 'build', '--', '--quiet'], {cwd: root, stdio: ['ignore', 'ignore', 'inherit']})
}

/**
 * Starts the embedded AWS in a process of its own, as npm start does, with options of npm start; `onLine` gets all that it prints. Throws
 * if it does not come up.
 */
export const startEmbedded = (
  options: readonly string[], onLine: (line: Line) => void = () => undefined
): Promise<Embedded> => new Promise((resolve, reject) => {
  const args = ['--disable-warning=ExperimentalWarning', 'build/start.js', 'main', '--json', '--port', '0', ...options]
  const child = spawn(process.execPath, args, {cwd: root, stdio: ['ignore', 'pipe', 'pipe']})
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => { errors += chunk.toString() })
  createInterface({input: child.stdout}).on('line', (text) => {
    const line = trustedJson<Line>(text)
    onLine(line)
    if (line.type === 'started') {
      resolve({address: String(line['address']), pid: child.pid!, stop: () => end(child)})
    }
  })
  child.once('exit', (code) => reject(new Error(errors.trim() || `The local stack did not start: npm start ended with exit code ${code}.`)))
})
