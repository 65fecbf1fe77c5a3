import unit from './jest.config.js'

/** What mutation testing runs: the unit tests of src. */
export default {...unit, roots: ['<rootDir>/src'], testSequencer: '<rootDir>/build/mutation/cheapest-first.cjs'}
