import unit from './jest.config.js'

if (process.env.USE_LOCALSTACK === 'true') {
  process.env.AWS_ENDPOINT_URL ??= `http://${process.env.LOCALSTACK_HOST ?? '127.0.0.1:4566'}`
}

/**
 * Integration tests. Each starts an embedded runtime of its own; where AWS_ENDPOINT_URL names another endpoint,
 * those that any AWS-like endpoint can answer run against that one. Two at a time: most of a test is waiting, and each
 * runtime has processes of its own.
 */
export default {
  ...unit,
  roots: ['<rootDir>/test/integration', '<rootDir>/test/captured'],
  testMatch: [process.env.AWS_ENDPOINT_URL === undefined ? '**/*.test.ts' : '**/*.endpoint.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 60_000,
  testSequencer: '<rootDir>/test/jest/longest-first.js',
  maxWorkers: 2
}
