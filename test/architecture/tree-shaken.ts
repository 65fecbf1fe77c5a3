import {readFileSync} from 'node:fs'
import {build} from 'esbuild'
import {root} from './wired'

/** A function's own code with everything that it reaches, without what it never calls; npm packages stay outside. */
export const treeShaken = async (name: string): Promise<string> => {
  const {outputFiles} = await build({
    absWorkingDir: root,
    stdin: {contents: `export {handler} from './src/lambdas/${name}/src/index'`, resolveDir: root},
    write: false,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    treeShaking: true,
    logLevel: 'silent'
  })
  return outputFiles[0]!.text
}

/** Names that util/env.ts knows. */
export const environmentNames = (): string[] => {
  const [, union] = /export type EnvName =([\s\S]*?)\n\n/.exec(readFileSync(`${root}/src/util/env.ts`, 'utf8'))!
  return [...union!.matchAll(/'([A-Z_]+)'/g)].map(([, name]) => name!)
}
