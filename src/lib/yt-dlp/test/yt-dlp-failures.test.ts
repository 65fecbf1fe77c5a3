import {readFileSync} from 'node:fs'
import {describe, expect, it} from '@jest/globals'
import {errorTable, type ErrorName} from '../../../util/errors'
import {classify, isStumble, warnedError, ytDlpError} from '../failures'

interface RealMessage {
  readonly message: string
  readonly name: ErrorName
  readonly origin: string
}

const corpus = JSON.parse(readFileSync('src/lib/yt-dlp/test/data/yt-dlp-messages.json', 'utf8')) as RealMessage[]
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
      message: 'The media cannot be downloaded: the site shows it only to those who sign in, subscribe or pay; cookies of such an account are needed. '
        + 'Look for another source of it, or ask the operator of this service to give yt-dlp cookies. yt-dlp says: "[youtube] dQw4w9WgXcQ: This video is private".'
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

  it.each([
    ['fragment 4 not found, unable to continue', '404: Not Found', 'MediaUnavailableError'], ['write to closed file', '410: Gone', 'MediaUnavailableError'],
    ['unable to download video data: [Errno 2] No such file or directory: \'media.mp4.part-Frag1\'', '429: Too Many Requests', 'RateLimitedError'],
    ['fragment 4 not found, unable to continue', '503: Service Unavailable', 'TransientSourceError'], ['fragment 4 not found, unable to continue', '403: Forbidden', 'SourceForbiddenError']
  ])('says why a piece did not come, not what followed from it: %s, %s', (last, status, name) => {
    expect(ytDlpError(`ERROR: \r[download] Got error: HTTP Error ${status}. Giving up after 3 retries\nERROR: ${last}\n`, 1)).toMatchObject({name, message: expect.stringContaining(status)})
  })

  it('knows what follows from a piece where nothing says why it did not come', () => {
    expect(ytDlpError('ERROR: fragment 4 not found, unable to continue', 1)).toMatchObject({name: 'TransientSourceError'})
  })

  it.each(['ERROR: An extractor error has occurred. (caused by KeyError(\'x\')); please report this issue on https://x', 'Traceback (most recent call last):\n  File "x.py"\nAttributeError: x'])(
    'knows that yt-dlp itself failed: %s', (stderr) => {
      const error = ytDlpError(stderr, 1)
      expect([error.name, error.message, isStumble(error)]).toEqual(['UnsupportedSourceError', expect.stringMatching(/^The media cannot be downloaded: yt-dlp itself failed/), true])
    })

  it('takes no refusal of a site for a failure of yt-dlp', () => {
    expect(isStumble(ytDlpError('ERROR: Unsupported URL: https://example.com/', 1))).toBe(false)
  })

  it('reads what yt-dlp was content to warn of', () => {
    expect(warnedError('WARNING: [generic] Falling back\nWARNING: [generic] v: Failed to download m3u8 information: HTTP Error 429: Too Many Requests\nWARNING: No video formats found!')).toMatchObject({name: 'RateLimitedError'})
    expect(warnedError('WARNING: No video formats found!')).toBeUndefined()
  })

  it('is transient where it was killed or says nothing', () => {
    expect([ytDlpError('', 1).name, ytDlpError('half a sen', null).name]).toEqual(['TransientSourceError', 'TransientSourceError'])
  })

  it('keeps a long message short', () => {
    expect(ytDlpError(`ERROR: ${'x'.repeat(10_000)}`, 1).message.length).toBeLessThan(500)
  })
})
