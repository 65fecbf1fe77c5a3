import {spawn} from 'node:child_process'

export interface Finished {
  readonly code: number | null
  readonly lines: readonly string[]
  readonly errors: string
}

type Environment = Readonly<Record<string, string>>

/** Runs a program of ours to its end, as its npm script does, with more environment. */
export const runProgramIn = (
  environment: Environment, path: string, ...args: readonly string[]
): Promise<Finished> => new Promise((resolve, reject) => {
  const loader = path.endsWith('.ts') ? ['--import', 'tsx'] : []
  const command = [...loader, '--disable-warning=ExperimentalWarning', path, ...args]
  const child = spawn(process.execPath, command, {stdio: ['ignore', 'pipe', 'pipe'], env: {...process.env, ...environment}})
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk: Buffer) => { output += chunk.toString() })
  child.stderr.on('data', (chunk: Buffer) => { errors += chunk.toString() })
  child.once('error', reject)
  child.once('close', (code) => resolve({code, lines: output.split('\n').filter((line) => line !== ''), errors}))
})

/** `npm start -- ARGS`, to its end. */
export const runStart = (...args: readonly string[]): Promise<Finished> => runProgramIn({}, 'build/start.js', 'main', ...args)

/** Runs a program of ours to its end, as its npm script does. */
export const runProgram = (path: string, ...args: readonly string[]): Promise<Finished> => runProgramIn({}, path, ...args)
