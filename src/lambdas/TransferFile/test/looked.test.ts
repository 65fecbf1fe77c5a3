import {crc32} from 'node:zlib'
import {describe, expect, test} from '@jest/globals'
import {syntheticFile} from '../../../../test/helpers/media/synthetic'
import {base64Crc} from '../../../util/transfer/crc'
import {claimed, context, failure, fileId, handler, input, multipart, record, s3, site, transfer, whole} from './fixture'

const size = 10_000_000
const file = syntheticFile('mp4', size)
const path = `/synthetic/${size}.mp4`
const Key = 'media/url-1.mp4'
const Metadata = {'file-id': fileId, 'correlation-id': 'correlation-1'}
const crc = base64Crc(crc32(file))

/** An upload that a look has filled, as StartFileUpload records it. */
const look = async (): Promise<Record<string, unknown>> => {
  const {UploadId} = await multipart.createMultipartUpload({Bucket: 'media-downloader', Key, ContentType: 'video/mp4', Metadata})
  for (const [index, start] of [0, 8_388_608].entries()) {
    await multipart.uploadPart({Bucket: 'media-downloader', Key, UploadId, PartNumber: index + 1, Body: file.subarray(start, start + 8_388_608)})
  }
  return {looked: {uploadId: UploadId, s3Key: Key, contentType: 'video/mp4', size, crc32: crc}}
}
const requestsDuring = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
  const before = site.requests.length
  return [await work(), site.requests.length - before]
}

describe('what a look brought', () => {
  test('is completed, and the source is not asked', async () => {
    const looked = await look()
    expect(await requestsDuring(() => transfer(path, looked))).toEqual([{...whole, size}, 0])
    const {bytes, ...rest} = s3.objects.get(Key)!
    expect([bytes.equals(file), rest]).toEqual([true, {contentType: 'video/mp4', metadata: Metadata}])
    expect(s3.uploads.size).toBe(0)
  })

  test('leaves on the record what S3ObjectCreated compares, before S3 can announce the object', async () => {
    const looked = await look()
    let seen: unknown
    const complete = multipart.completeMultipartUpload.getMockImplementation()!
    multipart.completeMultipartUpload.mockImplementationOnce(async (command) => {
      seen = await record()
      return complete(command)
    })
    await transfer(path, {...looked, waiting: {code: 'X', reason: 'Y'}, begunBy: 'correlation-0'})
    expect(seen).toEqual({
      ...claimed(path), ...looked, status: 'Downloading', s3Key: Key, contentType: 'video/mp4', size, expectedSize: size,
      progress: {r1: {bytes: size, speed: 0, crc32: crc}}, updatedAt: expect.any(String)
    })
  })

  test('is done once: a second invocation finds the object', async () => {
    await transfer(path, await look())
    expect(await requestsDuring(() => handler(input, context()))).toEqual([{...whole, size}, 0])
    expect(multipart.completeMultipartUpload).toHaveBeenCalledTimes(1)
  })

  test('is completed again if S3 failed to', async () => {
    multipart.completeMultipartUpload.mockRejectedValueOnce(s3.serviceError('InternalError', 500))
    expect(await failure(transfer(path, await look()))).toMatchObject({name: 'StorageError'})
    expect(await requestsDuring(() => handler(input, context()))).toEqual([{...whole, size}, 0])
  })

  test('takes the place of uploads of earlier attempts', async () => {
    const {UploadId: uploadId} = await multipart.createMultipartUpload({Bucket: 'media-downloader', Key})
    const ranged = {uploadId: 'upload-0', s3Key: Key, begunBy: 'correlation-0', url: site.url(path), validator: '"1"', size, partBytes: 8_388_608, rangeParts: 1}
    await transfer(path, {...await look(), uploadId, s3Key: Key, ranged})
    expect(s3.uploads.size).toBe(0)
    expect(await record()).not.toHaveProperty('ranged')
  })
})

describe('the source is asked again', () => {
  test('if what the look brought is gone', async () => {
    const looked = await look()
    s3.uploads.clear()
    const [output, requests] = await requestsDuring(() => transfer(path, {...looked, size}))
    expect([output, requests]).toEqual([{...whole, uploadId: 'upload-2', size}, 1])
    expect(s3.objects.get(Key)?.bytes.equals(file)).toBe(true)
  })

  test.each<[string, (parts: Map<number, Buffer>) => unknown]>([
    ['is missing', (parts) => parts.delete(2)], ['is another', (parts) => parts.set(2, Buffer.alloc(size - 8_388_608))]
  ])('if a part of it %s', async (_what, change) => {
    const looked = await look()
    change(s3.uploads.get('upload-1')!.parts)
    const [output, requests] = await requestsDuring(() => transfer(path, {...looked, size}))
    expect([output, requests]).toEqual([{...whole, uploadId: 'upload-2', size}, 1])
    expect(s3.objects.get(Key)?.bytes.equals(file)).toBe(true)
  })
})

describe('a file that no one could look at before', () => {
  test.each([['without ranges', '3000000.mp4?ranges=0', 3_000_000], ['small, with ranges', '20000.mp4', 20_000]])('is asked for once: %s', async (_what, name, bytes) => {
    const before = site.requests.length
    expect(await transfer(`/synthetic/${name}`, {extractor: undefined})).toEqual({...whole, size: bytes})
    expect(site.requests.slice(before).reduce((sum, {sent}) => sum + sent, 0)).toBe(bytes)
    expect(s3.objects.get(Key)?.bytes.equals(syntheticFile('mp4', bytes))).toBe(true)
  })
})
