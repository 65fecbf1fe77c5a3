import unit from './jest.config.js'

/** Integration tests: against the embedded runtime, or the endpoint in AWS_ENDPOINT_URL. */
export default {
  ...unit,
  roots: ['<rootDir>/test/integration'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 60_000,
  maxWorkers: 1
}
