import {describe, expect, test} from '@jest/globals'
import {context} from '../../../../test/helpers/context'
import {type ErrorName, NamedError} from '../../../util/errors'
import {correlationId, described, describeMedia, eventFor, fileId, handler, now, published, record, requested, site, start, table} from './fixture'

describe('a source that will not come', () => {
  const failed = (code: string, message: unknown = expect.stringMatching(/.{20,}/)): Record<string, unknown> => ({code, message, retryable: false})

  test.each([
    ['/status/404/a.mp4', 'SourceNotFoundError'], ['/status/403/a.mp4', 'SourceForbiddenError'], ['/empty.mp4', 'EmptyBodyError'],
    ['/synthetic/40000001.mp4', 'FileTooLargeError'], ['/redirect-loop.mp4', 'TooManyRedirectsError'], ['/redirect?to=http://169.254.169.254/', 'PrivateAddressError'],
    ['/redirect?to=file:///etc/passwd', 'UnsupportedSchemeError']
  ])('fails at once: %s is a %s', async (path, code) => {
    const url = site.url(path)
    await start(url)
    expect(await record()).toEqual({...requested(url), status: 'Failed', error: failed(code), updatedAt: now})
    const {error} = await record() as {error: {message: string}}
    expect(published()).toEqual([['FileDownloadFailed', {
      fileId, correlationId, sourceUrl: url, errorCode: code, errorMessage: error.message, retryable: false, failedAt: now
    }]])
  })

  test.each<[string, ErrorName, string]>([
    ['/text.txt', 'UnsupportedSourceError', 'UnsupportedSourceError'], ['/text.txt', 'YtDlpNotFoundError', 'UnsupportedSourceError'],
    ['/html.mp4', 'UnsupportedSourceError', 'HtmlInsteadOfMediaError'], ['/html.mp4', 'YtDlpNotFoundError', 'HtmlInsteadOfMediaError'],
    ['/page', 'UnsupportedSourceError', 'UnsupportedSourceError'], ['/page', 'YtDlpNotFoundError', 'YtDlpNotFoundError'], ['/page', 'NeedsCookiesError', 'NeedsCookiesError'],
    ['/status/403/watch', 'YtDlpNotFoundError', 'SourceForbiddenError'], ['/status/403/watch', 'GeoBlockedError', 'GeoBlockedError']
  ])('fails at once: %s, of which yt-dlp says %s, is a %s', async (path, said, code) => {
    describeMedia.mockRejectedValue(new NamedError(said, 'Expected something else, as yt-dlp says.'))
    await start(site.url(path))
    expect(await record()).toMatchObject({status: 'Failed', error: failed(code)})
  })

  test('fails if yt-dlp takes the very text for a file, which it does with any', async () => {
    const url = site.url('/text.txt')
    describeMedia.mockResolvedValue(described({url, ext: 'txt'}))
    await start(url)
    expect(await record()).toMatchObject({error: failed('UnsupportedSourceError', expect.stringContaining('no video, sound or picture'))})
  })

  test('fails if a feed has several items, and says so', async () => {
    describeMedia.mockRejectedValue(new NamedError('UnsupportedSourceError', 'The page holds several videos. Ask for each by its own link.'))
    await start(site.url('/text.txt'))
    expect(await record()).toMatchObject({error: failed('UnsupportedSourceError', expect.stringContaining('several'))})
  })

  test('fails where the page offers nothing, or too much', async () => {
    describeMedia.mockResolvedValue(described({url: undefined}))
    await start(site.url('/page'))
    expect(await record()).toMatchObject({error: failed('MediaUnavailableError')})
    describeMedia.mockResolvedValue(described({filesize: 40_000_001}))
    await start(site.url('/page'))
    expect(await record()).toMatchObject({error: failed('FileTooLargeError')})
  })

  test('is not asked for at a private address', async () => {
    process.env.ALLOW_PRIVATE_SOURCES = 'false'
    await start(site.url('/synthetic/100.mp4'))
    process.env.ALLOW_PRIVATE_SOURCES = 'true'
    expect(await record()).toMatchObject({status: 'Failed', error: failed('PrivateAddressError')})
  })
})

describe('a source in trouble', () => {
  test('is tried three times and then fails with the advice to ask again', async () => {
    const url = site.url('/status/503/a.mp4')
    await expect(start(url)).rejects.toMatchObject({name: 'TransientSourceError'})
    expect(await record()).toEqual({...requested(url), metadataAttempts: 1, updatedAt: now})
    await expect(handler(eventFor(url), context)).rejects.toMatchObject({name: 'TransientSourceError'})
    expect(published()).toEqual([])
    await handler(eventFor(url), context)
    expect(await record()).toMatchObject({status: 'Failed', metadataAttempts: 3, error: {code: 'TransientSourceError', retryable: true}})
    expect(published()).toEqual([['FileDownloadFailed', expect.objectContaining({errorCode: 'TransientSourceError', retryable: true})]])
  })

  test('is left alone 10 s before Lambda would kill the invocation', async () => {
    const url = site.url('/stall.mp4?at=0')
    await table.put(requested(url))
    await expect(handler(eventFor(url), {...context, getRemainingTimeInMillis: () => 10_100})).rejects.toMatchObject({
      name: 'TransientSourceError', message: 'The source did not say what it has within four minutes. Try again later.'
    })
  })

  test('ends honestly also where the trouble is ours', async () => {
    describeMedia.mockRejectedValue(new TypeError('undefined is not a function'))
    await expect(start(site.url('/page'), {metadataAttempts: 1})).rejects.toThrow('undefined is not a function')
    await handler(eventFor(site.url('/page')), context)
    expect(await record()).toMatchObject({status: 'Failed', error: {code: 'TypeError', message: 'The file could not be identified: TypeError. Try again later.', retryable: true}})
  })
})
