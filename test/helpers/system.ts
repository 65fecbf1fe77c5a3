import {type ChildProcess, spawn} from 'node:child_process'
import {createInterface} from 'node:readline'

/** One line of `npm start -- --json`. */
export interface Line {
  readonly type: string
  readonly [key: string]: unknown
}

export interface System {
  /** `http://127.0.0.1:<port>`: HTTP API and AWS endpoint at once. */
  readonly address: string
  /** Every line the runtime has printed so far. */
  readonly lines: Line[]
  /** Resolves once it is gone, however it went. */
  readonly gone: Promise<void>
  /** SIGKILL: nothing is said good-bye to. */
  kill: () => Promise<void>
  stop: () => Promise<void>
}

const exited = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise((resolve) => child.once('exit', () => resolve()))

const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  child.kill(signal)
  await exited(child)
}

/** Starts the embedded runtime as a user would, in a process of its own, on a free port; resolves once it listens. */
export const startSystem = (
  options: readonly string[] = ['--ephemeral'], environment: Readonly<Record<string, string>> = {}
): Promise<System> => new Promise((resolve, reject) => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'build/start.js', 'main', '--json', '--port', '0', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'], env: {...process.env, ...environment}
  })
  const lines: Line[] = []
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => { errors += chunk.toString() })
  createInterface({input: child.stdout}).on('line', (text) => {
    const line = JSON.parse(text) as Line
    lines.push(line)
    if (line.type === 'started') {
      resolve({address: String(line['address']), lines, gone: exited(child), kill: () => end(child, 'SIGKILL'), stop: () => end(child, 'SIGTERM')})
    }
  })
  child.once('exit', (code) => reject(new Error(`Expected the runtime to listen; it exited with code ${code}: ${errors}`)))
})

/** Polls until `probe` returns something, at most `milliseconds`; says what was awaited when it never does. */
export const eventually = async <T>(what: string, probe: () => Promise<T | undefined> | T | undefined, milliseconds = 30_000): Promise<T> => {
  const deadline = Date.now() + milliseconds
  for (;;) {
    const value = await probe()
    if (value !== undefined) {
      return value
    }
    if (Date.now() > deadline) {
      throw new Error(`Expected ${what} within ${milliseconds} ms; it did not happen.`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
