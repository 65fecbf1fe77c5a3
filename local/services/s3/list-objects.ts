import {ServiceError} from '../../runtime/core/errors'
import type {XmlValue} from '../../runtime/core/xml'
import type {S3Answer} from './answer'
import type {S3Context} from './context'
import type {StoredObject} from './objects'
import type {S3Request} from './request'

interface Listing {
  readonly contents: StoredObject[]
  readonly prefixes: string[]
  /** The last key or common prefixif more follows. */
  readonly next?: string
}

interface Wanted {
  readonly bucket: string
  readonly prefix: string
  readonly delimiter: string
  readonly after: string
  readonly maximum: number
}

const commonPrefix = (key: string, {prefix, delimiter}: Wanted): string | undefined => {
  const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
  return end === -1 ? undefined : key.slice(0, end + delimiter.length)
}

const collect = (context: S3Context, wanted: Wanted): Listing => {
  const contents: StoredObject[] = []
  const prefixes: string[] = []
  let last = ''
  for (const object of context.objects.list(wanted.bucket, wanted.prefix, wanted.after)) {
    const common = commonPrefix(object.key, wanted)
    if (common !== undefined && (common === prefixes.at(-1) || common === wanted.after)) {
      continue
    }
    if (contents.length + prefixes.length >= wanted.maximum) {
      return {contents, prefixes, ...(last !== '' && {next: last})}
    }
    if (common === undefined) {
      contents.push(object)
    } else {
      prefixes.push(common)
    }
    last = common ?? object.key
  }
  return {contents, prefixes}
}

export const maximumKeys = (query: URLSearchParams, name: string): number => {
  const value = Number(query.get(name) ?? 1000)
  if (!Number.isInteger(value) || value < 0) {
    throw new ServiceError('InvalidArgument', `Provided ${name} not an integer or within integer range`)
  }
  return Math.min(value, 1000)
}

const entry = (encode: (text: string) => string) => ({key, modified, etag, size, checksum}: StoredObject): XmlValue => ({
  Key: encode(key),
  LastModified: new Date(modified).toISOString(),
  ETag: `"${etag}"`,
  ...(checksum !== undefined && {ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type}),
  Size: size,
  StorageClass: 'STANDARD'
})

const token = (key: string): string => Buffer.from(key).toString('base64url')

const positions = (query: URLSearchParams): {after: string, continuation: string | null} => {
  const continuation = query.get('continuation-token')
  return {continuation, after: continuation === null ? query.get('start-after') ?? '' : Buffer.from(continuation, 'base64url').toString()}
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html; version 1 differs in how it continues. */
export const listObjects = (context: S3Context, {bucket, query}: S3Request): S3Answer => {
  const isSecond = query.get('list-type') === '2'
  const {after, continuation} = isSecond ? positions(query) : {after: query.get('marker') ?? '', continuation: null}
  const wanted = {bucket, prefix: query.get('prefix') ?? '', delimiter: query.get('delimiter') ?? '', after, maximum: maximumKeys(query, 'max-keys')}
  const {contents, prefixes, next} = collect(context, wanted)
  const encode = query.get('encoding-type') === 'url' ? (text: string) => encodeURIComponent(text).replaceAll('%2F', '/') : (text: string) => text
  return {
    root: 'ListBucketResult',
    members: {
      Name: bucket,
      Prefix: encode(wanted.prefix),
      ...(wanted.delimiter !== '' && {Delimiter: encode(wanted.delimiter)}),
      MaxKeys: wanted.maximum,
      ...(query.has('encoding-type') && {EncodingType: query.get('encoding-type')}),
      ...(isSecond && {KeyCount: contents.length + prefixes.length, ContinuationToken: continuation, StartAfter: query.get('start-after')}),
      IsTruncated: next !== undefined,
      ...(next !== undefined && (isSecond ? {NextContinuationToken: token(next)} : {NextMarker: encode(next)})),
      Contents: contents.map(entry(encode)),
      CommonPrefixes: prefixes.map((prefix) => ({Prefix: encode(prefix)}))
    }
  }
}
