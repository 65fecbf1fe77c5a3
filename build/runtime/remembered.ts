import type {Remembered} from '../bundle/freshness'

export const output = 'dist/runtime'

/** What is started by node directly, by the name of its module in dist/runtime. */
export const programs = {main: 'local/cli/main.ts', demo: 'local/cli/demo.ts', fresh: 'build/start/fresh.ts'} as const

export const programFile = (name: keyof typeof programs): string => `${output}/${name}.mjs`

/** The build of the embedded AWS below a root. */
export const runtimeIn = (root: string): Remembered => ({
  root,
  stampFile: `${output}/.inputs.json`,
  programs: ['build/runtime/*.ts', 'build/bundle/{compile,freshness,module-for-node,write-file}.ts', 'package-lock.json'],
  files: [programFile('main'), programFile('demo'), programFile('fresh')]
})
