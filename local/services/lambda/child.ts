import {type ChildProcess, spawn} from 'node:child_process'
import {createInterface} from 'node:readline'
import {fileURLToPath} from 'node:url'

const bootstrap = fileURLToPath(new URL('./bootstrap.mjs', import.meta.url))

/** As Lambda leaves a tenth of the memory to what is not JavaScript; and as its Node 22 is set up: no require(esm), no module detection. */
const nodeOptions = (memoryMegabytes: number): string[] => [
  `--max-old-space-size=${Math.floor(memoryMegabytes * 0.9)}`, '--no-experimental-require-module', '--no-experimental-detect-module'
]

const inspectorOptions = ['--inspect=127.0.0.1:0', '--inspect-publish-uid=http']

export interface ChildOptions {
  readonly memoryMegabytes: number
  readonly env: Record<string, string>
  /** Node's inspector listens on any free port of loopback; the process says on which. */
  readonly isInspected: boolean
  readonly virtualTime?: number | undefined
  /** Folder that keeps what V8 compiles, for all sandboxes. */
  readonly compiled: string
  readonly onLine: (line: string) => void
}

/**
 * Starts a function's process: in a process group of its own, so that helper programs end with it, and with a channel
 * whose end tells it that the runtime died. With `virtualTime` (epoch ms) its clock is the runtime's.
 */
export const startChild = ({memoryMegabytes, env, isInspected, virtualTime, compiled, onLine}: ChildOptions): ChildProcess => {
  const time = virtualTime === undefined ? [] : [String(virtualTime)]
  const child = spawn(process.execPath, [...nodeOptions(memoryMegabytes), ...isInspected ? inspectorOptions : [], bootstrap, compiled, ...time], {
    cwd: env['LAMBDA_TASK_ROOT'], env, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc']
  })
  for (const stream of [child.stdout!, child.stderr!]) {
    createInterface({input: stream}).on('line', onLine)
  }
  return child
}

/** Ends a function's process and all that it started. */
export const killChild = (child: ChildProcess): void => {
  try {
    process.kill(process.platform === 'win32' ? child.pid! : -child.pid!, 'SIGKILL')
  } catch {
    // It is gone already.
  }
}
