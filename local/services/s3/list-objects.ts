import type {XmlValue} from '../../runtime/core/xml'
import type {S3Answer} from './answer'
import {owner, type S3Context} from './context'
import {invalidArgument} from './errors'
import {storageClassOf} from './headers'
import type {StoredObject} from './objects'
import type {S3Request} from './request'

interface Listing {
  readonly contents: StoredObject[]
  readonly prefixes: string[]
  /** The last key or common prefix if more follows. */
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
  const text = query.get(name)
  if (text === null || text === '') {
    return 1000
  }
  if (!/^-?\d+$/.test(text) || Math.abs(Number(text)) > 2 ** 31 - 1) {
    throw invalidArgument(`Provided ${name} not an integer or within integer range`, name, text)
  }
  if (Number(text) < 0) {
    throw invalidArgument(`Argument ${name} must be an integer between 0 and 2147483647`, name, text)
  }
  return Math.min(Number(text), 1000)
}

export type Encode = (text: string) => string

/** How names are written in a list: as they are, or as in a URL. Throws InvalidArgument. */
export const encodingOf = (query: URLSearchParams): Encode => {
  const type = query.get('encoding-type')
  if (type !== null && type !== '' && type !== 'url') {
    throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', type)
  }
  return type === 'url' ? (text) => encodeURIComponent(text).replaceAll('%2F', '/').replaceAll('%20', '+') : (text) => text
}

const entry = (encode: Encode, shownOwner: XmlValue) => (object: StoredObject): XmlValue => {
  const {key, modified, etag, size, checksum} = object
  return {
    Key: encode(key),
    LastModified: new Date(modified).toISOString(),
    ETag: `"${etag}"`,
    ...(checksum !== undefined && {ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type}),
    Size: size,
    Owner: shownOwner,
    StorageClass: storageClassOf(object)
  }
}

const token = (key: string): string => Buffer.from(key).toString('base64url')

const positions = (query: URLSearchParams): {after: string, continuation: string | null} => {
  const continuation = query.get('continuation-token')
  if (continuation === '') {
    throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', '')
  }
  return {continuation, after: continuation === null ? query.get('start-after') ?? '' : Buffer.from(continuation, 'base64url').toString()}
}

const common = (
  {query, bucket}: S3Request, {prefix, delimiter, maximum}: Wanted, {contents, prefixes, next}: Listing, shownOwner: XmlValue
): {readonly [name: string]: XmlValue} => {
  const encode = encodingOf(query)
  return {
    Name: bucket,
    Prefix: encode(prefix),
    ...(delimiter !== '' && {Delimiter: encode(delimiter)}),
    MaxKeys: maximum,
    ...(query.get('encoding-type') && {EncodingType: query.get('encoding-type')}),
    IsTruncated: next !== undefined,
    Contents: contents.map(entry(encode, shownOwner)),
    CommonPrefixes: prefixes.map((each) => ({Prefix: encode(each)}))
  }
}

const wantedOf = ({bucket, query}: S3Request, after: string): Wanted =>
  ({bucket, prefix: query.get('prefix') ?? '', delimiter: query.get('delimiter') ?? '', after, maximum: maximumKeys(query, 'max-keys')})

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html */
export const listObjects = (context: S3Context, s3: S3Request): S3Answer => {
  const encode = encodingOf(s3.query)
  const wanted = wantedOf(s3, s3.query.get('marker') ?? '')
  const listing = collect(context, wanted)
  return {root: 'ListBucketResult', members: {
    ...common(s3, wanted, listing, owner(context)),
    Marker: encode(wanted.after),
    // Without a delimiter the last key is the marker.
    ...(listing.next !== undefined && wanted.delimiter !== '' && {NextMarker: encode(listing.next)})
  }}
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export const listObjectsV2 = (context: S3Context, s3: S3Request): S3Answer => {
  const {query} = s3
  const {after, continuation} = positions(query)
  const wanted = wantedOf(s3, after)
  const listing = collect(context, wanted)
  const {contents, prefixes, next} = listing
  return {root: 'ListBucketResult', members: {
    ...common(s3, wanted, listing, query.get('fetch-owner') === 'true' ? owner(context) : undefined),
    KeyCount: contents.length + prefixes.length,
    ContinuationToken: continuation,
    ...(query.get('start-after') && {StartAfter: encodingOf(query)(query.get('start-after')!)}),
    ...(next !== undefined && {NextContinuationToken: token(next)})
  }}
}
