/** Of the report that Stryker writes: https://github.com/stryker-mutator/mutation-testing-elements/tree/master/packages/report-schema */
export interface MutationReport {
  readonly files: Readonly<Record<string, {readonly mutants: ReadonlyArray<{readonly status: string}>}>>
}

const found = ['Killed', 'Timeout']
const missed = ['Survived', 'NoCoverage']

/** How many mutants the tests found, of those that mean another program; throws if there is none. */
export const countVerdicts = ({files}: MutationReport, area: string) => {
  const named = Object.entries(files).filter(([name]) => name.startsWith(area))
  const statuses = named.flatMap(([, {mutants}]) => mutants.map(({status}) => status))
  const count = (...some: readonly string[]): number => statuses.filter((status) => some.includes(status)).length
  const valid = count(...found, ...missed)
  if (valid === 0) {
    throw new Error(`Expected mutants in ${area}; the report has verdicts on ${Object.keys(files).length} files, none of them there.`)
  }
  return {
    'score %': Number((count(...found) / valid * 100).toFixed(1)), files: named.length, mutants: valid, killed: count('Killed'), 'timed out': count('Timeout'),
    survived: count('Survived'), 'without a test': count('NoCoverage'), 'left out': count('Ignored')
  }
}
