import {afterAll, afterEach, beforeEach, expect, jest, test} from '@jest/globals'
import {context} from '../../../../test/helpers/context'
import {freezeDate} from '../../../../test/helpers/frozen-date'
import {startTable} from '../../../../test/helpers/table'
import {fileKey} from '../../../util/files/keys'

const emitMetrics = jest.fn()
jest.unstable_mockModule('../../../lib/vendor/Metrics', () => ({emitMetrics}))

const table = await startTable()
const {handler} = await import('../src')

const file = (fileId: string, status: string, availableAt: string): Record<string, unknown> => ({...fileKey(fileId), fileId, status, availableAt})

beforeEach(() => {
  freezeDate('2025-11-23T10:00:00.000Z')
  emitMetrics.mockReset()
})

afterEach(async () => {
  jest.useRealTimers()
  await table.clear()
})

afterAll(() => table.stop())

test('measures zero where no file is unfinished', async () => {
  await table.put(file('done', 'Downloaded', '2025-11-23T01:00:00.000Z'), file('failed', 'Failed', '2025-11-23T01:00:00.000Z'))
  expect(await handler({}, context)).toEqual({seconds: 0})
  expect(emitMetrics.mock.calls).toEqual([[{OldestUnfinishedSeconds: {unit: 'Seconds', value: 0}}]])
})

test.each(['Requested', 'MetadataReady', 'Scheduled', 'Downloading'])('measures the file that is %s for longest', async (status) => {
  await table.put(
    file('old', status, '2025-11-23T09:00:00.000Z'),
    file('new', status, '2025-11-23T09:59:59.000Z'),
    file('other', 'Downloading', '2025-11-23T09:30:00.000Z')
  )
  expect(await handler({}, context)).toEqual({seconds: 3600})
  expect(emitMetrics.mock.calls).toEqual([[{OldestUnfinishedSeconds: {unit: 'Seconds', value: 3600}}]])
})

test('leaves a premiere that is still to come alone', async () => {
  await table.put(file('premiere', 'Scheduled', '2025-11-24T10:00:00.000Z'))
  expect(await handler({}, context)).toEqual({seconds: 0})
})
