import unit from './jest.config.js'

const jest = '<rootDir>/build/mutation/jest'

/** What mutation testing runs: the unit tests of src, for each mutant those that reach it until one fails. */
export default {...unit, roots: ['<rootDir>/src'], testTimeout: 10_000, testSequencer: `${jest}/named-tests.js`, runner: `${jest}/first-failure.js`}
