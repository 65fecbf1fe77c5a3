import {statSync} from 'node:fs'
import {join} from 'node:path'
import {type BuildContext, type BuildOptions, context} from 'esbuild'
import {functionNames} from '../bundle/functions'
import {moduleForNode} from '../bundle/module-for-node'
import {writeFile} from '../bundle/write-file'
import {bundlePackages, importedPackages, packagesOutside} from './packages'

/** A build that stays open; each run writes what changed. */
export interface Builder {
  /** Builds what changed and returns the names of what is new. Throws what esbuild throws, or many of that; what is there then stays. */
  rebuild: () => Promise<string[]>
  dispose: () => Promise<void>
}

const buildOptions = (root: string, dist: string, name: string) => ({
  ...moduleForNode,
  absWorkingDir: root,
  entryPoints: [{in: `./src/lambdas/${name}/src/index.ts`, out: `${name}/index`}],
  outdir: join(dist, 'lambdas'),
  // As deployed, but readable: a debugger shows the names of variables.
  keepNames: true,
  sourcemap: 'linked',
  sourcesContent: false,
  plugins: [packagesOutside('packages')]
}) satisfies BuildOptions

/** Time of change and size of a file; undefined: there is none. */
type StateOf = (path: string) => string | undefined

/** What files are like now: each is looked at once. */
const statesBelow = (root: string): StateOf => {
  const known = new Map<string, string | undefined>()
  return (path) => {
    if (!known.has(path)) {
      const stats = statSync(join(root, path), {throwIfNoEntry: false})
      known.set(path, stats && `${stats.mtimeMs} ${stats.size}`)
    }
    return known.get(path)
  }
}

interface OpenFunction {
  readonly name: string
  readonly context: BuildContext<ReturnType<typeof buildOptions>>
  /** States of the files that it was built from; undefined: the last build failed. */
  inputs?: ReadonlyMap<string, string | undefined> | undefined
}

const isStale = ({inputs}: OpenFunction, stateOf: StateOf): boolean =>
  inputs === undefined || [...inputs].some(([path, state]) => stateOf(path) !== state)

/** Whether its bundle is new. */
const rebuildFunction = async (built: OpenFunction, stateOf: StateOf): Promise<boolean> => {
  built.inputs = undefined
  const {outputFiles, metafile} = await built.context.rebuild()
  built.inputs = new Map(Object.keys(metafile.inputs).map((path) => [path, stateOf(path)]))
  // A map before its bundle, which a runtime looks at.
  const inOrder = outputFiles.toSorted((one, other) => other.path.length - one.path.length)
  return inOrder.map(({path, contents}) => writeFile(path, contents)).includes(true)
}

/** Builds each that is stale, whatever becomes of the others. Returns the names of what is new. */
const rebuildStale = async (functions: readonly OpenFunction[], stateOf: StateOf): Promise<string[]> => {
  const errors: unknown[] = []
  const names = await Promise.all(functions.filter((each) => isStale(each, stateOf)).map(async (each) => {
    const isNew = await rebuildFunction(each, stateOf).catch((error: unknown) => { errors.push(error) })
    return isNew === true ? [each.name] : []
  }))
  if (errors.length > 0) {
    throw new AggregateError(errors)
  }
  return names.flat()
}

const shown = (imported: ReturnType<typeof importedPackages>): string =>
  JSON.stringify([...imported].map(([specifier, names]) => [specifier, ...names]))

/** Builds every function below a root into `<dist>/lambdas`. A runtime takes up what changed at the next invocation. */
export const functionBuilder = async (root: string, dist: string): Promise<Builder> => {
  const open = async (name: string): Promise<OpenFunction> => ({name, context: await context(buildOptions(root, dist, name))})
  const functions = await Promise.all(functionNames(root).map(open))
  let known = ''
  return {
    rebuild: async () => {
      const imported = importedPackages(root)
      if (shown(imported) !== known) {
        await bundlePackages(root, join(dist, 'packages'), imported)
        known = shown(imported)
      }
      return rebuildStale(functions, statesBelow(root))
    },
    dispose: async () => { await Promise.all(functions.map((each) => each.context.dispose())) }
  }
}
