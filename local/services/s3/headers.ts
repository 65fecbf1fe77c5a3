import {checksumHeader} from './checksums'
import {S3Error} from './errors'
import type {ObjectHeaders, StoredObject} from './objects'
import {header, headerNames, type S3Request} from './request'

const kept = ['content-type', 'cache-control', 'content-disposition', 'content-language', 'expires']
const metadataPrefix = 'x-amz-meta-'
const metadataLimit = 2048
const storageClass = 'x-amz-storage-class'

/** Everything is stored as S3 does it by default: with keys of its own. */
export const encryptionHeaders = {'x-amz-server-side-encryption': 'AES256'} as const

const contentEncoding = (s3: S3Request): ObjectHeaders => {
  const encodings = (header(s3, 'content-encoding') ?? '').split(',').map((encoding) => encoding.trim())
  const own = encodings.filter((encoding) => !['', 'aws-chunked'].includes(encoding)).join(',')
  return own === '' ? {} : {'content-encoding': own}
}

const collectMetadata = (s3: S3Request): ObjectHeaders => {
  const entries = headerNames(s3).filter((name) => name.startsWith(metadataPrefix)).map((name) => [name, header(s3, name) ?? ''] as const)
  const bytes = entries.reduce((sum, [name, value]) => sum + name.length - metadataPrefix.length + Buffer.byteLength(value), 0)
  if (bytes > metadataLimit) {
    throw new S3Error('MetadataTooLarge', `Your metadata headers exceed the maximum allowed metadata size of ${metadataLimit} bytes.`, 400, {
      MaxSizeAllowed: String(metadataLimit), Size: String(bytes)
    })
  }
  return Object.fromEntries(entries)
}

/** The storage class that a request asks for; an object of STANDARD says nothing of it. */
export const askedStorageClass = (s3: S3Request): ObjectHeaders => {
  const asked = header(s3, storageClass)
  return asked === undefined || asked === 'STANDARD' ? {} : {[storageClass]: asked}
}

export const storageClassOf = ({headers}: Pick<StoredObject, 'headers'>): string => headers[storageClass] ?? 'STANDARD'

/** What a request says about the object that it makes. Throws MetadataTooLarge. */
export const objectHeaders = (s3: S3Request): ObjectHeaders => ({
  'content-type': 'binary/octet-stream',
  ...Object.fromEntries(kept.flatMap((name) => header(s3, name) === undefined ? [] : [[name, header(s3, name)!]])),
  ...contentEncoding(s3),
  ...askedStorageClass(s3),
  ...collectMetadata(s3)
})

/** What GetObject and HeadObject return about an object. */
export const answerHeaders = ({headers, etag, modified}: StoredObject): Record<string, string> =>
  ({...headers, ...encryptionHeaders, etag: `"${etag}"`, 'last-modified': new Date(modified).toUTCString(), 'accept-ranges': 'bytes'})

/** The checksum, for a client that asks for it. */
export const checksumHeaders = ({checksum}: Pick<StoredObject, 'checksum'>): Record<string, string> => checksum === undefined
  ? {}
  : {[checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type}
