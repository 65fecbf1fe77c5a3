import {spawn, spawnSync} from 'node:child_process'
import {existsSync} from 'node:fs'
import {RefusedError} from '../../shared/cli/errors'

export interface Finished {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface Tofu {
  /** `tofu` or `terraform`. */
  readonly program: string
  /** Runs a command to its end and keeps what it says; `shown` lets it be seen as it comes. */
  run: (args: readonly string[], options?: {readonly shown?: boolean}) => Promise<Finished>
}

/** OpenTofu if both are installed. Throws RefusedError if neither is. */
export const findTofu = (): string => {
  const found = ['tofu', 'terraform'].find((name) => spawnSync(name, ['version'], {stdio: 'ignore'}).status === 0)
  if (found === undefined) {
    throw new RefusedError('Neither tofu (1.10 or newer) nor terraform (1.11 or newer) is on PATH. See https://opentofu.org/docs/intro/install.')
  }
  return found
}

/** Names in the environment that would make a plan differ from that of another machine. */
const isSetting = (name: string): boolean => /^TF_(VAR_.*|WORKSPACE|CLI_ARGS|CLI_ARGS_(plan|apply|destroy))$/.test(name)

/** What this shell sets and no plan of ours takes: settings live in the environment's file alone. */
export const settingsLeftOut = (env: NodeJS.ProcessEnv): string[] => Object.keys(env).filter(isSetting).sort()

const buildEnvironment = (more: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
  const kept = Object.entries(process.env).filter(([name, value]) =>
    !isSetting(name) && (name !== 'TF_CLI_CONFIG_FILE' || existsSync(value ?? '')))
  return {...Object.fromEntries(kept), TF_IN_AUTOMATION: 'true', TF_INPUT: '0', CHECKPOINT_DISABLE: 'true', ...more}
}

/** The program in a folder, with what it keeps between its runs in `data`. What is shown goes to stderr if stdout is for a program. */
export const tofuIn = (cwd: string, {data, region, json}: {readonly data: string, readonly region: string, readonly json: boolean}): Tofu => {
  const program = findTofu()
  const env = buildEnvironment({TF_DATA_DIR: data, AWS_REGION: region})
  const run: Tofu['run'] = (args, {shown = false} = {}) => new Promise((resolve, reject) => {
    const child = spawn(program, args, {cwd, env, stdio: ['ignore', 'pipe', 'pipe']})
    const said = {stdout: '', stderr: ''}
    const show = (stream: NodeJS.WriteStream, chunk: Buffer): void => void (shown && stream.write(chunk))
    child.stdout.on('data', (chunk: Buffer) => {
      said.stdout += chunk.toString()
      show(json ? process.stderr : process.stdout, chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      said.stderr += chunk.toString()
      show(process.stderr, chunk)
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({code: code ?? 1, ...said}))
  })
  return {program, run}
}
