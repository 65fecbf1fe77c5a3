import {join} from 'node:path'
import {build, type BuildOptions, type OutputFile} from 'esbuild'
import {requireForCommonJs} from '../bundle/compile'
import {moduleForNode} from '../bundle/module-for-node'
import {dynaliteActions} from './dynalite'
import {placesBanner, sourcePlaces} from './places'
import {output, programs} from './remembered'

export interface Compiled {
  readonly outputs: readonly OutputFile[]
  /** Every file that was read, from the root. */
  readonly inputs: readonly string[]
}

const options = (root: string) => ({
  ...moduleForNode,
  absWorkingDir: root,
  entryPoints: Object.entries(programs).map(([out, path]) => ({in: `./${path}`, out})),
  outdir: output,
  // What is imported at need lies in parts of its own.
  splitting: true,
  chunkNames: 'part-[hash]',
  mainFields: ['module', 'main'],
  // Native: it looks for its library beside itself.
  external: ['classic-level'],
  minifySyntax: true,
  minifyWhitespace: true,
  keepNames: true,
  sourcemap: 'linked',
  sourcesContent: false,
  banner: {js: requireForCommonJs + placesBanner},
  plugins: [sourcePlaces(root, join(root, output)), dynaliteActions]
}) satisfies BuildOptions

/** Compiles the embedded AWS. Throws esbuild's BuildFailure. */
export const compileRuntime = async (root: string): Promise<Compiled> => {
  const {outputFiles, metafile} = await build(options(root))
  return {outputs: outputFiles, inputs: Object.keys(metafile.inputs).filter((path) => !path.startsWith('<'))}
}
