import {describe, expect, jest, test} from '@jest/globals'
import {context} from '../../../../test/helpers/context'
import {correlationId, described, describeMedia, eventFor, fileId, handler, published, putEvents, record, requested, site, start, table} from './fixture'

describe('a duplicate', () => {
  test('of what is ready publishes the same again and asks no one', async () => {
    const url = site.url('/synthetic/3000000.mp4')
    await start(url)
    const before = site.requests.length
    await handler(eventFor(url), context)
    const [first, second] = published()
    expect([second, site.requests.length]).toEqual([first, before])
  })

  test('of what failed here publishes the same again', async () => {
    const url = site.url('/status/404/a.mp4')
    await start(url)
    jest.useRealTimers()
    await handler(eventFor(url), context)
    const [first, second] = published()
    expect(second).toEqual(first)
  })

  test('after a publish that failed publishes', async () => {
    const url = site.url('/synthetic/3000000.mp4')
    putEvents.mockResolvedValueOnce({FailedEntryCount: 1, Entries: [{ErrorCode: 'NotAuthorizedForSourceException'}]})
    await expect(start(url)).rejects.toMatchObject({name: 'EventPublishError'})
    expect(await record()).toMatchObject({status: 'MetadataReady'})
    putEvents.mockClear()
    await handler(eventFor(url), context)
    expect(published()).toHaveLength(1)
  })

  test('whose write was done already, and said so to no one, publishes what the record says', async () => {
    const url = site.url('/page')
    describeMedia.mockImplementation(async () => {
      await table.put(requested(url, {status: 'MetadataReady', title: 'One'}))
      return described()
    })
    await start(url)
    expect(published()).toEqual([['FileMetadataReady', expect.objectContaining({fileId, correlationId, title: 'One'})]])
  })

  test.each([
    ['is of an attempt that has passed', {correlationId: 'correlation-2'}], ['is under way', {status: 'Downloading', claimedBy: 'arn:one'}], ['is done', {status: 'Downloaded'}],
    ['was cancelled', {status: 'Failed', error: {code: 'CancelledError', message: 'Cancelled.', retryable: true}}],
    ['is claimed', {status: 'MetadataReady', title: 'One', claimedBy: 'arn:one'}], ['failed in its workflow', {status: 'Failed', title: 'One', error: {code: 'X', message: 'Y', retryable: true}}]
  ])('of what %s changes and publishes nothing', async (_what, more) => {
    const url = site.url('/synthetic/3000000.mp4')
    await start(url, more)
    expect([await record(), published()]).toEqual([requested(url, more), []])
  })

  test('of what failed and does not say why is told as what may pass', async () => {
    const url = site.url('/synthetic/3000000.mp4')
    await start(url, {status: 'Failed'})
    expect(published()).toEqual([['FileDownloadFailed', {
      fileId, correlationId, sourceUrl: url, errorCode: 'TransientSourceError', errorMessage: 'The file could not be looked at.', retryable: true,
      failedAt: requested(url).updatedAt
    }]])
  })

  test('of a file that no one knows any more does nothing', async () => {
    await handler(eventFor('https://example.com/a.mp4'), context)
    expect([await table.all(), published()]).toEqual([[], []])
  })

  test('at the same time changes the record once', async () => {
    const url = site.url('/synthetic/3000000.mp4')
    await table.put(requested(url))
    await Promise.all([handler(eventFor(url), context), handler(eventFor(url), context)])
    expect(await record()).toMatchObject({status: 'MetadataReady'})
    expect(new Set(published().map((event) => JSON.stringify(event))).size).toBe(1)
  })
})
