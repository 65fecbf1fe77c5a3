import {beforeEach, describe, expect, it, jest} from '@jest/globals'

const emitMetrics = jest.fn()
jest.unstable_mockModule('../../lib/vendor/Metrics', () => ({emitMetrics}))
const {countCompleted, countPublishFailure, countRequest, countSettled, measureOldestUnfinished, measureYtDlpAge} = await import('../metrics')

beforeEach(() => {
  emitMetrics.mockReset()
})

describe('metrics', () => {
  it('count a request', () => {
    countRequest()
    expect(emitMetrics.mock.calls).toEqual([[{FilesRequested: {unit: 'Count', value: 1}}]])
  })

  it('count a completion with its bytes and its time in seconds', () => {
    countCompleted({size: 1024, requestedAt: '2025-11-23T10:00:00.000Z', completedAt: '2025-11-23T10:01:30.500Z'})
    expect(emitMetrics.mock.calls).toEqual([[{
      FilesCompleted: {unit: 'Count', value: 1},
      BytesCompleted: {unit: 'Bytes', value: 1024},
      SecondsToCompleted: {unit: 'Seconds', value: 90.5}
    }]])
  })

  it('never count a time below zero, should clocks differ', () => {
    countCompleted({size: 1, requestedAt: '2025-11-23T10:00:01.000Z', completedAt: '2025-11-23T10:00:00.000Z'})
    expect(emitMetrics.mock.calls[0]).toMatchObject([{SecondsToCompleted: {value: 0}}])
  })

  it('count a file that settled well as no failure', () => {
    countSettled()
    expect(emitMetrics.mock.calls).toEqual([[{FilesSettled: {unit: 'Count', value: 1}, FilesFailed: {unit: 'Count', value: 0}}]])
  })

  it('count a failure, and once more by its code', () => {
    countSettled('NeedsCookiesError')
    expect(emitMetrics.mock.calls).toEqual([
      [{FilesSettled: {unit: 'Count', value: 1}, FilesFailed: {unit: 'Count', value: 1}}],
      [{FilesFailed: {unit: 'Count', value: 1}}, {errorCode: 'NeedsCookiesError'}]
    ])
  })

  it.each(['States.Timeout', 'DynamoDB.SdkClientException', 'toString'])('count %s, which is no code of ours, as Other', (code) => {
    countSettled(code)
    expect(emitMetrics.mock.calls[1]).toEqual([{FilesFailed: {unit: 'Count', value: 1}}, {errorCode: 'Other'}])
  })

  it('count events that were refused', () => {
    countPublishFailure(3)
    expect(emitMetrics.mock.calls).toEqual([[{EventsRefused: {unit: 'Count', value: 3}}]])
  })

  it('measure the age of the oldest unfinished file', () => {
    measureOldestUnfinished(120)
    expect(emitMetrics.mock.calls).toEqual([[{OldestUnfinishedSeconds: {unit: 'Seconds', value: 120}}]])
  })

  it.each([['2026.08.27', 95], ['2026.8.27', 95], ['2026.11.29.232825', 1], ['2026.12.24', 0]])('measure the age of yt-dlp %s in days', (version, value) => {
    jest.useFakeTimers({now: new Date('2026-11-30T10:00:00Z')})
    measureYtDlpAge(version)
    jest.useRealTimers()
    expect(emitMetrics.mock.calls).toEqual([[{YtDlpAgeDays: {unit: 'Count', value}}]])
  })

  it.each(['', 'nightly', '2026', '20261126'])('measure no age of yt-dlp \'%s\'', (version) => {
    measureYtDlpAge(version)
    expect(emitMetrics).not.toHaveBeenCalled()
  })
})
