import {join} from 'node:path'
import {describe, expect, it} from '@jest/globals'
import type {Entry} from 'asl-verify/facts/facts'
import {publishingStates} from '../../build/contracts/asl'
import {aslMisfits} from '../../build/contracts/asl-fit'
import {readContracts} from '../../shared/contracts/schema'

const root = join(import.meta.dirname, '../..')
const contracts = readContracts(root)
const states = publishingStates(root)

describe('events that workflows publish', () => {
  it('are the start and the failure of a download', () => {
    expect(states.map(({workflow, state, entry}) => `${workflow}.${state} ${entry.DetailType}`)).toEqual([
      'FileDownloadWorkflow.PublishFileDownloadStarted FileDownloadStarted',
      'FileDownloadWorkflow.PublishFileDownloadFailed FileDownloadFailed'
    ])
  })

  it.each(states)('$workflow.$state fits its contract', ({entry}) => {
    expect(aslMisfits(entry, contracts)).toEqual([])
  })
})

describe('aslMisfits', () => {
  const entry = states.find(({entry}) => entry.DetailType === 'FileDownloadFailed')!.entry
  const {'retryable.$': _, ...withoutRetryable} = entry.Detail!

  it.each<[string, Entry, string[]]>([
    ['an unknown event', {...entry, DetailType: 'FileDownloadFaild'}, ['DetailType \'FileDownloadFaild\' is no event']],
    ['a reserved source', {...entry, Source: 'aws.mediadownloader.download'}, ['Source \'aws.mediadownloader.download\' is not \'mediadownloader.download\'']],
    ['a missing detail', {...entry, Detail: undefined}, ['Detail is not an object']],
    ['a missing property', {...entry, Detail: withoutRetryable}, ['\'retryable\' is required and missing']],
    ['a mistyped property', {...entry, Detail: {...entry.Detail, 'sourceURL.$': '$.sourceUrl'}}, ['\'sourceURL\' is not in the contract']],
    ['a literal of the wrong type', {...entry, Detail: {...withoutRetryable, retryable: 'true'}}, ['\'retryable\' must be boolean']],
    ['a literal that is too short', {...entry, Detail: {...entry.Detail, 'errorCode.$': undefined, errorCode: ''}}, ['\'errorCode\' must NOT have fewer than 1 characters']],
    ['a context value of the wrong format', {...entry, Detail: {...entry.Detail, 'failedAt.$': '$$.Execution.Id'}}, ['\'failedAt\' must match format "date-time"']]
  ])('finds %s', (_what, mutant, misfits) => {
    const Detail = mutant.Detail && Object.fromEntries(Object.entries(mutant.Detail).filter(([, value]) => value !== undefined))
    expect(aslMisfits({...mutant, Detail}, contracts)).toEqual(misfits)
  })
})
