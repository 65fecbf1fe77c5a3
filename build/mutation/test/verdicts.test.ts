import {describe, expect, it} from '@jest/globals'
import {countVerdicts} from '../verdicts'

const file = (...statuses: readonly string[]) => ({mutants: statuses.map((status) => ({status}))})

describe('The verdicts on mutants', () => {
  const report = {files: {
    'src/util/a.ts': file('Killed', 'Killed', 'Timeout', 'Survived', 'Ignored', 'CompileError'),
    'src/util/b.ts': file('NoCoverage'),
    'src/lambdas/A/src/index.ts': file('Survived')
  }}

  it('count what timed out as found, what no test runs as missed, and what means no other program not at all', () => {
    expect(countVerdicts(report, 'src/util/')).toEqual({
      'score %': 60, files: 2, mutants: 5, killed: 2, 'timed out': 1, survived: 1, 'without a test': 1, 'left out': 1
    })
  })

  it('are of the area alone that they are asked for', () => {
    expect(countVerdicts(report, 'src/lambdas/')).toMatchObject({'score %': 0, mutants: 1})
    expect(() => countVerdicts(report, 'src/types/')).toThrow('Expected mutants in src/types/; the report has verdicts on 3 files, none of them there.')
  })
})
