import {afterAll, afterEach, beforeEach, describe, expect, jest, test} from '@jest/globals'
import {freezeDate} from '../../../../test/helpers/frozen-date'
import {startTable} from '../../../../test/helpers/table'
import type {FileRecord} from '../../../types/domain'
import {NamedError} from '../../../util/errors'
import {fileKey} from '../../../util/files/keys'

jest.unstable_mockModule('../../../lib/vendor/Logger', () => ({writeLog: jest.fn(), addLogContext: jest.fn()}))
const table = await startTable()
const {afterFailure} = await import('../src/failure')

const now = '2025-11-23T10:00:05.000Z'
const requested: FileRecord = {
  fileId: 'url-1', sourceUrl: 'https://e.com/a.mp4', status: 'Requested', correlationId: 'c-1', requestedAt: now, availableAt: now, updatedAt: now
}
const put = (more: Partial<FileRecord> = {}): Promise<void> => table.put({...fileKey('url-1'), ...requested, ...more})
const record = (): Promise<unknown> => table.get(fileKey('url-1'))

beforeEach(() => freezeDate(now))
afterEach(async () => {
  jest.useRealTimers()
  await table.clear()
})
afterAll(() => table.stop())

describe('what went wrong', () => {
  test('is Lambda\'s to retry where our own house is not in order, even where asking again does not help', async () => {
    await put()
    const error = new NamedError('EnvironmentError', 'Expected BUCKET_NAME; it is missing.')
    await expect(afterFailure(requested, error)).rejects.toBe(error)
    expect(await record()).toMatchObject({status: 'Requested', metadataAttempts: 1})
  })

  test('is told by the name Error where it is none', async () => {
    await put({metadataAttempts: 2})
    expect(await afterFailure(requested, 'a word')).toMatchObject({
      status: 'Failed', error: {code: 'Error', message: 'The file could not be identified: Error. Try again later.', retryable: true}
    })
  })

  test.each([
    ['it may pass', new NamedError('TransientSourceError', 'Expected an answer; it broke off.')],
    ['it is final', new NamedError('SourceNotFoundError', 'Expected media; nothing is there.')],
    ['it passes with time', new NamedError('RateLimitedError', 'Expected an answer; too many asked.')]
  ])('is no one\'s business any more where another attempt has begun: %s', async (_what, error) => {
    const other = {correlationId: 'c-2'}
    await put(other)
    expect(await afterFailure(requested, error)).toBeUndefined()
    expect(await record()).toEqual({...fileKey('url-1'), ...requested, ...other})
  })
})
