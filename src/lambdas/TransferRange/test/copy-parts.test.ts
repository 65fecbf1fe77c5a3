import {crc32} from 'node:zlib'
import type {UploadPartCommandInput, UploadPartCommandOutput} from '@aws-sdk/client-s3'
import {beforeEach, describe, expect, it, jest} from '@jest/globals'
import {syntheticFile} from '../../../../test/helpers/media/synthetic'
import {base64Crc} from '../../../util/transfer/crc'
import type {StoredPart} from '../../../util/transfer/uploads'

const uploadPart = jest.fn<(input: UploadPartCommandInput, signal?: AbortSignal) => Promise<Partial<UploadPartCommandOutput>>>()
jest.unstable_mockModule('../../../lib/vendor/AWS/S3Multipart', () => ({uploadPart, listParts: jest.fn(), abortMultipartUpload: jest.fn()}))
const {copyParts} = await import('../src/copy-parts')

const file = syntheticFile('mp4', 250_000)
const cuts = [
  {number: 3, start: 1_000_000, end: 1_100_000}, {number: 4, start: 1_100_000, end: 1_200_000}, {number: 5, start: 1_200_000, end: 1_250_000}
]
const upload = {Bucket: 'media', Key: 'media/a.mp4', UploadId: 'upload'}
const sent: UploadPartCommandInput[] = []
const {signal} = new AbortController()

beforeEach(() => {
  sent.length = 0
  uploadPart.mockReset().mockImplementation(async (input) => {
    sent.push({...input, Body: Buffer.from(input.Body as Buffer)})
    return {ETag: `"${input.PartNumber}"`}
  })
})

async function* chunks(size: number, failure?: Error): AsyncGenerator<Buffer> {
  const memory = Buffer.alloc(size)
  for (let at = 0; at < file.length; at += size) {
    // As a source's chunk: it changes once the next one is asked for.
    const count = file.copy(memory, 0, at, at + size)
    yield memory.subarray(0, count)
    if (failure !== undefined && at >= 120_000) {
      throw failure
    }
  }
}

const copy = async (
  bytes: AsyncIterable<Buffer>, onBytes: (bytes: number) => void = () => undefined, isAhead = true
): Promise<Array<[number, StoredPart]>> => {
  const parts: Array<[number, StoredPart]> = []
  await copyParts(bytes, cuts, upload, {signal, isAhead, onBytes, onPart: (number, part) => parts.push([number, part])})
  return parts
}

describe('Consecutive parts', () => {
  it.each([1_021, 65_536, 100_000, 250_000])('are cut from one stream, in chunks of %i', async (size) => {
    const slices = cuts.map(({start, end}) => file.subarray(start - 1_000_000, end - 1_000_000))
    expect(await copy(chunks(size))).toEqual(cuts.map(({number}, index) =>
      [number, {etag: `"${number}"`, bytes: slices[index]!.length, crc32: base64Crc(crc32(slices[index]!))}]))
    expect(sent.map(({PartNumber, ContentLength, ChecksumCRC32}) => [PartNumber, ContentLength, ChecksumCRC32])).toEqual(
      cuts.map(({number}, index) => [number, slices[index]!.length, base64Crc(crc32(slices[index]!))]))
    expect(sent.every(({Body}, index) => (Body as Buffer).equals(slices[index]!))).toBe(true)
  })

  it.each([true, false])('tell that all is read while the last is sent (ahead: %s)', async (isAhead) => {
    const order: string[] = []
    uploadPart.mockImplementation(async ({PartNumber}) => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      order.push(`sent ${PartNumber}`)
      return {ETag: '"etag"'}
    })
    await copyParts(chunks(65_536), cuts, upload, {
      signal, isAhead, onBytes: () => undefined, onPart: () => undefined, onRead: async () => { order.push('read') }
    })
    expect([order.at(-1), order.indexOf('read') < order.indexOf('sent 5'), order.length]).toEqual(['sent 5', true, 4])
  })

  it('take the memory of two', async () => {
    await copy(chunks(65_536))
    const memory = new Set(uploadPart.mock.calls.map(([{Body}]) => (Body as Buffer).buffer))
    expect([memory.size, [...memory][0]?.byteLength]).toEqual([1, 200_000])
  })

  it('take the memory of one where none is read ahead, and are sent while the source waits', async () => {
    const steps: string[] = []
    uploadPart.mockImplementation(async ({PartNumber}) => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      steps.push(`${PartNumber} ends`)
      return {ETag: `"${PartNumber}"`}
    })
    await copy(chunks(50_000), (bytes) => steps.push(`${bytes} read`), false)
    expect(new Set(uploadPart.mock.calls.map(([{Body}]) => (Body as Buffer).byteOffset)).size).toBe(1)
    expect(steps).toEqual(['50000 read', '100000 read', '3 ends', '150000 read', '200000 read', '4 ends', '250000 read', '5 ends'])
  })

  it('are sent while the next one is read, one at a time', async () => {
    const steps: string[] = []
    let under = 0
    uploadPart.mockImplementation(async ({PartNumber}) => {
      steps.push(`${PartNumber} begins`)
      expect(++under).toBe(1)
      await new Promise((resolve) => setTimeout(resolve, 20))
      under -= 1
      steps.push(`${PartNumber} ends`)
      return {ETag: `"${PartNumber}"`}
    })
    await copy(chunks(50_000), (bytes) => steps.push(`${bytes} read`))
    expect(steps).toEqual([
      '50000 read', '100000 read', '3 begins', '150000 read', '200000 read', '3 ends', '4 begins', '250000 read', '4 ends', '5 begins', '5 ends'
    ])
  })

  it('report the bytes that were read', async () => {
    const seen: number[] = []
    await copy(chunks(65_536), (bytes) => seen.push(bytes))
    expect(seen).toEqual([65_536, 131_072, 196_608, 250_000])
  })
})

describe('A copy that ends early', () => {
  it('leaves the parts that were whole', async () => {
    const failure = new Error('broken')
    await expect(copy(chunks(30_000, failure))).rejects.toBe(failure)
    expect(sent.map(({PartNumber}) => PartNumber)).toEqual([3])
  })

  it('does not read on for a part that S3 refused to take the one before', async () => {
    const refusal = new Error('no')
    uploadPart.mockRejectedValueOnce(refusal)
    const read: number[] = []
    async function* slowly(): AsyncGenerator<Buffer> {
      for await (const chunk of chunks(20_000)) {
        yield chunk
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
    }
    await expect(copy(slowly(), (bytes) => read.push(bytes))).rejects.toBe(refusal)
    expect(read.at(-1)).toBe(100_000)
  })

  it('waits for the part that is under way', async () => {
    let isUnderWay = false
    uploadPart.mockImplementation(async () => {
      isUnderWay = true
      await new Promise((resolve) => setTimeout(resolve, 20))
      isUnderWay = false
      return {ETag: '"part"'}
    })
    const failure = new Error('broken')
    await expect(copy(chunks(120_000, failure))).rejects.toBe(failure)
    expect([uploadPart.mock.calls.length, isUnderWay]).toEqual([2, false])
  })

  it('passes on what S3 refuses, and what the caller throws', async () => {
    const refusal = Object.assign(new Error('no'), {name: 'NoSuchUpload', $metadata: {httpStatusCode: 404}})
    uploadPart.mockRejectedValueOnce(refusal)
    await expect(copy(chunks(65_536))).rejects.toBe(refusal)
    const reason = new Error('enough')
    await expect(copy(chunks(65_536), () => { throw reason })).rejects.toBe(reason)
  })
})
