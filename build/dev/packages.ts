import {globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {build as bundle, type Plugin} from 'esbuild'
import {requireForCommonJs} from '../bundle/compile'

/** What the functions import of npm packages: names by specifier. */
type Imported = ReadonlyMap<string, ReadonlySet<string>>

const importLine = /^import (?!type )([^']+?) from '((?!\.|node:)[^']+)'/gm

const namesIn = (clause: string): string[] => {
  const inBraces = (/\{([^}]*)\}/.exec(clause)?.[1] ?? '').split(',').map((name) => name.trim()).filter((name) => name !== '' && !name.startsWith('type '))
  return [...clause.startsWith('{') ? [] : ['default'], ...inBraces.map((name) => name.split(' as ')[0]!)]
}

/** Reads the imports of src/lib, the only room of src that may import packages. */
export const importedPackages = (root: string): Imported => {
  const imported = new Map<string, Set<string>>()
  for (const path of globSync('src/lib/**/*.ts', {cwd: root, exclude: ['**/test/**']}).sort()) {
    for (const [, clause, specifier] of readFileSync(join(root, path), 'utf8').matchAll(importLine)) {
      imported.set(specifier!, new Set([...imported.get(specifier!) ?? [], ...namesIn(clause!)]))
    }
  }
  return imported
}

/** `aws-sdk-client-s3.mjs` of `@aws-sdk/client-s3`. */
const toFileName = (specifier: string): string => specifier.replace(/^@/, '').replaceAll('/', '-')

const entries = (root: string, imported: Imported): Plugin => ({
  name: 'packages',
  setup: (build) => {
    build.onResolve({filter: /^package:/}, ({path}) => ({path: path.slice('package:'.length), namespace: 'package'}))
    build.onLoad({filter: /./, namespace: 'package'}, ({path}) => ({contents: `export {${[...imported.get(path)!].join(', ')}} from '${path}'`, resolveDir: root}))
  }
})

/** Bundles what is used of each package, once for all functions: it does not change while one edits. */
export const bundlePackages = async (root: string, folder: string, imported: Imported): Promise<void> => {
  await bundle({
    absWorkingDir: root,
    entryPoints: [...imported.keys()].map((specifier) => ({in: `package:${specifier}`, out: toFileName(specifier)})),
    outdir: folder,
    outExtension: {'.js': '.mjs'},
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    mainFields: ['module', 'main'],
    keepNames: true,
    legalComments: 'none',
    banner: {js: requireForCommonJs},
    plugins: [entries(root, imported)],
    logLevel: 'silent'
  })
}

/** Leads imports of packages to what `bundlePackages` made of them, in a folder beside that of the functions. */
export const packagesOutside = (folder: string): Plugin => ({
  name: 'packages-outside',
  setup: (build) => build.onResolve({filter: /^[^.]/}, ({path, kind}) =>
    kind === 'entry-point' || path.startsWith('node:') ? undefined : {path: `../../${folder}/${toFileName(path)}.mjs`, external: true})
})
