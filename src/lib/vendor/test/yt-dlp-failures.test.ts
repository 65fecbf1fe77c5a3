import {readFileSync} from 'node:fs'
import {describe, expect, it} from '@jest/globals'
import {errorTable, type ErrorName} from '../../../util/errors'
import {classify, ytDlpError} from '../yt-dlp/failures'

interface RealMessage {
  readonly message: string
  readonly name: ErrorName
  readonly origin: string
}

const corpus = JSON.parse(readFileSync('src/lib/vendor/test/data/yt-dlp-messages.json', 'utf8')) as RealMessage[]
const now = Date.parse('2026-11-23T10:00:00Z')

describe('A real message of yt-dlp', () => {
  it.each(corpus)('is a $name: $message', ({message, name}) => {
    expect(classify(`ERROR: ${message}`).name).toBe(name)
  })

  it('has an origin and a name of ours', () => {
    expect(corpus.filter(({origin, name}) => origin.length < 10 || !Object.hasOwn(errorTable, name))).toEqual([])
    expect(corpus.length).toBeGreaterThanOrEqual(150)
  })
})

describe('ytDlpError', () => {
  it('reads the last error among warnings, without its prefix and advice', () => {
    const stderr = [
      'WARNING: [youtube] unable to extract player version', 'ERROR: [youtube] one: Video unavailable',
      'ERROR: [youtube] dQw4w9WgXcQ: This video is private; please report this issue on  https://github.com/yt-dlp/yt-dlp/issues?q=  (caused by X())', ''
    ].join('\n')
    expect({...ytDlpError(stderr, 1, now), message: ytDlpError(stderr, 1, now).message}).toEqual({
      name: 'NeedsCookiesError', category: 'needs-cookies', retryable: false, statusCode: 403,
      message: 'Expected to download it by yt-dlp; the site shows it only to those who sign in, subscribe or pay; cookies of such an account are needed: '
        + '"[youtube] dQw4w9WgXcQ: This video is private".'
    })
  })

  it('reads a message of several lines', () => {
    expect(ytDlpError('ERROR: [youtube] x: Video unavailable\nThis video has been removed by the uploader\n', 1)).toMatchObject({name: 'MediaUnavailableError', message: expect.stringContaining('uploader')})
  })

  it.each([
    ['Premieres in 5 hours', '2026-11-23T15:01:00.000Z'], ['This live event will begin in 20 minutes.', '2026-11-23T10:21:00.000Z'], ['Premieres in an hour', '2026-11-23T11:01:00.000Z'],
    ['This live event will begin in 2 days.', '2026-11-25T10:01:00.000Z'], ['This live event will begin in a few moments.', undefined]
  ])('knows when it begins: %s', (message, availableAt) => {
    expect(ytDlpError(`ERROR: [youtube] abc: ${message}`, 1, now)).toMatchObject({name: 'NotYetAvailableError', ...(availableAt !== undefined && {availableAt})})
  })

  it.each([
    ['This content isn\'t available, try again later. The current session has been rate-limited by YouTube for up to an hour.', '2026-11-23T11:01:00.000Z'],
    ['HTTP Error 429: Too Many Requests', undefined]
  ])('knows for how long it is limited: %s', (message, availableAt) => {
    expect(ytDlpError(`ERROR: [youtube] abc: ${message}`, 1, now)).toMatchObject({name: 'RateLimitedError', ...(availableAt !== undefined && {availableAt})})
  })

  it.each([
    ['HTTP Error 429: Too Many Requests. Retry-After: 30', 90], ['HTTP Error 429: Too Many Requests (retry-after: 30.5)', 91], ['HTTP Error 503: Service Unavailable; Retry-After: 120', 180],
    ['HTTP Error 403: Forbidden {"message": "slow down", "retry_after": 2.25}', 63], ['HTTP Error 429: Too Many Requests, retryAfter=7', 67], ['HTTP Error 429: retry-after-ms: 1500', 62],
    ['HTTP Error 429: Too Many Requests; retry after 30.5 seconds', 91], ['HTTP Error 429: Too Many Requests. Please try again in 1.5 minutes.', 150],
    ['Too many requests, wait 90s', 150], ['HTTP Error 429: Retry-After: Mon, 23 Nov 2026 10:05:00 GMT', 360], ['Too many requests; retry after 2 hours', 7_260],
    ['HTTP Error 429: Too Many Requests. Retry-After: 0', 60]
  ])('never asks before the time that a message names: %s', (message, seconds) => {
    const error = ytDlpError(`ERROR: [site] abc: ${message}`, 1, now)
    expect([error.name, Math.ceil((Date.parse(error.availableAt ?? '') - now) / 1000)]).toEqual(['RateLimitedError', seconds])
  })

  it.each(['HTTP Error 429: Retry-After: soon', 'HTTP Error 429: Too Many Requests. Retry-After: -5', 'HTTP Error 429: Retry-After: 1.2.3', 'HTTP Error 503: Service Unavailable'])('finds no time where there is none: %s', (message) => {
    expect(ytDlpError(`ERROR: [site] abc: ${message}`, 1, now).availableAt).toBeUndefined()
  })

  it.each(['Premieres in 366 days', 'Premieres in 99999999999999999999 days', 'try again in 99999999999999999999 days HTTP Error 429'])(
    'waits for nothing that is further away than an execution lives: %s', (message) => {
      expect(ytDlpError(`ERROR: [youtube] abc: ${message}`, 1, now)).not.toHaveProperty('availableAt', expect.anything())
    })

  it('takes the last line of a crash for the message, and says it is unknown', () => {
    const stderr = 'Traceback (most recent call last):\n  File "x.py", line 1\nKeyError: \'formats\'\n'
    expect(ytDlpError(stderr, 1)).toMatchObject({name: 'UnsupportedSourceError', message: expect.stringContaining('KeyError: \'formats\'')})
  })

  it('is transient where it was killed or says nothing', () => {
    expect([ytDlpError('', 1).name, ytDlpError('half a sen', null).name]).toEqual(['TransientSourceError', 'TransientSourceError'])
  })

  it('keeps a long message short', () => {
    expect(ytDlpError(`ERROR: ${'x'.repeat(10_000)}`, 1).message.length).toBeLessThan(500)
  })
})
