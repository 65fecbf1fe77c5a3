import {describe, expect, test} from '@jest/globals'
import {fileKey} from '../../../util/files/keys'
import {before, describeExecution, examine, file, found, headObject, now, startExecution, table, tick} from './fixture'

const soon = '2025-12-01T00:00:00.000Z'
const started = [{stateMachineArn: 'arn:workflow', input: '{"fileId":"a"}'}]

describe('a file past its metadata that no execution has claimed', () => {
  test.each([
    ['MetadataReady', {}, ['metadata-without-execution mended']],
    ['Scheduled', {availableAt: soon}, ['metadata-without-execution mended']],
    ['MetadataReady', {updatedAt: before(4)}, []],
    ['MetadataReady', {updatedAt: before(5)}, []]
  ])('%s without a claim, %j, is given to the workflow', async (status, more, drift) => {
    await table.put(file(status, more))
    expect(await found()).toEqual(drift)
    expect(startExecution.mock.calls).toEqual(drift.map(() => started))
  })

  test('that no one claims though it is Downloading is given to a new one', async () => {
    await table.put(file('Downloading'))
    expect(await found()).toEqual(['claim-without-execution mended'])
    expect(await table.get(fileKey('a'))).toEqual(file('MetadataReady', {recoveries: 1, availableAt: now, updatedAt: now}))
    expect(startExecution.mock.calls).toEqual([started])
  })

  test.each([
    ['MetadataReady', 'metadata-without-execution', 'MetadataReady, and no execution has claimed it'],
    ['Scheduled', 'metadata-without-execution', 'Scheduled, and no execution has claimed it'],
    ['Downloading', 'claim-without-execution', 'Downloading, claimed by no one']
  ])('%s, is told since its last change', async (status, kind, detail) => {
    await table.put(file(status))
    expect((await examine('unfinished')).drift).toEqual([{kind, fileId: 'a', since: before(6), detail, outcome: 'found'}])
  })
})

describe('a file past its metadata that an execution has claimed', () => {
  test.each(['FAILED', 'ABORTED', 'TIMED_OUT', 'SUCCEEDED'])('whose execution %s is released and given to a new one, its upload kept', async (status) => {
    describeExecution.mockResolvedValue({status})
    await table.put(file('Downloading', {claimedBy: 'arn:old', uploadId: 'u-1'}))
    expect(await found()).toEqual(['claim-without-execution mended'])
    expect(await table.get(fileKey('a'))).toEqual(file('MetadataReady', {uploadId: 'u-1', recoveries: 1, availableAt: now, updatedAt: now}))
    expect(startExecution.mock.calls).toEqual([started])
  })

  test('whose execution is gone altogether is given to a new one', async () => {
    await table.put(file('Downloading', {claimedBy: 'arn:old'}))
    expect(await found()).toEqual(['claim-without-execution mended'])
  })

  test.each([
    ['TIMED_OUT', 'TIMED_OUT', async () => ({status: 'TIMED_OUT'})],
    ['of no status', 'UNKNOWN', async () => ({})],
    ['gone', 'gone', undefined]
  ])('is told with its execution, asked for by its ARN, that is %s', async (_, status, answer) => {
    if (answer !== undefined) {
      describeExecution.mockImplementation(answer)
    }
    await table.put(file('Scheduled', {claimedBy: 'arn:old'}))
    expect((await examine('unfinished')).drift).toEqual([
      {kind: 'claim-without-execution', fileId: 'a', since: before(6), detail: `Scheduled, claimed by an execution that is ${status}`, outcome: 'found'}
    ])
    expect(describeExecution.mock.calls).toEqual([[{executionArn: 'arn:old'}]])
  })

  test('has no object looked for where it has no key yet', async () => {
    await table.put(file('Downloading', {claimedBy: 'arn:old'}))
    expect((await examine('unfinished')).found).toBe(1)
    expect(headObject).not.toHaveBeenCalled()
  })

  test.each(['MetadataReady', 'Scheduled', 'Downloading'])('%s, whose execution runs is left alone, however long it waits', async (status) => {
    describeExecution.mockResolvedValue({status: 'RUNNING'})
    const waiting = file(status, {claimedBy: 'arn:old', updatedAt: before(1_000)})
    await table.put(waiting)
    expect(await found()).toEqual([])
    expect(await table.get(fileKey('a'))).toEqual(waiting)
  })

  test.each(['Failed', 'Downloaded'])('that is %s has had its execution, which is not asked for', async (status) => {
    await table.put(file(status, {claimedBy: 'arn:old'}))
    expect(await found()).toEqual([])
    expect(describeExecution).not.toHaveBeenCalled()
  })

  test('that another has moved on meanwhile gets no second execution', async () => {
    describeExecution.mockImplementation(async () => {
      await table.put(file('Failed', {updatedAt: now}))
      return {status: 'FAILED'}
    })
    await table.put(file('Downloading', {claimedBy: 'arn:old'}))
    expect(await found()).toEqual(['claim-without-execution mended'])
    expect(await table.get(fileKey('a'))).toEqual(file('Failed', {updatedAt: now}))
    expect(startExecution).not.toHaveBeenCalled()
  })

  test('that was recovered three times is an error: its cause is another', async () => {
    await table.put(file('Downloading', {claimedBy: 'arn:old', recoveries: 3}))
    await expect(tick()).rejects.toThrow('Expected file a to come home within 3 more executions; the last, arn:old, ended as well.')
    expect(startExecution).not.toHaveBeenCalled()
  })
})

describe('a claimed file and its time', () => {
  test('that waits for its time costs no call, but for the daily sweep', async () => {
    await table.put(file('Scheduled', {claimedBy: 'arn:old', availableAt: soon}))
    expect(await found()).toEqual([])
    expect(describeExecution).not.toHaveBeenCalled()
    expect(await found('ReconcileFilesDaily')).toEqual(['claim-without-execution mended'])
  })

  test.each([
    ['Scheduled', 'that has come', before(0.1)],
    ['Scheduled', 'that comes just now', now],
    ['Downloading', 'that is still to come', soon]
  ])('%s, at a time %s, is given to a new execution by any sweep', async (status, _, availableAt) => {
    await table.put(file(status, {claimedBy: 'arn:old', availableAt}))
    expect(await found()).toEqual(['claim-without-execution mended'])
  })

  test.each([[5, []], [5.1, ['claim-without-execution mended']]])('is left to work until %f minutes after its last change', async (minutes, drift) => {
    await table.put(file('Downloading', {claimedBy: 'arn:old', updatedAt: before(minutes)}))
    expect(await found()).toEqual(drift)
    expect(describeExecution).toHaveBeenCalledTimes(drift.length)
  })
})
