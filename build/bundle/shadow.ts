import {readFileSync} from 'node:fs'
import {relative} from 'node:path'
import {build, type OnLoadResult, type Plugin} from 'esbuild'
import {moduleForNode} from './module-for-node'

/** Every handler in one module that reaches nothing: its doors are someone else's, who says what the world answers. */
export interface ShadowBundle {
  readonly code: Uint8Array
  /** Every file that was read, from the root. */
  readonly inputs: readonly string[]
}

/** A door: what opens the outside world, one exported function a command. Some only calculate: they are what they are in a shadow too. */
const door = /src\/lib\/(?:vendor\/(?:AWS\/)?\w+|http\/Http|yt-dlp\/YtDlp)\.ts$/
const calculates = /\/(?:ContentDisposition|Environment|Feed|IpAddress|XmlList)\.ts$/

/** What a shadow may use of Node: nothing by which a process reaches out. */
const harmless = /^node:(?:async_hooks|buffer|crypto|events|module|stream|timers|timers\/promises|url|util|zlib)$/

const exported = (text: string): string[] => [...text.matchAll(/^export (?:const|(?:async )?function\*?) (\w+)/gm)].map(([, name]) => name!)

/** Tracing is of no use here, but keeping invocations apart is. */
const invocations = `import {AsyncResource} from 'node:async_hooks'
export const withXRay = (handler) => (event, context) => new AsyncResource('Invocation').runInAsyncScope(() => handler(event, context))
export const traceClient = (client) => client`

const replaced = (path: string): OnLoadResult => {
  const name = path.replace(/^.*src\/lib\/(?:vendor|http|yt-dlp)\//, '').replace(/\.ts$/, '')
  const calls = exported(readFileSync(path, 'utf8'))
    .map((command) => `export const ${command} = (...args) => shadowWorld.current.open('${name}', '${command}', args)`)
  return {loader: 'js', contents: name === 'AWS/XRay' ? invocations : calls.join('\n')}
}

const prelude = `export const shadowWorld = {current: undefined}
export class ShadowDate extends globalThis.Date {
  constructor(...args) {
    super(...args.length === 0 ? [shadowWorld.current.now()] : args)
  }
  static now() {
    return shadowWorld.current.now()
  }
}
export const shadowProcess = {get env() { return shadowWorld.current.environment() }}`

const entry = (names: readonly string[]): string => [
  ...names.map((name) => `import {handler as ${name}} from './src/lambdas/${name}/src/index'`),
  `export const handlers = {${names.join(', ')}}`,
  'export {NamedError, errorTable} from \'./src/util/errors\'',
  'export {fileIdOf} from \'./src/lambdas/RequestFile/src/file-identity\'',
  'export {releaseMarginMilliseconds} from \'./src/util/sources/not-yet-available\'',
  'export {formatNamed} from \'./src/util/media/media-formats\'',
  'export {titleOf} from \'./src/util/sources/source-name\'',
  'export {deviceKey, fileKey, fileUserKey} from \'./src/util/files/keys\'',
  'export {shadowWorld} from \'shadow:prelude\''
].join('\n')

const plugin = (names: readonly string[], inputs: Set<string>): Plugin => ({
  name: 'shadow',
  setup: (own) => {
    const {absWorkingDir = ''} = own.initialOptions
    own.onResolve({filter: /^shadow:/}, ({path}) => ({path, namespace: 'shadow'}))
    own.onLoad({filter: /prelude/, namespace: 'shadow'}, () => ({contents: prelude, loader: 'js'}))
    own.onLoad({filter: /entry/, namespace: 'shadow'}, () => ({contents: entry(names), loader: 'js', resolveDir: absWorkingDir}))
    own.onLoad({filter: door}, ({path}) => {
      inputs.add(relative(absWorkingDir, path))
      return calculates.test(path) ? undefined : replaced(path)
    })
  }
})

/** `isIP` tells what a text is; it opens no connection. */
const isLiteralCheck = (statement: string): boolean => /^import \{ isIP(?:v[46])?(?: as \w+)? \} from "node:net";$/.test(statement)

const requireHarmless = (code: string): void => {
  const reached = [...code.matchAll(/^import .*?(?:from )?"([^"]+)";$/gm)].filter(([statement, path]) => !harmless.test(path!) && !isLiteralCheck(statement)).map(([, path]) => path)
  if (reached.length > 0) {
    throw new Error(`Expected the shadow of the functions to reach nothing outside; it imports ${[...new Set(reached)].join(', ')}. What does so belongs behind a door, a file of src/lib.`)
  }
}

/** Bundles the named functions below a root for a shadow replay. Throws if something of them would reach out, and esbuild's BuildFailure. */
export const compileShadow = async (root: string, names: readonly string[]): Promise<ShadowBundle> => {
  const inputs = new Set<string>()
  const {outputFiles, metafile} = await build({
    ...moduleForNode,
    absWorkingDir: root,
    entryPoints: [{in: 'shadow:entry', out: 'index'}],
    outdir: 'dist/shadow',
    define: {Date: 'ShadowDate', process: 'shadowProcess'},
    inject: ['shadow:prelude'],
    plugins: [plugin(names, inputs)]
  })
  requireHarmless(outputFiles[0]!.text)
  return {code: outputFiles[0]!.contents, inputs: [...inputs, ...Object.keys(metafile.inputs).filter((path) => !path.startsWith('shadow:'))]}
}

/** Bundles the thread in which shadows are played, so that it starts at once and runs without a loader. */
export const compileShadowWorker = async (root: string): Promise<ShadowBundle> => {
  const {outputFiles, metafile} = await build({
    ...moduleForNode,
    absWorkingDir: root,
    entryPoints: ['local/replay/worker.ts'],
    outdir: 'dist/shadow',
    packages: 'external'
  })
  return {code: outputFiles[0]!.contents, inputs: Object.keys(metafile.inputs)}
}
