import {readFileSync, writeFileSync} from 'node:fs'

/** In the sandbox, which all workers of a run share: of each test file its tests, and how long it took. */
const file = 'tests-by-file.json'

const keep = (_tests, {testResults}) => {
  const files = testResults.map(({testFilePath, testResults: tests, perfStats: {runtime}}) =>
    [testFilePath, {names: tests.map(({fullName}) => fullName), runtime}])
  writeFileSync(file, JSON.stringify(Object.fromEntries(files)))
}

const isOfHandlers = ({path}) => path.includes('/lambdas/')

/** Handlers' tests judge a helper that no test of helpers reaches. */
const nearest = (tests) => {
  const near = tests.filter((test) => !isOfHandlers(test))
  return near.length === 0 ? tests : near
}

const named = (tests, pattern) => {
  const known = JSON.parse(readFileSync(file, 'utf8'))
  const some = tests.filter(({path}) => known[path]?.names.some((name) => pattern.test(name)))
  return nearest(some).toSorted((one, other) => known[one.path].runtime - known[other.path].runtime)
}

/**
 * Which files a mutant needs. Stryker names the tests that reach it; Jest would load every file to look for them there. The first run,
 * which has no pattern, keeps which test is where. Short files come first: the first failing test settles it.
 */
export default function NamedTests({globalConfig: {testNamePattern}}) {
  const pattern = testNamePattern && new RegExp(testNamePattern)
  return {
    sort: (tests) => pattern ? named(tests, pattern) : tests,
    shard: (tests) => tests,
    allFailedTests: (tests) => tests,
    cacheResults: pattern ? () => undefined : keep
  }
}
