import type {Remembered} from '../bundle/freshness'

export const output = 'dist/console'

/** The build of the console below a root. */
export const consoleIn = (root: string): Remembered => ({
  root,
  stampFile: `${output}/.inputs.json`,
  programs: ['build/console/*.ts', 'build/bundle/{freshness,write-file}.ts', 'ops/cost/prices.json', 'local/console/app/**/*.{ts,tsx,css,html,svg}', 'package-lock.json'],
  files: [`${output}/index.html`]
})
