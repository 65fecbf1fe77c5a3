import TestRunner from 'jest-runner'

/** Ends with the first file that has a failing test. Jest's own `bail` ends the process, which Stryker would start again for each mutant. */
export default function FirstFailure(config, context) {
  const runner = new TestRunner(config, context)
  const runFiles = runner.runTests.bind(runner)
  let isSettled = false
  runner.on('test-file-success', ([, {numFailingTests}]) => { isSettled ||= numFailingTests > 0 })
  runner.on('test-file-failure', () => { isSettled = true })
  return Object.assign(runner, {
    runTests: async (tests, watcher, options) => {
      for (const test of tests) {
        await (isSettled || runFiles([test], watcher, {...options, serial: true}))
      }
    }
  })
}
