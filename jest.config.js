// Log lines of the code under test would drown the report; POWERTOOLS_LOG_LEVEL=DEBUG shows them.
process.env.POWERTOOLS_LOG_LEVEL ??= 'SILENT'

/** Unit, architecture, contract and workflow tests: no network, no processes of ours. */
export default {
  testEnvironment: 'node',
  // Tests against a real table take their time on a busy machine.
  testTimeout: 30_000,
  // One worker fewer than cores, Jest's default, leaves half of a small machine idle.
  maxWorkers: '100%',
  roots: ['<rootDir>/src', '<rootDir>/local', '<rootDir>/build', '<rootDir>/ops', '<rootDir>/shared', '<rootDir>/packages', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/test/integration/', '/test/captured/', '/test/reliability/'],
  // Our own package, from its source: what others install is built by its prepack.
  moduleNameMapper: {'^asl-verify/(.*)$': '<rootDir>/packages/asl-verify/src/$1'},
  setupFiles: ['<rootDir>/test/jest/localstack.js'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', {
      jsc: {target: 'es2023', parser: {syntax: 'typescript'}, experimental: {keepImportAttributes: true}},
      module: {type: 'es6'}
    }]
  }
}
