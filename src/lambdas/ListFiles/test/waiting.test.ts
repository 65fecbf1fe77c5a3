import {expect, test} from '@jest/globals'
import type {FileRecord, FileStatus} from '../../../types/domain'
import {describeWait} from '../src/waiting'

const [time, until] = ['2025-11-23T10:00:00.000Z', '2025-11-23T10:02:00.000Z']
const waiting = {code: 'RateLimitedError', reason: 'example.com asked us to wait.'}
const file = (status: FileStatus, more: Partial<FileRecord> = {}): FileRecord =>
  ({fileId: 'url-1', sourceUrl: 'https://e.com/a.mp4', status, correlationId: 'c-1', requestedAt: time, availableAt: until, updatedAt: time, ...more})

test('a scheduled file says why it waits and until when', () => {
  expect(describeWait(file('Scheduled', {waiting}))).toEqual({...waiting, until})
})

test('a file that was scheduled before reasons were recorded, or recorded for users, says until when', () => {
  const expected = {reason: 'It is not available yet, or its source asked for a pause.', until}
  expect(describeWait(file('Scheduled'))).toEqual(expected)
  expect(describeWait(file('Scheduled', {waiting: {...waiting, reason: 'Expected example.com to answer; it wants fewer requests.'}}))).toEqual(expected)
})

test.each(['Requested', 'MetadataReady', 'Downloading', 'Downloaded', 'Failed'] as const)('a file that is %s waits for nothing, whatever it waited for', (status) => {
  expect(describeWait(file(status, {waiting}))).toBeNull()
})
