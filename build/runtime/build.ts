import {globSync, realpathSync, rmSync, statSync} from 'node:fs'
import {join, relative} from 'node:path'
import {isFresh, remember} from '../bundle/freshness'
import {writeFile} from '../bundle/write-file'
import {compileRuntime} from './compile'
import {output, runtimeIn} from './remembered'

/** Bytes of one module of the runtime that is there from the start. */
export interface Module {
  readonly name: string
  readonly bytes: number
}

/** A runtime of before may still run, and import one of its parts. */
const keptMilliseconds = 24 * 3_600_000

const removeOld = (root: string, written: readonly string[]): void => {
  globSync(`${output}/*.{mjs,map}`, {cwd: root})
    .filter((path) => !written.includes(path) && statSync(join(root, path)).mtimeMs < Date.now() - keptMilliseconds)
    .forEach((path) => rmSync(join(root, path), {force: true}))
  rmSync(join(root, output, 'compiled'), {recursive: true, force: true})
}

const rebuild = async (root: string): Promise<void> => {
  const startedAt = Date.now()
  const {outputs, inputs} = await compileRuntime(root)
  // Parts before what imports them.
  const inOrder = outputs.toSorted((one, other) => Number(other.path.includes('/part-')) - Number(one.path.includes('/part-')))
  inOrder.forEach(({path, contents}) => writeFile(path, contents))
  const written = outputs.map(({path}) => relative(root, path))
  removeOld(root, written)
  remember(runtimeIn(root), inputs, written, startedAt)
}

/** Bundles the embedded AWS into dist/runtime if anything changed. Throws esbuild's BuildFailure. */
export const buildRuntime = async (folder: string): Promise<Module[]> => {
  const root = realpathSync(folder)
  const {files} = runtimeIn(root)
  if (!isFresh(runtimeIn(root))) {
    await rebuild(root)
  }
  return files.map((path) => ({name: path, bytes: statSync(join(root, path)).size}))
}
