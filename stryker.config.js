/**
 * Mutation testing of the helpers and handlers by their own unit tests: `npm run mutation`, the seventh proof of docs/reliability.md.
 * Options: node_modules/@stryker-mutator/core/schema/stryker-schema.json
 */
export default {
  mutate: ['src/util/**/*.ts', 'src/lambdas/**/*.ts', '!src/**/test/**'],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  // Which tests a mutant needs is known from the first run: build/mutation/jest.
  jest: {configFile: 'jest.mutation.config.js', enableFindRelatedTests: false},
  plugins: ['@stryker-mutator/jest-runner', './build/mutation/log-lines.js'],
  ignorers: ['log-lines'],
  coverageAnalysis: 'perTest',
  // What only runs as a module loads, tables of constants for the most part, would need every test again for each mutant.
  ignoreStatic: true,
  // A mutant whose code and tests are as they were keeps its verdict.
  incremental: true,
  incrementalFile: 'node_modules/.cache/stryker/incremental.json',
  // The tests strip types themselves.
  disableTypeChecks: false,
  ignorePatterns: ['dist', '.local', '.terraform'],
  tempDirName: 'dist/mutation',
  // Tests of transfers wait more than they compute: more of them than CPUs.
  concurrency: 4,
  timeoutMS: 10_000,
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: {logTests: false, reportTests: false, allowColor: false},
  jsonReporter: {fileName: 'dist/reports/mutation.json'},
  thresholds: {high: 95, low: 85, break: null}
}
