import {readFileSync} from 'node:fs'
import {basename, join} from 'node:path'
import {build, type BuildOptions, type BuildResult, type Metafile} from 'esbuild'
import {readJson} from '../../shared/read-json'

export interface Output {
  readonly name: string
  readonly contents: Uint8Array
}

type Built = BuildResult<ReturnType<typeof consoleOptions>>

export interface Compiled {
  readonly outputs: readonly Output[]
  /** Every file that was read, from the root. */
  readonly inputs: readonly string[]
}

const entry = 'local/console/app/main.tsx'
const template = 'local/console/app/index.html'
const icon = 'local/console/app/icon.svg'
const prices = 'ops/cost/prices.json'
const prefix = '/_console/'

/** What the console needs of the price list: `{item: {usd, per}}`. */
const readPrices = (root: string): string => {
  const {date, prices: table} = readJson<{date: string, prices: Record<string, {usd: number, per: number}>}>(join(root, prices))
  return JSON.stringify({date, items: Object.fromEntries(Object.entries(table).map(([name, {usd, per}]) => [name, usd / per]))})
}

/** The parts that the first view needs at once: the entry and what it imports statically. */
const firstParts = ({outputs}: Metafile): {script: string, style: string, shared: string[]} => {
  const [script, {cssBundle = '', imports}] = Object.entries(outputs).find(([, {entryPoint}]) => entryPoint === entry)!
  return {script, style: cssBundle, shared: imports.filter(({kind}) => kind === 'import-statement').map(({path}) => path)}
}

const buildPage = (root: string, metafile: Metafile): string => {
  const {script, style, shared} = firstParts(metafile)
  const address = (path: string): string => `${prefix}${basename(path)}`
  const tags = [
    `<link rel="icon" href="${prefix}icon.svg" type="image/svg+xml">`,
    `<link rel="stylesheet" href="${address(style)}">`,
    ...shared.map((path) => `<link rel="modulepreload" href="${address(path)}">`),
    `<script type="module" src="${address(script)}"></script>`
  ]
  return readFileSync(join(root, template), 'utf8').replace('<!-- parts -->', tags.join('\n    '))
}

/** What esbuild makes of the console: small parts with a digest in their names, loaded when they are needed. */
export const consoleOptions = (root: string) => ({
  absWorkingDir: root,
  entryPoints: [`./${entry}`],
  outdir: 'dist/console',
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  publicPath: prefix,
  bundle: true,
  splitting: true,
  write: false,
  metafile: true,
  format: 'esm',
  platform: 'browser',
  target: ['chrome119', 'firefox119', 'safari17.4'],
  mainFields: ['browser', 'module', 'main'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  loader: {'.woff2': 'file', '.svg': 'file'},
  define: {PRICES: readPrices(root), 'process.env.NODE_ENV': '"production"'},
  minify: true,
  treeShaking: true,
  legalComments: 'none',
  logLevel: 'silent'
}) satisfies BuildOptions

/** Every file of the console; the page comes last, so that it never names a part that is not there. */
export const consoleOutputs = (root: string, {outputFiles, metafile}: Built): Compiled => {
  const outputs = outputFiles.map(({path, contents}) => ({name: basename(path), contents}))
  const page = {name: 'index.html', contents: Buffer.from(buildPage(root, metafile))}
  const extra = [{name: 'icon.svg', contents: readFileSync(join(root, icon))}, page]
  return {outputs: [...outputs, ...extra], inputs: [...Object.keys(metafile.inputs).filter((path) => !path.startsWith('<')), template, icon, prices]}
}

/** Compiles the console. Throws esbuild's BuildFailure. */
export const compileConsole = async (root: string): Promise<Compiled> => consoleOutputs(root, await build(consoleOptions(root)))
