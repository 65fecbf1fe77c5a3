import {afterAll, afterEach, beforeEach, describe, expect, jest, test} from '@jest/globals'
import type {StartExecutionInput, StartExecutionOutput} from '@aws-sdk/client-sfn'
import {context} from '../../../../test/helpers/context'
import {freezeDate} from '../../../../test/helpers/frozen-date'
import {startTable} from '../../../../test/helpers/table'
import {fileKey, fileUserKey} from '../../../util/files/keys'

const startExecution = jest.fn<(input: StartExecutionInput) => Promise<Partial<StartExecutionOutput>>>()
jest.unstable_mockModule('../../../lib/vendor/AWS/StepFunctions', () => ({startExecution}))
const invoke = jest.fn<(input: {FunctionName?: string, Payload?: Uint8Array}) => Promise<{FunctionError?: string, Payload: Uint8Array}>>()
jest.unstable_mockModule('../../../lib/vendor/AWS/Lambda', () => ({invoke}))

const table = await startTable()
process.env.STATE_MACHINE_ARN = 'arn:aws:states:us-west-2:123456789012:stateMachine:FileDownloadWorkflow'
process.env.REQUEST_FILE_FUNCTION_NAME = 'RequestFile'
const {handler} = await import('../src')

const file = (fileId: string, status: string, availableAt: string, more: Record<string, unknown> = {}): Record<string, unknown> =>
  ({...fileKey(fileId), fileId, status, availableAt, ...more})

const answer = (statusCode: number): {Payload: Uint8Array} => ({Payload: new TextEncoder().encode(JSON.stringify({statusCode, body: '{}'}))})
const requested = (): unknown[] => invoke.mock.calls.map(([{Payload}]) => JSON.parse(new TextDecoder().decode(Payload)) as unknown)

const started = (): string[] => startExecution.mock.calls.map(([{input = ''}]) => (JSON.parse(input) as {fileId: string}).fileId).toSorted()

beforeEach(() => {
  freezeDate('2025-11-23T10:00:00.000Z')
  startExecution.mockReset().mockResolvedValue({executionArn: 'arn:execution'})
  invoke.mockReset().mockImplementation(async () => answer(202))
})

afterEach(async () => {
  jest.useRealTimers()
  await table.clear()
})

afterAll(() => table.stop())

test('starts the workflow for files that are due and unclaimed', async () => {
  await table.put(
    file('ready', 'MetadataReady', '2025-11-23T09:59:00.000Z'),
    file('due', 'Scheduled', '2025-11-23T10:00:00.000Z'),
    file('later', 'Scheduled', '2025-11-23T10:00:00.001Z'),
    file('claimed', 'MetadataReady', '2025-11-23T09:00:00.000Z', {claimedBy: 'arn:other'}),
    file('requested', 'Requested', '2025-11-23T09:59:00.000Z'),
    file('running', 'Downloading', '2025-11-23T09:00:00.000Z'),
    file('done', 'Downloaded', '2025-11-23T09:00:00.000Z'),
    file('failed', 'Failed', '2025-11-23T09:00:00.000Z')
  )
  expect(await handler({}, context)).toEqual({started: 2, requestedAgain: 0})
  expect(startExecution.mock.calls).toEqual([
    [{stateMachineArn: process.env.STATE_MACHINE_ARN, input: '{"fileId":"ready"}'}],
    [{stateMachineArn: process.env.STATE_MACHINE_ARN, input: '{"fileId":"due"}'}]
  ])
})

test('starts nothing if nothing is due', async () => {
  expect(await handler({}, context)).toEqual({started: 0, requestedAgain: 0})
})

test('reads every page of due files', async () => {
  const ids = Array.from({length: 12}, (_, index) => `url-${String(index).padStart(2, '0')}`)
  await table.put(...ids.map((fileId) => file(fileId, 'MetadataReady', '2025-11-23T09:00:00.000Z', {description: 'x'.repeat(200_000)})))
  await handler({}, context)
  expect(started()).toEqual(ids)
})

test('starts every other file although one fails, then throws for that one', async () => {
  await table.put(...['a', 'b', 'c'].map((fileId) => file(fileId, 'MetadataReady', '2025-11-23T09:00:00.000Z')))
  startExecution.mockImplementation(async ({input}) => {
    if (input?.includes('"b"')) {
      throw new Error('Rate exceeded')
    }
    return {}
  })
  await expect(handler({}, context)).rejects.toThrow('Rate exceeded')
  expect(started()).toEqual(['a', 'b', 'c'])
})

describe('a file that was asked for and got no further', () => {
  const url = 'https://example.com/a.mp4'
  const left = file('left', 'Requested', '2025-11-23T09:45:00.000Z', {sourceUrl: url})

  test('is asked for again after a quarter of an hour, in the name of one who wants it', async () => {
    await table.put(left, file('fresh', 'Requested', '2025-11-23T09:45:00.001Z'), ...['ann', 'bea'].map((userId) => ({...fileUserKey('left', userId), userId, fileId: 'left'})))
    expect(await handler({}, context)).toEqual({started: 0, requestedAgain: 1})
    expect(invoke.mock.calls.map(([{FunctionName}]) => FunctionName)).toEqual(['RequestFile'])
    expect(requested()).toEqual([{userId: 'ann', url, correlationId: expect.any(String)}])
    expect(startExecution).not.toHaveBeenCalled()
  })

  test('is reported where RequestFile does not take it, and holds up nothing that is due', async () => {
    await table.put(left, {...fileUserKey('left', 'ann'), userId: 'ann', fileId: 'left'}, file('due', 'MetadataReady', '2025-11-23T09:00:00.000Z'))
    invoke.mockResolvedValue(answer(502))
    await expect(handler({}, context)).rejects.toThrow('Expected RequestFile to take file left again; it answered 502')
    expect(started()).toEqual(['due'])
  })

  test('is reported where no one wants it', async () => {
    await table.put(left)
    await expect(handler({}, context)).rejects.toThrow('Expected someone to want file left')
  })
})
