import {globSync, readdirSync, rmSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {gzipSync} from 'fflate'
import {isFresh, remember} from '../bundle/freshness'
import {writeFile} from '../bundle/write-file'
import {compileConsole, type Output} from './compile'
import {consoleIn, output} from './remembered'

/** Bytes of one part of the console, as it is and as it is sent. */
export interface Part {
  readonly name: string
  readonly bytes: number
  readonly zipped: number
}

/** Fonts are compressed by their nature. */
const isZipped = (name: string): boolean => !name.endsWith('.woff2')

const write = (root: string, {name, contents}: Output): string[] => {
  const path = `${output}/${name}`
  writeFile(join(root, path), contents)
  if (!isZipped(name)) {
    return [path]
  }
  writeFile(join(root, `${path}.gz`), gzipSync(contents, {level: 9, mtime: 0}))
  return [path, `${path}.gz`]
}

/** Parts of earlier builds go. */
const rebuild = async (root: string): Promise<void> => {
  const startedAt = Date.now()
  const {outputs, inputs} = await compileConsole(root)
  const written = outputs.flatMap((each) => write(root, each))
  readdirSync(join(root, output)).map((name) => `${output}/${name}`).filter((path) => !written.includes(path) && !path.endsWith('.tmp'))
    .forEach((path) => rmSync(join(root, path), {force: true}))
  remember(consoleIn(root), inputs, written, startedAt)
}

const listParts = (root: string): Part[] => globSync('*.{html,js,css,woff2}', {cwd: join(root, output)}).sort().map((name) => {
  const path = join(root, output, name)
  return {name, bytes: statSync(path).size, zipped: statSync(isZipped(name) ? `${path}.gz` : path).size}
})

/** Builds the console into dist/console if anything changed. Throws esbuild's BuildFailure. */
export const buildConsole = async (root: string): Promise<Part[]> => {
  if (!isFresh(consoleIn(root))) {
    await rebuild(root)
  }
  return listParts(root)
}
