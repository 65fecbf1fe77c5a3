import {existsSync, globSync, mkdirSync, rmSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {type Finished, run} from '../program/run'
import {cacheFolder} from '../tofu/cache'

/** A linter that someone else wrote. */
export interface Linter {
  readonly name: string
  /** Throws MissingError if it cannot be had on this machine. */
  lint: () => Promise<Finished>
}

/** A linter cannot be had here; the message says why in a sentence. */
export class MissingError extends Error {
  override readonly name = 'MissingError'
}

const root = join(import.meta.dirname, '..', '..')
const here = {cwd: root, env: process.env}
/** The version of checkov, which pip installs; findings change with it. */
export const checkovVersion = '3.3.30'

/** Runs a Go tool that the module `build/linters/<name>` pins; Go builds it once, into its own cache. */
const goTool = (name: string, args: () => readonly string[]): Linter => ({
  name,
  lint: async () => {
    const folder = join(import.meta.dirname, name)
    const can = await run('go', ['version'], {cwd: folder, env: process.env}).catch(() => ({code: 1, output: 'there is no go on PATH'}))
    if (can.code !== 0) {
      throw new MissingError(`${name} is not built here, as it needs Go: ${can.output.trim().replace(/^go: /, '')}.`)
    }
    return run('go', ['-C', folder, 'tool', name, ...args()], {...here, priority: 10})
  }
})

const succeeds = async (program: string, ...args: string[]): Promise<boolean> =>
  (await run(program, args, here).catch(() => ({code: 1}))).code === 0

/** Installs checkov into an environment of its own below the cache; of what is there half done nothing is kept. */
const installCheckov = async (): Promise<string> => {
  const folder = join(cacheFolder(), 'checkov', checkovVersion)
  const program = join(folder, 'bin', 'checkov')
  if (existsSync(join(folder, 'complete'))) {
    return program
  }
  rmSync(folder, {recursive: true, force: true})
  mkdirSync(dirname(folder), {recursive: true})
  const made = await succeeds('python3', '-m', 'venv', folder)
    && await succeeds(join(folder, 'bin', 'pip'), 'install', '--quiet', '--disable-pip-version-check', `checkov==${checkovVersion}`)
  if (!made) {
    rmSync(folder, {recursive: true, force: true})
    throw new MissingError(`checkov ${checkovVersion} is not installed here: python3 -m venv, or pip in it, did not succeed.`)
  }
  mkdirSync(join(folder, 'complete'))
  return program
}

const checkov: Linter = {
  name: 'checkov',
  lint: async () => run(await installCheckov(), ['--config-file', join(import.meta.dirname, 'checkov.yaml'), '--directory', 'terraform'],
    // Its parser gives up on a file after 10 s, and leaves it out without a word: not on a busy machine.
    {...here, env: {...process.env, HCL_PARSE_TIMEOUT_SEC: '600'}})
}

export const linters: readonly Linter[] = [
  // Without shellcheck and pyflakes: what it says must not depend on what else a machine has.
  goTool('actionlint', () => ['-shellcheck=', '-pyflakes=', ...globSync('.github/workflows/*.yml', {cwd: root}).map((path) => join(root, path))]),
  goTool('tflint', () => [`--chdir=${join(root, 'terraform')}`, '--recursive', '--format=compact']),
  checkov
]
