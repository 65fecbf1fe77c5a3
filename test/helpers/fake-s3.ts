import {createHash} from 'node:crypto'
import {crc32} from 'node:zlib'
import {jest} from '@jest/globals'
import type {
  AbortMultipartUploadCommandInput, CompleteMultipartUploadCommandInput, CreateMultipartUploadCommandInput, HeadObjectCommandInput,
  ListPartsCommandInput, UploadPartCommandInput
} from '@aws-sdk/client-s3'

export interface StoredObject {
  readonly bytes: Buffer
  readonly contentType?: string
  readonly metadata?: Record<string, string>
}

const serviceError = (name: string, httpStatusCode: number): Error => Object.assign(new Error(`${name}!`), {name, $fault: 'client', $metadata: {httpStatusCode}})

const base64 = (crc: number): string => Buffer.from(crc.toString(16).padStart(8, '0'), 'hex').toString('base64')

const etagOf = (bytes: Buffer): string => `"${createHash('md5').update(bytes).digest('hex')}"`

/** Keeps uploads and objects in memory, and refuses what S3 refuses. Each command is a mock, so that a test can make it fail. */
export const fakeS3 = () => {
  const objects = new Map<string, StoredObject>()
  const uploads = new Map<string, CreateMultipartUploadCommandInput & {readonly parts: Map<number, Buffer>}>()
  let created = 0

  const upload = (UploadId = '') => {
    const found = uploads.get(UploadId)
    if (found === undefined) {
      throw serviceError('NoSuchUpload', 404)
    }
    return found
  }
  const commands = {
    createMultipartUpload: jest.fn(async (input: CreateMultipartUploadCommandInput) => {
      const UploadId = `upload-${++created}`
      uploads.set(UploadId, {...input, parts: new Map()})
      return {UploadId}
    }),
    uploadPart: jest.fn(async ({UploadId, PartNumber = 0, Body}: UploadPartCommandInput, signal?: AbortSignal) => {
      const bytes = Buffer.from(Body as Buffer)
      await new Promise((resolve) => setTimeout(resolve, 2))
      signal?.throwIfAborted()
      upload(UploadId).parts.set(PartNumber, bytes)
      return {ETag: etagOf(bytes)}
    }),
    listParts: jest.fn(async ({UploadId, PartNumberMarker = '0', MaxParts = 1000}: ListPartsCommandInput) => {
      const rest = [...upload(UploadId).parts].filter(([number]) => number > Number(PartNumberMarker)).sort(([left], [right]) => left - right)
      const page = rest.slice(0, MaxParts)
      return {
        IsTruncated: rest.length > page.length,
        NextPartNumberMarker: String(page.at(-1)?.[0] ?? 0),
        Parts: page.map(([PartNumber, bytes]) => ({PartNumber, Size: bytes.length, ETag: etagOf(bytes), ChecksumCRC32: base64(crc32(bytes))}))
      }
    }),
    completeMultipartUpload: jest.fn(async ({UploadId = '', Key = '', MpuObjectSize, ChecksumCRC32, MultipartUpload}: CompleteMultipartUploadCommandInput) => {
      const {parts, ContentType: contentType, Metadata: metadata} = upload(UploadId)
      const numbers = MultipartUpload?.Parts?.map(({PartNumber = 0}) => PartNumber) ?? []
      const bytes = Buffer.concat(numbers.map((number) => parts.get(number) ?? Buffer.alloc(0)))
      const tooSmall = numbers.slice(0, -1).some((number) => (parts.get(number)?.length ?? 0) < 5 * 1024 * 1024)
      if (tooSmall || numbers.some((number, index) => number !== index + 1)) {
        throw serviceError('InvalidPart', 400)
      }
      if (bytes.length !== MpuObjectSize || ChecksumCRC32 !== base64(crc32(bytes))) {
        throw serviceError('BadDigest', 400)
      }
      objects.set(Key, {bytes, contentType, metadata})
      uploads.delete(UploadId)
      return {ETag: '"whole"'}
    }),
    abortMultipartUpload: jest.fn(async ({UploadId = ''}: AbortMultipartUploadCommandInput) => {
      upload(UploadId)
      uploads.delete(UploadId)
      return {}
    }),
    headObject: jest.fn(async ({Key = ''}: HeadObjectCommandInput) => {
      const object = objects.get(Key)
      if (object === undefined) {
        throw serviceError('NotFound', 404)
      }
      return {ContentLength: object.bytes.length, ContentType: object.contentType, Metadata: object.metadata}
    })
  }
  const clear = (): void => {
    objects.clear()
    uploads.clear()
    created = 0
    Object.values(commands).forEach((command) => command.mockClear())
  }
  return {objects, uploads, commands, serviceError, clear}
}
