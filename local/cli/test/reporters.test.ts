import {describe, expect, it} from '@jest/globals'
import type {File} from '../../../shared/api'
import {jsonReporter, type Print, type Reporter} from '../reporter'
import {barStatus} from '../bar-reporter'
import {plainReporter} from '../plain-reporter'
import type {Result} from '../result'
import {timelineReporter} from '../timeline-reporter'

const url = 'https://example.com/harbour.mp4'
const file: File = {fileId: 'url-1', status: 'Downloading', title: 'Harbour at dusk', size: 2048, bytesDone: 1024, speed: null, secondsLeft: null, downloadUrl: null, error: null}
const waiting = {code: 'RateLimitedError', reason: 'example.com asked us to wait.', until: '2026-11-24T10:02:00.250Z'}
const good: Result = {url, fileId: 'url-1', status: 'Downloaded', key: 'media/url-1.mp4', path: '/data/url-1.mp4', size: 2048, sha256: 'abc', error: null}
const bad: Result = {url, fileId: null, status: 'Failed', key: null, path: null, size: null, sha256: null, error: {code: 'InvalidUrlError', message: 'Expected a URL.', retryable: false}}

const printed = (make: (print: Print) => Reporter, tell: (reporter: Reporter) => void): string[] => {
  const lines: string[] = []
  const reporter = make((line) => lines.push(line))
  tell(reporter)
  reporter.end()
  return lines
}

describe('jsonReporter', () => {
  it('prints one object a line, each with its type', () => {
    const observation = {type: 'state', at: '2026-11-24T10:00:00.000Z', executionArn: 'e', state: 'ClaimFile', phase: 'entered'} as const
    const lines = printed(jsonReporter, (reporter) => {
      reporter.started('http://127.0.0.1:4510')
      reporter.inspector('ListFiles', '127.0.0.1:9230')
      reporter.ytDlp({path: '/bin/yt-dlp', version: '2026.10.26'})
      reporter.observed(observation)
      reporter.progress(url, file)
      reporter.progress(url, {...file, status: 'Scheduled', waiting})
      reporter.result(good)
    })
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      {type: 'started', address: 'http://127.0.0.1:4510'},
      {type: 'inspector', functionName: 'ListFiles', address: '127.0.0.1:9230'},
      {type: 'yt-dlp', path: '/bin/yt-dlp', version: '2026.10.26'},
      observation,
      {type: 'progress', at: expect.any(String), url, fileId: 'url-1', status: 'Downloading', bytesDone: 1024, size: 2048, speed: null, secondsLeft: null},
      {type: 'progress', at: expect.any(String), url, fileId: 'url-1', status: 'Scheduled', waiting, bytesDone: 1024, size: 2048, speed: null, secondsLeft: null},
      {type: 'result', ...good}
    ])
  })
})

describe('plainReporter', () => {
  it('prints each step and how it ended', () => {
    const lines = printed(plainReporter, (reporter) => {
      reporter.progress(url, {...file, status: 'Requested', title: null, bytesDone: 0})
      reporter.progress(url, file)
      reporter.progress(url, {...file, size: null})
      reporter.progress(url, {...file, speed: 512, secondsLeft: 2})
      reporter.progress(url, {...file, status: 'Scheduled', waiting})
      reporter.result(good)
      reporter.result(bad)
      reporter.result({...bad, error: {code: 'SourceStalledError', message: 'It stalled.', retryable: true}})
      reporter.result({...bad, error: {code: 'TypeError', message: 'It went wrong.', retryable: false, detail: 'x is not a function'}})
    })
    expect(lines).toEqual([
      'example.com/harbour.mp4: Requested',
      'Harbour at dusk: Downloading 1.0 KB of 2.0 KB (50 %)',
      'Harbour at dusk: Downloading 1.0 KB',
      'Harbour at dusk: Downloading 1.0 KB of 2.0 KB (50 %), 512 B/s, 2 s left',
      'Harbour at dusk: Scheduled until 2026-11-24 10:02:00 UTC: example.com asked us to wait.',
      'ok      https://example.com/harbour.mp4',
      '        /data/url-1.mp4',
      '        2.0 KB, SHA-256 abc',
      'failed  https://example.com/harbour.mp4',
      '        InvalidUrlError: Expected a URL.',
      'failed  https://example.com/harbour.mp4',
      '        SourceStalledError: It stalled.',
      'failed  https://example.com/harbour.mp4',
      '        TypeError: It went wrong.',
      '        x is not a function'
    ])
  })
})

describe('A bar', () => {
  it.each<[string, Partial<File>]>([
    ['Requested', {status: 'Requested', bytesDone: 0}], ['Downloading', {bytesDone: 0}], ['1.0 KB of 2.0 KB', {}], ['1.0 KB', {size: null}],
    ['1.0 KB of 2.0 KB, 512 B/s, 2 s left', {speed: 512, secondsLeft: 2}], ['1.0 KB, 512 B/s', {size: null, speed: 512}], ['Downloaded', {status: 'Downloaded', bytesDone: 2048}]
  ])('says %s', (text, more) => {
    expect(barStatus({...file, ...more})).toBe(text)
  })
})

describe('timelineReporter', () => {
  it('welcomes, then tells what happens', () => {
    const start = Date.parse('2026-11-24T10:00:00.000Z')
    const lines = printed((print) => timelineReporter(print, undefined, start), (reporter) => {
      reporter.started('http://127.0.0.1:4510')
      reporter.observed({type: 'log', at: '2026-11-24T10:00:00.500Z', functionName: 'f', line: '{}'})
      reporter.observed({type: 'execution', at: '2026-11-24T10:00:01.500Z', executionArn: 'e', status: 'SUCCEEDED'})
    })
    expect(lines).toEqual([expect.stringMatching(/^MediaDownloader runs at http:\/\/127\.0\.0\.1:4510.*\nData: none is kept\n/), '   1.500 s  workflow  SUCCEEDED'])
  })
})
