import {crc32} from 'node:zlib'
import {describe, expect, test} from '@jest/globals'
import type {HeadObjectCommandOutput} from '@aws-sdk/client-s3'
import {context} from '../../../../test/helpers/context'
import {base64Crc} from '../../../util/transfer/crc'
import {announced, downloaded, file, handler, headObject, notification, object, published, rest, s3Key, size, table} from './fixture'

describe('an object of a transfer by ranges', () => {
  const pieces = [Buffer.alloc(size - 100, 1), Buffer.alloc(100, 2)]
  const whole = base64Crc(crc32(Buffer.concat(pieces)))
  const progress = Object.fromEntries(pieces.map((piece, index) => [`r${index + 1}`, {bytes: piece.length, speed: 0, crc32: base64Crc(crc32(piece))}]))
  const ranged = {uploadId: 'u', s3Key, begunBy: 'earlier', url: 'https://e.com/a', validator: '"a"', size, partBytes: size - 100, rangeParts: 1}
  const parts: Partial<HeadObjectCommandOutput> = {ChecksumCRC32: whole, ChecksumType: 'FULL_OBJECT', ETag: '"abc-2"', Metadata: {'correlation-id': 'earlier'}}

  test('is announced where its checksum is that of the bytes which the workers read, whichever attempt began it', async () => {
    await table.put(file({ranged, progress, begunBy: 'earlier'}))
    headObject.mockResolvedValue(object(parts))
    await handler(notification(s3Key), context)
    expect(published()).toEqual([{...announced, etag: 'abc-2'}])
    expect(await table.all()).toEqual([{...downloaded, etag: 'abc-2', begunBy: 'earlier'}])
  })

  test('is announced again by a duplicate', async () => {
    await table.put(file({ranged, progress, begunBy: 'earlier'}))
    headObject.mockResolvedValue(object(parts))
    await handler(notification(s3Key), context)
    await handler(notification(s3Key), context)
    expect(published().length).toBe(2)
  })

  test.each([
    ['another checksum', {ChecksumCRC32: 'AAAAAA=='}, progress], ['no checksum', {ChecksumCRC32: undefined}, progress], ['other parts', {ETag: '"abc-12"'}, progress],
    ['a range that no worker finished', {}, {r1: progress.r1}]
  ])('is refused where it has %s', async (_what, more, recorded) => {
    await table.put(file({ranged, progress: recorded, begunBy: 'earlier'}))
    headObject.mockResolvedValue(object({...parts, ...more}))
    await expect(handler(notification(s3Key), context)).rejects.toMatchObject({
      name: 'ObjectVerificationError', message: expect.stringMatching(/^Expected the object \S+ to have the CRC32 \S+ in 2 parts; it has \S+, and the ETag "abc-1?2"\.$/)
    })
    expect(published()).toEqual([])
  })
})

describe('an object that is not to be announced', () => {
  test.each([
    ['of an earlier attempt', {Metadata: {'correlation-id': 'earlier'}}],
    ['that no one transferred', {Metadata: {}}],
    ['without metadata', {Metadata: undefined}]
  ])('%s leaves the file alone', async (_, more) => {
    await table.put(file())
    headObject.mockResolvedValue(object(more))
    await handler(notification(s3Key), context)
    expect(await table.all()).toEqual([file()])
    expect(published()).toEqual([])
  })

  test('under a key of another kind is left alone', async () => {
    await handler(notification('media/', 'media/a+b.mp4', 'other/x.mp4'), context)
    expect(headObject.mock.calls).toEqual([])
  })

  test('whose file begins a new attempt at that moment leaves it alone', async () => {
    await table.put(file())
    headObject.mockImplementation(async () => {
      await table.put(file({correlationId: 'newer'}))
      return object()
    })
    await handler(notification(s3Key), context)
    expect(await table.all()).toEqual([file({correlationId: 'newer'})])
    expect(published()).toEqual([])
  })

  // As CancelFile leaves it.
  const {claimedBy: _claim, expectedSize: _expected, ...unclaimed} = rest
  const cancelled = {...unclaimed, status: 'Failed', error: {code: 'CancelledError', message: 'You cancelled it.', retryable: true}}

  test('whose file was cancelled is left alone', async () => {
    await table.put(cancelled)
    await handler(notification(s3Key), context)
    expect(await table.all()).toEqual([cancelled])
    expect(published()).toEqual([])
  })

  test('whose file is cancelled at that moment is left alone', async () => {
    await table.put(file())
    headObject.mockImplementation(async () => {
      await table.put(cancelled)
      return object()
    })
    await handler(notification(s3Key), context)
    expect(await table.all()).toEqual([cancelled])
    expect(published()).toEqual([])
  })
})

describe('an object that cannot be right', () => {
  test.each([
    ['shorter than it was sent', object({ContentLength: size - 1}), {}, `to have ${size} bytes; it has ${size - 1}`],
    ['of a transfer that counted nothing', object(), {expectedSize: undefined}, `to have undefined bytes; it has ${size}`],
    ['of which neither S3 nor the transfer knows the size', object({ContentLength: undefined}), {expectedSize: undefined}, 'to have undefined bytes; it has undefined']
  ])('%s is thrown and leaves the file alone', async (_, answer, more, why) => {
    const before = JSON.parse(JSON.stringify(file(more)))
    await table.put(before)
    headObject.mockResolvedValue(answer)
    await expect(handler(notification(s3Key), context)).rejects.toMatchObject({name: 'ObjectVerificationError', message: `Expected the object ${s3Key} ${why}.`})
    expect(await table.all()).toEqual([before])
    expect(published()).toEqual([])
  })

  test('because it is gone is thrown', async () => {
    await table.put(file())
    const cause = Object.assign(new Error('NotFound'), {name: 'NotFound'})
    headObject.mockRejectedValue(cause)
    await expect(handler(notification(s3Key), context)).rejects.toMatchObject({
      name: 'ObjectVerificationError', message: `Expected the object ${s3Key} that S3 announced; it is gone.`, cause
    })
  })

  test.each([Object.assign(new Error('Denied'), {name: 'AccessDenied'}), {name: 'NotFound'}])('because S3 does not answer is thrown as it is: %j', async (error) => {
    await table.put(file())
    headObject.mockRejectedValue(error)
    await expect(handler(notification(s3Key), context)).rejects.toBe(error)
    expect(published()).toEqual([])
  })

  test('because no file knows it is thrown', async () => {
    await expect(handler(notification(s3Key), context)).rejects.toThrow(expect.objectContaining({name: 'ObjectVerificationError'}))
  })
})
