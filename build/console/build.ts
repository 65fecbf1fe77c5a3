import {globSync, readdirSync, rmSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {gzipSync} from 'fflate'
import {isFresh, remember, type Remembered} from '../bundle/freshness'
import {writeFile} from '../bundle/write-file'
import {compileConsole, type Output} from './compile'

/** Bytes of one part of the console, as it is and as it is sent. */
export interface Part {
  readonly name: string
  readonly bytes: number
  readonly zipped: number
}

const output = 'dist/console'
const page = `${output}/index.html`

const rememberedIn = (root: string): Remembered => ({
  root,
  stampFile: `${output}/.inputs.json`,
  programs: ['build/console/*.ts', 'build/bundle/{freshness,write-file}.ts', 'ops/cost/prices.json', 'local/console/app/**/*.{ts,tsx,css,html,svg}', 'package-lock.json']
})

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
  remember(rememberedIn(root), inputs, written, startedAt)
}

const listParts = (root: string): Part[] => globSync('*.{html,js,css,woff2}', {cwd: join(root, output)}).sort().map((name) => {
  const path = join(root, output, name)
  return {name, bytes: statSync(path).size, zipped: statSync(isZipped(name) ? `${path}.gz` : path).size}
})

/** Builds the console into dist/consoleif anything changed. Throws esbuild's BuildFailure. */
export const buildConsole = async (root: string): Promise<Part[]> => {
  if (!isFresh(rememberedIn(root), [page])) {
    await rebuild(root)
  }
  return listParts(root)
}
