import {describe, expect, it} from '@jest/globals'
import type {Entry} from '../../api/entry'
import {countRetries, courseOf} from '../pages/timeline/facts'
import {listSpans} from '../pages/timeline/spans'

const at = (second: number): string => new Date(second * 1000).toISOString()
let id = 0
const base = (second: number) => ({id: ++id, at: at(second), fileId: 'url-1'})
const executionArn = 'arn:aws:states:us-west-2:1:execution:Flow:one'

const event = (second: number, name: string, replay?: string): Entry => ({
  ...base(second), type: 'event',
  event: {
    version: '0', id: String(id), 'detail-type': name, source: 'mediadownloader', account: '1', time: at(second), region: 'us-west-2', resources: [], detail: {},
    ...(replay !== undefined && {'replay-name': replay})
  }
})
const state = (second: number, name: string, phase: 'entered' | 'exited' | 'failed' | 'retrying', error?: string): Entry =>
  ({...base(second), type: 'state', executionArn, state: name, phase, ...(error !== undefined && {error})})
const push = (second: number): Entry => ({...base(second), type: 'notification', endpointArn: 'e', platform: 'APNS', message: {}})

/** One try of a source that wants fewer requests: it fails, is caught, and the workflow waits. */
const limited = (second: number): Entry[] => [
  state(second, 'TransferFile', 'entered'), state(second + 1, 'TransferFile', 'failed', 'RateLimitedError'), state(second + 1, 'TransferFile', 'exited'),
  state(second + 1, 'WaitForRetry', 'entered'), state(second + 9, 'WaitForRetry', 'exited')
]

describe('A transfer that is tried again after waits', () => {
  const entries = [...[0, 10, 20].flatMap(limited), state(30, 'TransferFile', 'entered'), state(31, 'TransferFile', 'exited')]

  it('has one span a try, with its error', () => {
    expect(listSpans(entries, 0).filter(({name}) => name === 'TransferFile').map(({from, to, tone, detail}) => [from, to, tone, detail])).toEqual([
      [0, 1000, 'bad', 'RateLimitedError'], [10_000, 11_000, 'bad', 'RateLimitedError'], [20_000, 21_000, 'bad', 'RateLimitedError'], [30_000, 31_000, 'ok', '']
    ])
  })

  it('was retried as often', () => {
    expect(countRetries(entries)).toBe(3)
  })

  it('counts what the service itself tried again, too', () => {
    const delivery: Entry = {...base(1), type: 'delivery', rule: 'r', target: 't', eventId: 'e', outcome: 'retrying', attempt: 1}
    expect(countRetries([state(0, 'ClaimFile', 'entered'), state(1, 'ClaimFile', 'retrying', 'Odd'), state(2, 'ClaimFile', 'exited'), delivery])).toBe(2)
  })

  it('shows a failure that nothing catches', () => {
    expect(listSpans([state(0, 'TransferFile', 'entered'), state(2, 'TransferFile', 'failed', 'Odd')], 9000)).toMatchObject([{from: 0, to: 2000, tone: 'bad', detail: 'Odd'}])
  })
})

describe('The course of a file', () => {
  it('ends with the push, whatever is replayed afterwards', () => {
    expect(courseOf([event(1, 'FileRequested'), event(4, 'FileDownloadCompleted'), push(5), event(900, 'FileDownloadCompleted', 'again'), event(901, 'FileRequested', 'again')]))
      .toEqual({title: 'From request to push', from: 1000, to: 5000})
  })

  it('without a push ends as the file does', () => {
    expect(courseOf([event(1, 'FileRequested'), event(4, 'FileDownloadFailed'), event(900, 'FileDownloadStarted', 'again')]))
      .toEqual({title: 'From request to end', from: 1000, to: 4000})
  })

  it('under way has no end', () => {
    expect(courseOf([event(1, 'FileRequested'), event(4, 'FileDownloadStarted')])).toEqual({title: 'Since the request', from: 1000, to: 4000})
  })

  it('is that of the newest request', () => {
    expect(courseOf([event(1, 'FileRequested'), event(4, 'FileDownloadFailed'), event(60, 'FileRequested'), event(63, 'FileDownloadCompleted'), push(64)]))
      .toEqual({title: 'From request to push', from: 60_000, to: 64_000})
  })
})
