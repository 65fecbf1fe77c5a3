import {existsSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import type {Remembered} from './freshness'

const output = 'dist/lambdas'

/** Names of all functions below a repository root, sorted. */
export const functionNames = (root: string): string[] =>
  readdirSync(join(root, 'src/lambdas')).filter((name) => existsSync(join(root, 'src/lambdas', name, 'src/index.ts'))).sort()

export const outputPaths = (name: string): {bundle: string, sourceMap: string, zip: string} =>
  ({bundle: `${output}/${name}/index.mjs`, sourceMap: `${output}/${name}/index.mjs.map`, zip: `${output}/${name}.zip`})

/** The build of all functions below a root. */
export const functionsIn = (root: string): Remembered => ({
  root,
  stampFile: `${output}/.inputs.json`,
  programs: ['build/bundle.ts', 'build/bundle/*.ts', 'package-lock.json'],
  files: functionNames(root).map((name) => outputPaths(name).zip)
})
