import {describe, expect, jest, test} from '@jest/globals'
import type {S3Event} from 'aws-lambda'
import {context} from '../../../../test/helpers/context'
import {fileKey} from '../../../util/files/keys'
import {announced, downloaded, emitMetrics, file, fileId, handler, headObject, notification, published, putEvents, s3Key, size, table} from './fixture'

describe('a whole object', () => {
  test('makes its file Downloaded and is announced', async () => {
    await table.put(file())
    await handler(notification(s3Key), context)
    expect(await table.all()).toEqual([downloaded])
    expect(headObject.mock.calls).toEqual([[{Bucket: 'media-downloader', Key: s3Key, ChecksumMode: 'ENABLED'}]])
    expect(published()).toEqual([announced])
  })

  test('is announced with what it is without', async () => {
    await table.put(file({missing: 'sound'}))
    await handler(notification(s3Key), context)
    expect(published()).toEqual([{...announced, missing: 'sound'}])
  })

  test('is announced again by a duplicate, at the time of the first', async () => {
    await table.put(file())
    await handler(notification(s3Key), context)
    jest.setSystemTime(new Date('2025-11-23T11:00:00.000Z'))
    await handler(notification(s3Key), context)
    expect(await table.all()).toEqual([{...downloaded, updatedAt: '2025-11-23T11:00:00.000Z'}])
    expect(published()).toEqual([announced, announced])
  })

  test('ends with its record where media are kept for some days, counted from the first time', async () => {
    process.env.MEDIA_RETENTION_DAYS = '30'
    await table.put(file())
    await handler(notification(s3Key), context)
    jest.setSystemTime(new Date('2025-11-23T11:00:00.000Z'))
    await handler(notification(s3Key), context)
    process.env.MEDIA_RETENTION_DAYS = '0'
    expect(await table.all()).toEqual([{...downloaded, updatedAt: '2025-11-23T11:00:00.000Z', expiresAt: Date.parse('2025-12-23T10:00:09.000Z') / 1000}])
  })

  test('is counted once with its bytes and seconds, whatever comes twice', async () => {
    await table.put(file())
    putEvents.mockResolvedValueOnce({FailedEntryCount: 1, Entries: [{ErrorCode: 'AccessDeniedException'}]})
    await handler(notification(s3Key), context).catch(() => undefined)
    await handler(notification(s3Key, s3Key), context)
    const completions = emitMetrics.mock.calls.filter(([measurements]) => 'FilesCompleted' in (measurements as object))
    expect(completions).toEqual([[{
      FilesCompleted: {unit: 'Count', value: 1}, BytesCompleted: {unit: 'Bytes', value: size}, SecondsToCompleted: {unit: 'Seconds', value: 9}
    }]])
  })

  test('is announced by the retry after the bus refused it', async () => {
    await table.put(file())
    putEvents.mockResolvedValueOnce({FailedEntryCount: 1, Entries: [{ErrorCode: 'AccessDeniedException'}]})
    await expect(handler(notification(s3Key), context)).rejects.toThrow(expect.objectContaining({name: 'EventPublishError'}))
    await handler(notification(s3Key), context)
    expect(published()).toEqual([announced, announced])
  })

  test('ends an attempt that the workflow had given up meanwhile', async () => {
    await table.put(file({status: 'Failed', error: {code: 'States.Timeout', message: 'Too late.', retryable: true}}))
    await handler(notification(s3Key), context)
    expect(await table.all()).toEqual([downloaded])
    expect(published()).toEqual([announced])
  })

  test('is found under its form-encoded key', async () => {
    await table.put(file())
    await handler(notification(encodeURIComponent(s3Key)), context)
    expect(headObject.mock.calls).toEqual([[{Bucket: 'media-downloader', Key: s3Key, ChecksumMode: 'ENABLED'}]])
    expect(await table.all()).toEqual([downloaded])
  })
})

describe('a batch', () => {
  test('completes every object but the one that fails, then throws for that one', async () => {
    await table.put(file(), {...file(), ...fileKey('url-2'), fileId: 'url-2'})
    await expect(handler(notification('media/url-1.mp4', s3Key, 'media/url-2.mp4'), context)).rejects.toThrow('Expected a record of file url-1')
    expect(published().map((detail) => (detail as {fileId: string}).fileId).toSorted()).toEqual(['url-2', fileId])
  })

  test('throws all failures of several', async () => {
    await expect(handler(notification('media/url-1.mp4', 'media/url-2.mp4'), context)).rejects.toThrow('Expected to complete 2 objects; 2 failed')
  })

  const told = {s3: {object: {key: 'media/url-1.mp4'}}}

  test.each([null, {}, {Records: 'x'}, {Records: [{}]}, {Records: [{s3: {}}]}, {Records: [null]}, {Records: [told, {s3: {object: {}}}]}])(
    'that is no notification, as %j, is thrown', async (event) => {
      await expect(handler(event as unknown as S3Event, context)).rejects.toMatchObject({
        name: 'InvalidEventError', message: 'Expected a bucket notification with Records, each with s3.object.key.'
      })
      expect(headObject).not.toHaveBeenCalled()
    })

  test('with a key that is not form-encoded is thrown, with as much of the key as helps', async () => {
    const key = `media/%E0%A4%A${'x'.repeat(200)}.mp4`
    await expect(handler(notification(key), context)).rejects.toMatchObject({
      name: 'InvalidEventError', message: `Expected the form-encoded key of an object; got '${key.slice(0, 100)}'.`, cause: expect.any(URIError)
    })
  })
})
