import {existsSync, readdirSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {type Bundle, compile} from './compile'
import {isFresh, remember, type Remembered} from './freshness'
import {oversized} from './size-limit'
import {writeFile} from './write-file'
import {zip} from './zip'

/** Bytes of what lies in dist/lambdas for one function. */
export interface Size {
  readonly name: string
  readonly bundle: number
  readonly zip: number
}

const output = 'dist/lambdas'

const rememberedIn = (root: string): Remembered =>
  ({root, stampFile: `${output}/.inputs.json`, programs: ['build/bundle.ts', 'build/bundle/*.ts', 'package-lock.json']})

/** Names of all functions below a repository root, sorted. */
export const functionNames = (root: string): string[] =>
  readdirSync(join(root, 'src/lambdas')).filter((name) => existsSync(join(root, 'src/lambdas', name, 'src/index.ts'))).sort()

const outputsOf = (name: string): {bundle: string, sourceMap: string, zip: string} =>
  ({bundle: `${output}/${name}/index.mjs`, sourceMap: `${output}/${name}/index.mjs.map`, zip: `${output}/${name}.zip`})

const write = (root: string, {name, code, sourceMap}: Bundle): void => {
  const paths = outputsOf(name)
  writeFile(join(root, paths.zip), zip({'index.mjs': code, 'index.mjs.map': sourceMap}))
  writeFile(join(root, paths.sourceMap), sourceMap)
  // Last: a running runtime reloads the function on its change.
  writeFile(join(root, paths.bundle), code)
}

const rebuild = async (root: string, names: readonly string[]): Promise<void> => {
  const startedAt = Date.now()
  const {bundles, inputs} = await compile(root, names)
  const problems = oversized(bundles)
  if (problems.length > 0) {
    throw new Error(problems.join('\n'))
  }
  bundles.forEach((bundle) => write(root, bundle))
  remember(rememberedIn(root), inputs, names.flatMap((name) => Object.values(outputsOf(name))), startedAt)
}

/** Bundles and zips every function below a root into dist/lambdas, where anything changed. Throws where one does not compile or is too large. */
export const bundleAll = async (root: string): Promise<Size[]> => {
  const names = functionNames(root)
  if (!isFresh(rememberedIn(root), names.map((name) => outputsOf(name).zip))) {
    await rebuild(root, names)
  }
  return names.map((name) => {
    const paths = outputsOf(name)
    return {name, bundle: statSync(join(root, paths.bundle)).size, zip: statSync(join(root, paths.zip)).size}
  })
}
