import {crc32} from 'node:zlib'
import {describe, expect, test} from '@jest/globals'
import {syntheticFile} from '../../../../test/helpers/media/synthetic'
import type {FileRecord} from '../../../types/domain'
import {base64Crc} from '../../../util/transfer/crc'
import {sumBytesDone} from '../../../util/files/file-progress'
import {claimed, failure, fileId, multipart, record, s3, site, transfer, whole} from './fixture'

describe('a direct source', () => {
  const size = 20_000_000

  test.each([['announced', ''], ['not announced', '?chunked=1'], ['in small chunks', '?chunk=1021']])('comes home whole, its length %s', async (_what, query) => {
    expect(await transfer(`/synthetic/${size}.mp4${query}`)).toEqual({...whole, size})
    const {bytes, ...rest} = s3.objects.get('media/url-1.mp4')!
    expect(rest).toEqual({contentType: 'video/mp4', metadata: {'file-id': fileId, 'correlation-id': 'correlation-1'}})
    expect(bytes.equals(syntheticFile('mp4', size))).toBe(true)
    expect(multipart.uploadPart.mock.calls.map(([{ContentLength}]) => ContentLength)).toEqual([8_388_608, 8_388_608, size - 2 * 8_388_608])
    expect(s3.uploads.size).toBe(0)
  })

  test('leaves on the record what S3ObjectCreated compares', async () => {
    await transfer(`/synthetic/${size}.mp4`)
    expect(await record()).toEqual({
      ...claimed(`/synthetic/${size}.mp4`), status: 'Downloading', s3Key: 'media/url-1.mp4', expectedSize: size, size, contentType: 'video/mp4',
      progress: {r1: {bytes: size, speed: 0, crc32: base64Crc(crc32(syntheticFile('mp4', size)))}}, updatedAt: expect.any(String), begunBy: 'correlation-1',
      ranged: {
        uploadId: 'upload-1', s3Key: 'media/url-1.mp4', begunBy: 'correlation-1', url: site.url(`/synthetic/${size}.mp4`), validator: `"synthetic-${size}"`,
        validators: {etag: `"synthetic-${size}"`, lastModified: 'Sun, 01 Nov 2026 10:00:00 GMT', isSettled: true},
        size, partBytes: 8_388_608, rangeParts: 3
      }
    })
  })

  test('of one part leaves nothing to continue with', async () => {
    await transfer('/synthetic/1000.mp4')
    expect(await record()).toEqual({
      ...claimed('/synthetic/1000.mp4'), status: 'Downloading', s3Key: 'media/url-1.mp4', expectedSize: 1000, size: 1000, contentType: 'video/mp4', uploadId: 'upload-1',
      progress: {r1: {bytes: 1000, speed: 0, crc32: base64Crc(crc32(syntheticFile('mp4', 1000)))}}, updatedAt: expect.any(String)
    })
  })

  test('writes the proof before S3 can announce the object', async () => {
    let seen: unknown
    multipart.completeMultipartUpload.mockImplementationOnce(async () => {
      seen = await record()
      throw new Error('stop here')
    })
    await failure(transfer('/synthetic/1000.mp4'))
    expect(seen).toMatchObject({expectedSize: 1000, s3Key: 'media/url-1.mp4'})
  })

  test('is named after what its bytes are', async () => {
    expect(await transfer('/synthetic/5000.webm?type=application/octet-stream')).toEqual({...whole, s3Key: 'media/url-1.webm', size: 5000, contentType: 'video/webm'})
  })

  test('of one byte more than a part has two', async () => {
    await transfer('/synthetic/8388609.mp4')
    expect(multipart.uploadPart.mock.calls.map(([{ContentLength}]) => ContentLength)).toEqual([8_388_608, 1])
  })

  test('is read no faster than S3 takes it', async () => {
    let most = 0
    let underWay = 0
    const upload = multipart.uploadPart.getMockImplementation()!
    multipart.uploadPart.mockImplementation(async (part, signal) => {
      most = Math.max(most, ++underWay)
      await new Promise((resolve) => setTimeout(resolve, 400))
      underWay -= 1
      return upload(part, signal)
    })
    await transfer('/synthetic/40000000.mp4')
    multipart.uploadPart.mockImplementation(upload)
    expect(most).toBe(3)
    expect(new Set(multipart.uploadPart.mock.calls.map(([{Body}]) => (Body as Buffer).buffer)).size).toBe(3)
  })
})

describe('the progress', () => {
  test('is on the record at most every two seconds', async () => {
    const seen: number[] = []
    const poll = setInterval(async () => {
      seen.push(sumBytesDone(await record() as Pick<FileRecord, 'progress'> ?? {}))
    }, 100)
    await transfer('/synthetic/5000000.mp4?rate=1000000').finally(() => clearInterval(poll))
    const steps = [...new Set(seen)].filter((bytes) => bytes > 0 && bytes < 5_000_000)
    expect(steps.length).toBeGreaterThanOrEqual(1)
    expect(steps.length).toBeLessThanOrEqual(3)
    expect(seen).toEqual(seen.toSorted((left, right) => left - right))
  }, 20_000)
})

describe('a source that could not be asked when it was requested', () => {
  test('is looked at now', async () => {
    expect(await transfer('/synthetic/1000.mp4', {extractor: undefined})).toMatchObject({s3Key: 'media/url-1.mp4', size: 1000})
  })
})
