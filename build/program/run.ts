import {spawn} from 'node:child_process'
import {getPriority, setPriority} from 'node:os'

export interface Finished {
  readonly code: number
  readonly output: string
}

export interface RunOptions {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  /** Called with each line as it comes. */
  readonly onLine?: (line: string) => void
  /** How much it gives way to other programs, as of nice(1). */
  readonly priority?: number
}

/** Runs a program to its end; its output, both streams in order of arrival, is kept whole. */
export const run = (program: string, args: readonly string[], options: RunOptions): Promise<Finished> => new Promise((resolve, reject) => {
  const {cwd, env, onLine, priority} = options
  const child = spawn(program, args, {cwd, env, stdio: ['ignore', 'pipe', 'pipe']})
  if (priority !== undefined && child.pid !== undefined) {
    // Only ever up: down is the administrator's to allow.
    setPriority(child.pid, Math.max(getPriority(), priority))
  }
  let output = ''
  let line = ''
  const take = (chunk: Buffer): void => {
    const text = chunk.toString()
    output += text
    const lines = (line + text).split('\n')
    line = lines.pop() ?? ''
    lines.forEach((each) => onLine?.(each))
  }
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  child.once('error', reject)
  child.once('close', (code) => resolve({code: code ?? 1, output}))
})
