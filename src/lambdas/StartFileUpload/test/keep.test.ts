import {crc32} from 'node:zlib'
import {describe, expect, jest, test} from '@jest/globals'
import {context} from '../../../../test/helpers/context'
import {syntheticFile} from '../../../../test/helpers/media/synthetic'
import type {FileRecord} from '../../../types/domain'
import {base64Crc} from '../../../util/transfer/crc'
import {correlationId, eventFor, fileId, handler, published, record, requested, s3, site, start, table} from './fixture'

const upload = s3.commands

const lookedAs = (size: number, extension = 'mp4') => ({
  uploadId: 'upload-1', s3Key: `media/${fileId}.${extension}`, contentType: extension === 'mp4' ? 'video/mp4' : 'audio/mpeg', size,
  crc32: base64Crc(crc32(syntheticFile(extension, size)))
})
/** What lies in the upload. */
const kept = (): Buffer => Buffer.concat([...s3.uploads.get('upload-1')?.parts ?? []].sort(([one], [two]) => one - two).map(([, bytes]) => bytes))
const nothingKept = async (): Promise<void> => {
  expect([...s3.uploads.keys()]).toEqual([])
  expect(await record()).toMatchObject({status: 'MetadataReady', extractor: 'direct'})
  expect(await record()).not.toHaveProperty('looked')
}

describe('a file that a look brings anyway', () => {
  test.each<[string, number, string, string]>([
    ['as the server knows no ranges', 3_000_000, 'mp4', '?ranges=0'], ['in several parts', 20_000_000, 'mp4', '?ranges=0'],
    ['without a length', 3_000_000, 'mp3', '?chunked=1'], ['as it is no longer than the look', 3_000, 'mp4', ''], ['but for the rest of a small one', 20_000, 'mp4', '']
  ])('%s is put into its upload: %i bytes', async (_why, size, extension, query) => {
    await start(site.url(`/synthetic/${size}.${extension}${query}`))
    expect(await record()).toMatchObject({status: 'MetadataReady', extractor: 'direct', looked: lookedAs(size, extension)})
    expect(kept().equals(syntheticFile(extension, size))).toBe(true)
    expect(s3.uploads.get('upload-1')).toMatchObject({Metadata: {'file-id': fileId, 'correlation-id': correlationId}, ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT'})
  })

  test('is decoded on the way', async () => {
    await start(site.url('/gzip.mp4'))
    expect(await record()).toMatchObject({looked: lookedAs(10_000)})
    expect(kept().equals(syntheticFile('mp4', 10_000))).toBe(true)
  })

  test('is asked for once, and its event says as much as ever', async () => {
    const before = site.requests.length
    const url = site.url('/synthetic/3000000.mp4?ranges=0')
    await start(url)
    expect(site.requests.slice(before)).toMatchObject([{sent: 3_000_000}])
    expect(published()).toEqual([['FileMetadataReady', expect.not.objectContaining({looked: expect.anything()})]])
  })

  test('shows how much of it has come, while someone waits', async () => {
    await start(site.url('/synthetic/3000000.mp4?ranges=0&rate=600000'))
    const {progress, size} = await record() as FileRecord
    const bytes = progress?.['r1']?.bytes ?? 0
    expect([size, bytes > 100_000 && bytes < 3_000_000]).toEqual([3_000_000, true])
  }, 20_000)

  test('is not asked for again by a duplicate', async () => {
    const url = site.url('/synthetic/3000000.mp4?ranges=0')
    await start(url)
    const [before, known] = [site.requests.length, await record()]
    await handler(eventFor(url), context)
    expect([site.requests.length, await record(), upload.createMultipartUpload.mock.calls.length]).toEqual([before, known, 1])
  })

  test('leaves no upload if another invocation was first', async () => {
    const url = site.url('/synthetic/3000.mp4?ranges=0')
    const send = upload.uploadPart.getMockImplementation()!
    upload.uploadPart.mockImplementationOnce(async (part, signal) => {
      await table.put(requested(url, {status: 'MetadataReady', title: 'One'}))
      return send(part, signal)
    })
    await start(url)
    expect([[...s3.uploads.keys()], await record()]).toEqual([[], requested(url, {status: 'MetadataReady', title: 'One'})])
  })
})

describe('a file that is left to the transfer', () => {
  test('is one of which a look brings a part', async () => {
    await start(site.url('/synthetic/3000000.mp4'))
    await nothingKept()
  })

  test('is one that would come too slowly, as soon as that is clear', async () => {
    const before = site.requests.length
    await start(site.url('/synthetic/3000000.mp4?ranges=0&rate=60000'))
    await nothingKept()
    expect(site.requests[before]?.sent).toBeLessThan(300_000)
  })

  test.each(['/short.mp4', '/reset/300000.mp4', '/reset/300000.mp4?chunked=1'])('is one whose answer breaks off: %s', async (path) => {
    await start(site.url(path))
    await nothingKept()
  })

  test('is any for which no time is left', async () => {
    const url = site.url('/synthetic/3000.mp4?ranges=0')
    await table.put(requested(url))
    await handler(eventFor(url), {...context, getRemainingTimeInMillis: () => 30_000})
    await nothingKept()
  })

  test.each(['createMultipartUpload', 'uploadPart'] as const)('is one that S3 does not take: %s', async (command) => {
    upload[command].mockRejectedValueOnce(s3.serviceError('SlowDown', 503))
    await start(site.url('/synthetic/3000.mp4?ranges=0'))
    await nothingKept()
  })

  test('is one whose upload cannot be aborted either: the bucket forgets it', async () => {
    upload.uploadPart.mockRejectedValueOnce(s3.serviceError('SlowDown', 503))
    upload.abortMultipartUpload.mockRejectedValueOnce(s3.serviceError('SlowDown', 503))
    await start(site.url('/synthetic/3000.mp4?ranges=0'))
    expect(await record()).toMatchObject({status: 'MetadataReady'})
  })
})

describe('a file that is too large', () => {
  test('is refused as soon as more than that has come, where no length was announced', async () => {
    jest.replaceProperty(process, 'env', {...process.env, MAX_FILE_BYTES: '1000000'})
    await start(site.url('/synthetic/3000000.mp4?chunked=1'))
    jest.restoreAllMocks()
    expect(await record()).toMatchObject({status: 'Failed', error: {code: 'FileTooLargeError'}})
    expect([...s3.uploads.keys()]).toEqual([])
  })
})
