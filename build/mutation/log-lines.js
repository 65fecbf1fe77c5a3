const isLogLine = ({node: {type, callee}}) => type === 'CallExpression' && callee.type === 'MemberExpression' && callee.object.name === 'logger'

/** What people read in logs is no behaviour: its words may change without a test. https://stryker-mutator.io/docs/stryker-js/disable-mutants/ */
export const strykerPlugins = [{
  kind: 'Ignore',
  name: 'log-lines',
  value: {shouldIgnore: (path) => isLogLine(path) ? 'A line for people.' : undefined}
}]
