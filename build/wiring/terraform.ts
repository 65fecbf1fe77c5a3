import {spawn, spawnSync} from 'node:child_process'
import {existsSync} from 'node:fs'

export interface Finished {
  readonly code: number
  readonly output: string
}

/** The first of `terraform` and `tofu` on PATH that runs. Throws when there is neither. */
export const findTerraform = (): string => {
  const found = ['terraform', 'tofu'].find((name) => spawnSync(name, ['version'], {stdio: 'ignore'}).status === 0)
  if (found === undefined) {
    throw new Error('Expected terraform (1.11 or newer) or tofu (1.10 or newer) on PATH; found neither. See https://opentofu.org/docs/intro/install.')
  }
  return found
}

/** The environment without a CLI configuration that does not exist: every command would warn of it, and some fail. */
export const terraformEnvironment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => {
  const {TF_CLI_CONFIG_FILE: configuration, ...rest} = process.env
  const kept = configuration !== undefined && existsSync(configuration) ? {TF_CLI_CONFIG_FILE: configuration} : {}
  return {...rest, ...kept, TF_IN_AUTOMATION: 'true', TF_INPUT: '0', CHECKPOINT_DISABLE: 'true', ...more}
}

export interface RunOptions {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  /** Called with each line as it comes. */
  readonly onLine?: (line: string) => void
}

/** Runs a program to its end; its output, both streams in order of arrival, is kept whole. */
export const run = (program: string, args: readonly string[], {cwd, env, onLine}: RunOptions): Promise<Finished> => new Promise((resolve, reject) => {
  const child = spawn(program, args, {cwd, env, stdio: ['ignore', 'pipe', 'pipe']})
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
