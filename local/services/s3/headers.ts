import {ServiceError} from '../../runtime/core/errors'
import {checksumHeader} from './checksums'
import type {ObjectHeaders, StoredObject} from './objects'
import {header, type S3Request} from './request'

const kept = ['content-type', 'cache-control', 'content-disposition', 'content-language', 'expires']
const metadataPrefix = 'x-amz-meta-'
const metadataLimit = 2048

const contentEncoding = (s3: S3Request): ObjectHeaders => {
  const encodings = (header(s3, 'content-encoding') ?? '').split(',').map((encoding) => encoding.trim())
  const own = encodings.filter((encoding) => !['', 'aws-chunked'].includes(encoding)).join(',')
  return own === '' ? {} : {'content-encoding': own}
}

const collectMetadata = (s3: S3Request): ObjectHeaders => {
  const entries = Object.keys(s3.request.headers).filter((name) => name.startsWith(metadataPrefix)).map((name) => [name, header(s3, name) ?? ''] as const)
  const bytes = entries.reduce((sum, [name, value]) => sum + name.length - metadataPrefix.length + Buffer.byteLength(value), 0)
  if (bytes > metadataLimit) {
    throw new ServiceError('MetadataTooLarge', `Your metadata headers exceed the maximum allowed metadata size of ${metadataLimit} bytes.`)
  }
  return Object.fromEntries(entries)
}

/** What a request says about the object that it makes. Throws MetadataTooLarge. */
export const objectHeaders = (s3: S3Request): ObjectHeaders => ({
  'content-type': 'binary/octet-stream',
  ...Object.fromEntries(kept.flatMap((name) => header(s3, name) === undefined ? [] : [[name, header(s3, name)!]])),
  ...contentEncoding(s3),
  ...collectMetadata(s3)
})

/** What GetObject and HeadObject return about an object. */
export const answerHeaders = ({headers, etag, modified}: StoredObject): Record<string, string> =>
  ({...headers, etag: `"${etag}"`, 'last-modified': new Date(modified).toUTCString(), 'accept-ranges': 'bytes'})

/** The checksum, for a client that asks for it. */
export const checksumHeaders = ({checksum}: Pick<StoredObject, 'checksum'>): Record<string, string> => checksum === undefined
  ? {}
  : {[checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type}
