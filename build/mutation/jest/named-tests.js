const isOfHandlers = ({path}) => path.includes('/lambdas/')
const sizeOf = ({path, context}) => context.hasteFS.getSize(path) ?? 0

/** Jest's order is the longest first. A mutant is done with at its first failing test, which the small ones are as good for. */
module.exports = function CheapestFirst() {
  return {
    sort: (tests) => tests.toSorted((one, other) => Number(isOfHandlers(one)) - Number(isOfHandlers(other)) || sizeOf(one) - sizeOf(other)),
    shard: (tests) => tests,
    allFailedTests: (tests) => tests,
    cacheResults: () => undefined
  }
}
