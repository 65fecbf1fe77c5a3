import {describe, expect, it} from '@jest/globals'
import {verdictText} from 'asl-verify/report'
import {verify} from 'asl-verify/verify'
import {mutate} from './mutate'
import {rangedFacts, rangedText} from './ranged/facts'

describe('a verdict', () => {
  it('shows the transitions of every path', () => {
    expect(verdictText(verify(rangedText, rangedFacts), rangedFacts)).toBe([
      'RangedTransfer: 19 states, no findings',
      '  path with Map or Parallel: 5 transitions besides the function TransferWhole, and 1 for each item of TransferRanges: PlanTransfer → OneOrMany → CreateUpload → TransferRanges → CompleteUpload',
      '  common path: 2 transitions besides the function TransferWhole, at most 2 promised: PlanTransfer → OneOrMany → TransferWhole'
    ].join('\n'))
  })

  it('shows each finding with its code, its place and a sentence', () => {
    const text = mutate(rangedText, [{op: 'remove', path: '/States/TransferRanges/MaxConcurrency'}])
    expect(verdictText(verify(text, rangedFacts), rangedFacts).split('\n').slice(3)).toEqual([
      '',
      'map-concurrency  TransferRanges  /States/TransferRanges',
      '  Expected MaxConcurrency of at least 1; found none, which means as many as Step Functions can. Say how many the other side bears.'
    ])
  })
})
