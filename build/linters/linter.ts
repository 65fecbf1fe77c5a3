import {globSync} from 'node:fs'
import {join} from 'node:path'
import {type Finished, run} from '../program/run'

/** A linter that somebody else wrote. */
export interface Linter {
  readonly name: string
  /** Throws MissingError where it cannot be had on this machine. */
  lint(): Promise<Finished>
}

/** A linter cannot be had here; the message says why in a sentence. */
export class MissingError extends Error {
  override readonly name = 'MissingError'
}

const root = join(import.meta.dirname, '..', '..')
const here = {cwd: root, env: process.env}

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

export const linters: readonly Linter[] = [
  // Without shellcheck and pyflakes: what it says must not depend on what else a machine has.
  goTool('actionlint', () => ['-shellcheck=', '-pyflakes=', ...globSync('.github/workflows/*.yml', {cwd: root}).map((path) => join(root, path))])
]
