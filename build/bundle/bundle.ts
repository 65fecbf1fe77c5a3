import {existsSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {type Bundle, compile} from './compile'
import {isFresh, remember} from './freshness'
import {functionNames, functionsIn, outputPaths} from './functions'
import {compileShadow, compileShadowWorker} from './shadow'
import {oversized} from './size-limit'
import {writeFile} from './write-file'
import {zip} from './zip'

/** Bytes of what lies in dist/lambdas for one function. */
export interface Size {
  readonly name: string
  readonly bundle: number
  readonly zip: number
}

const write = (root: string, {name, code, sourceMap}: Bundle): void => {
  const paths = outputPaths(name)
  writeFile(join(root, paths.zip), zip({'index.mjs': code, 'index.mjs.map': sourceMap}))
  writeFile(join(root, paths.sourceMap), sourceMap)
  // Last: a running runtime reloads the function on its change.
  writeFile(join(root, paths.bundle), code)
}

const shadowFiles = ['dist/shadow/index.mjs', 'dist/shadow/worker.mjs'] as const

/** Writes what a shadow replay runs, if the repository has one; returns what was read. */
const writeShadow = async (root: string, names: readonly string[]): Promise<readonly string[]> => {
  if (!existsSync(join(root, 'local/replay/worker.ts'))) {
    return []
  }
  const [functions, worker] = [await compileShadow(root, names), await compileShadowWorker(root)]
  writeFile(join(root, shadowFiles[0]), functions.code)
  writeFile(join(root, shadowFiles[1]), worker.code)
  return [...functions.inputs, ...worker.inputs]
}

const rebuild = async (root: string, names: readonly string[]): Promise<void> => {
  const startedAt = Date.now()
  const {bundles, inputs} = await compile(root, names)
  const problems = oversized(bundles)
  if (problems.length > 0) {
    throw new Error(problems.join('\n'))
  }
  bundles.forEach((bundle) => write(root, bundle))
  const read = await writeShadow(root, names)
  const shadow = read.length === 0 ? [] : shadowFiles
  const written = [...names.flatMap((name) => Object.values(outputPaths(name))), ...shadow]
  remember(functionsIn(root), [...new Set([...inputs, ...read])], written, startedAt)
}

/** Bundles and zips every function below a root into dist/lambdas if anything changed. Throws if one does not compile or is too large. */
export const bundleAll = async (root: string): Promise<Size[]> => {
  const names = functionNames(root)
  if (!isFresh(functionsIn(root))) {
    await rebuild(root, names)
  }
  return names.map((name) => {
    const paths = outputPaths(name)
    return {name, bundle: statSync(join(root, paths.bundle)).size, zip: statSync(join(root, paths.zip)).size}
  })
}
