import {join} from 'node:path'
import {build, type BuildFailure, type Metafile, type OutputFile} from 'esbuild'
import {moduleForNode} from './module-for-node'
import {ownSourceMap} from './own-source-map'

/** One function as it is deployed. */
export interface Bundle {
  readonly name: string
  readonly code: Uint8Array
  readonly sourceMap: Uint8Array
  /** Bytes of the bundle by file that they come from. */
  readonly parts: Readonly<Record<string, number>>
}

export interface Compiled {
  readonly bundles: readonly Bundle[]
  /** Every file that was read, from the root. */
  readonly inputs: readonly string[]
}

/** The X-Ray SDK and parts of the AWS SDK are CommonJS and call `require` for Node's own modules; an ES module has none. */
export const requireForCommonJs = 'import {createRequire} from \'node:module\';const require=createRequire(import.meta.url);'

const findOutput = (files: readonly OutputFile[], suffix: string): OutputFile => {
  const file = files.find(({path}) => path.endsWith(suffix))
  if (file === undefined) {
    throw new Error(`Expected esbuild to write ${suffix}; it wrote ${files.map(({path}) => path).join(', ')}.`)
  }
  return file
}

const measureParts = ({outputs}: Metafile, name: string): Record<string, number> => {
  const {inputs} = Object.entries(outputs).find(([path]) => path.endsWith(`${name}/index.mjs`))![1]
  return Object.fromEntries(Object.entries(inputs).map(([path, {bytesInOutput}]) => [path, bytesInOutput]))
}

/** Bundles the named functions below a root, all in one run so that shared modules are parsed once. Throws esbuild's BuildFailure. */
export const compile = async (root: string, names: readonly string[]): Promise<Compiled> => {
  const {outputFiles, metafile} = await build({
    ...moduleForNode,
    absWorkingDir: root,
    entryPoints: names.map((name) => ({in: `./src/lambdas/${name}/src/index.ts`, out: `${name}/index`})),
    outdir: 'dist/lambdas',
    mainFields: ['module', 'main'],
    minify: true,
    // Error names are API, and some libraries take theirs from the class.
    keepNames: true,
    treeShaking: true,
    sourcemap: 'linked',
    sourcesContent: false,
    banner: {js: requireForCommonJs}
  })
  const bundles = names.map((name) => ({
    name,
    code: findOutput(outputFiles, join(name, 'index.mjs')).contents,
    sourceMap: Buffer.from(ownSourceMap(findOutput(outputFiles, join(name, 'index.mjs.map')).text)),
    parts: measureParts(metafile, name)
  }))
  return {bundles, inputs: Object.keys(metafile.inputs)}
}

/** Whether an error is esbuild's, whose message says file, line and column. */
export const isBuildFailure = (error: unknown): error is BuildFailure => error instanceof Error && 'errors' in error && 'warnings' in error
