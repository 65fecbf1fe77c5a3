import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from '@jest/globals'
import type {Machine, State} from 'asl-verify/definition'
import {stories, transitionsByPath} from '../paths'
import {walk} from '../walk'

const workflow = JSON.parse(readFileSync(join(import.meta.dirname, '../../../terraform/workflows/FileDownloadWorkflow.asl.json'), 'utf8')) as Machine

describe('the ways through FileDownloadWorkflow', () => {
  test('cost these transitions, start and end included', () => {
    expect(transitionsByPath(workflow)).toEqual({success: 8, ranged: 26, retried: 9, premiere: 11, failure: 11, exhausted: 16, claimed: 4})
  })

  test('lead a success through six states', () => {
    const states = ['ClaimFile', 'WaitUntilAvailable', 'PublishFileDownloadStarted', 'TransferFile', 'WholeOrRanges', 'Transferred']
    expect(walk(workflow, stories.success)).toEqual({states, retries: 0})
  })

  test('lead 1 GiB through sixteen ranges', () => {
    const {states} = walk(workflow, stories.ranged)
    expect(states.filter((name) => name === 'TransferRange').length).toBe(16)
    expect(states.filter((name) => name !== 'TransferRange').slice(4)).toEqual(['WholeOrRanges', 'TransferRanges', 'CompleteUpload', 'Transferred'])
  })

  test('end at once where another execution has the file', () => {
    expect(walk(workflow, stories.claimed)).toEqual({states: ['ClaimFile', 'AlreadyClaimed'], retries: 0})
  })

  test('record and announce a failure', () => {
    expect(walk(workflow, stories.failure).states).toEqual([
      'ClaimFile', 'WaitUntilAvailable', 'PublishFileDownloadStarted', 'TransferFile',
      'DescribeFailure', 'DescribeFunctionError', 'RecordFailure', 'PublishFileDownloadFailed', 'DownloadFailed'
    ])
  })

  test('wait and look again where the source says not yet', () => {
    expect(walk(workflow, stories.premiere).states.slice(3)).toEqual(['TransferFile', 'RescheduleTransfer', 'WaitForRetry', 'TransferFile', 'WholeOrRanges', 'Transferred'])
  })

  test('try a transfer six times before they give up', () => {
    expect(walk(workflow, stories.exhausted)).toMatchObject({retries: 5})
  })
})

describe('a walk', () => {
  const task: State = {Type: 'Task', Retry: [{ErrorEquals: ['Busy'], MaxAttempts: 1}], Catch: [{ErrorEquals: ['Again'], Next: 'Once'}]}
  const definition: Machine = {StartAt: 'Once', States: {
    Once: {...task, Next: 'Which'},
    Which: {Type: 'Choice', Choices: [{Next: 'Good'}], Default: 'Bad'},
    Good: {Type: 'Succeed'},
    Bad: {Type: 'Fail'}
  }}

  test('has its retries back when it comes to a state again', () => {
    expect(walk(definition, {errors: {Once: ['Busy', 'Again', 'Busy']}, choices: {Which: 'Bad'}}))
      .toEqual({states: ['Once', 'Once', 'Once', 'Once', 'Which', 'Bad'], retries: 2})
  })

  test('ends where nothing catches an error', () => {
    expect(walk(definition, {errors: {Once: ['Unknown']}})).toEqual({states: ['Once'], retries: 0})
  })

  test('is refused where a choice has no such branch', () => {
    expect(() => walk(definition, {choices: {Which: 'Ugly'}})).toThrow('Expected the story to choose one of Good, Bad in Which; it chooses Ugly.')
  })

  test('is refused where an error of the story cannot happen', () => {
    expect(() => walk(definition, {errors: {Once: ['Busy', 'Unknown', 'Busy']}})).toThrow('those of Once did not')
  })

  test('is refused where the workflow does not end', () => {
    expect(() => walk({StartAt: 'Round', States: {Round: {Type: 'Pass', Next: 'Round'}}}, {})).toThrow('to end within 1000 states')
  })
})
