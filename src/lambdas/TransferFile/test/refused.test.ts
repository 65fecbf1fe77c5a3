import {describe, expect, test} from '@jest/globals'
import {failure, multipart, nothingLeft, record, s3, transfer} from './fixture'

describe('a source that does not deliver', () => {
  test.each([
    ['/short.mp4', 'TruncatedBodyError'], ['/reset/100000.mp4', 'TransientSourceError'], ['/empty.mp4', 'EmptyBodyError'], ['/html.mp4', 'HtmlInsteadOfMediaError'],
    ['/lying.mp4', 'HtmlInsteadOfMediaError'], ['/text.txt', 'UnsupportedSourceError'], ['/hls/master.m3u8', 'UnsupportedSourceError'], ['/status/404/a.mp4', 'SourceNotFoundError'],
    ['/status/403/a.mp4', 'SourceForbiddenError'], ['/status/503/a.mp4', 'TransientSourceError'], ['/synthetic/40000001.mp4', 'FileTooLargeError'],
    ['/synthetic/40000001.mp4?chunked=1', 'FileTooLargeError'], ['/redirect-loop.mp4', 'TooManyRedirectsError'], ['/redirect?to=http://169.254.169.254/', 'PrivateAddressError']
  ])('ends %s as %s and leaves nothing in S3', async (path, name) => {
    expect(await failure(transfer(path))).toMatchObject({name})
    nothingLeft()
    expect(await record()).not.toHaveProperty('expectedSize')
  })

  test('is not asked for at a private address', async () => {
    process.env.ALLOW_PRIVATE_SOURCES = 'false'
    expect(await failure(transfer('/synthetic/1000.mp4'))).toMatchObject({name: 'PrivateAddressError'})
    process.env.ALLOW_PRIVATE_SOURCES = 'true'
    nothingLeft()
  })

  test('and wants fewer requests says on the record when to look again', async () => {
    expect(await failure(transfer('/status/429/a.mp4?retry-after=3600'))).toMatchObject({name: 'RateLimitedError'})
    const {availableAt} = await record() as {availableAt: string}
    expect(Math.abs(Date.parse(availableAt) - Date.now() - 3_600_000)).toBeLessThan(5_000)
  })

  test('and names no time is asked less and less often', async () => {
    await failure(transfer('/status/429/a.mp4', {reschedules: 4}))
    const {availableAt} = await record() as {availableAt: string}
    expect(Math.abs(Date.parse(availableAt) - Date.now() - 16 * 60_000)).toBeLessThan(5_000)
  })

  test('in time ends as TransferTimeoutError 15 s before Lambda would kill it', async () => {
    expect(await failure(transfer('/synthetic/30000000.mp4?rate=1000000&chunked=1', {}, 15_300))).toMatchObject({name: 'TransferTimeoutError'})
    nothingLeft()
  })
})

describe('a store that does not deliver', () => {
  test.each([
    ['S3 is down', {name: 'InternalError', status: 500}, 'StorageError'], ['S3 wants fewer requests', {name: 'SlowDown', status: 503}, 'StorageError'],
    ['bytes were damaged on the way', {name: 'BadDigest', status: 400}, 'StorageError'], ['the role lacks a permission', {name: 'AccessDenied', status: 403}, 'AccessDenied']
  ])('when %s', async (_what, {name, status}, expected) => {
    multipart.uploadPart.mockRejectedValueOnce(s3.serviceError(name, status))
    expect(await failure(transfer('/synthetic/30000000.mp4?chunked=1'))).toMatchObject({name: expected})
    nothingLeft()
  })

  test('is StorageError where the whole is not what was read', async () => {
    multipart.completeMultipartUpload.mockRejectedValueOnce(s3.serviceError('BadDigest', 400))
    expect(await failure(transfer('/synthetic/1000.mp4'))).toMatchObject({name: 'StorageError'})
    nothingLeft()
  })

  test('is believed where only its answer was lost', async () => {
    const complete = multipart.completeMultipartUpload.getMockImplementation()!
    multipart.completeMultipartUpload.mockImplementationOnce(async (asked) => {
      await complete(asked)
      throw Object.assign(new Error('socket hang up'), {name: 'TimeoutError', $metadata: {}})
    })
    expect(await transfer('/synthetic/1000.mp4')).toMatchObject({s3Key: 'media/url-1.mp4', size: 1000})
  })

  test('does not stop the transfer by failing to abort', async () => {
    multipart.abortMultipartUpload.mockRejectedValueOnce(s3.serviceError('InternalError', 500))
    expect(await failure(transfer('/short.mp4'))).toMatchObject({name: 'TruncatedBodyError'})
  })
})
