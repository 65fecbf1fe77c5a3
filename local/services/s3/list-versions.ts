import type {XmlValue} from '../../runtime/core/xml'
import type {S3Answer} from './answer'
import {owner, type S3Context} from './context'
import {invalidArgument} from './errors'
import {storageClassOf} from './headers'
import {type Encode, encodingOf, maximumKeys} from './list-objects'
import {checkVersionId, findVersion} from './locate'
import type {S3Request} from './request'
import {type Version, versionId} from './versions'

interface Listed extends Version {
  readonly isLatest: boolean
}

interface Listing {
  readonly versions: Listed[]
  readonly prefixes: string[]
  /** The last of the page, if more follows. */
  readonly next?: {readonly key: string, readonly version?: string}
}

interface Wanted {
  readonly prefix: string
  readonly delimiter: string
  readonly keyMarker: string
  /** Only versions below it of the key that the marker names. */
  readonly below: number
  readonly maximum: number
}

const commonPrefix = (key: string, {prefix, delimiter}: Wanted): string | undefined => {
  const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
  return end === -1 ? undefined : key.slice(0, end + delimiter.length)
}

const collect = (context: S3Context, bucket: string, wanted: Wanted): Listing => {
  const [versions, prefixes]: [Listed[], string[]] = [[], []]
  let last: Listing['next']
  let key = wanted.keyMarker
  for (const version of context.versions.list(bucket, wanted.prefix, wanted.keyMarker, wanted.below)) {
    const isLatest = version.object.key !== key
    key = version.object.key
    const common = commonPrefix(key, wanted)
    if (common !== undefined && (common === prefixes.at(-1) || common === wanted.keyMarker)) {
      continue
    }
    if (versions.length + prefixes.length >= wanted.maximum) {
      return {versions, prefixes, ...(last !== undefined && {next: last})}
    }
    if (common === undefined) {
      versions.push({...version, isLatest})
    } else {
      prefixes.push(common)
    }
    last = common === undefined ? {key, version: versionId(version.object)} : {key: common}
  }
  return {versions, prefixes}
}

const shown = (context: S3Context, encode: Encode) => ({object, isMarker, isLatest}: Listed): XmlValue => ({
  Key: encode(object.key),
  VersionId: versionId(object),
  IsLatest: isLatest,
  LastModified: new Date(object.modified).toISOString(),
  ...(!isMarker && {ETag: `"${object.etag}"`, Size: object.size, StorageClass: storageClassOf(object)}),
  ...(object.checksum !== undefined && {ChecksumAlgorithm: object.checksum.algorithm, ChecksumType: object.checksum.type}),
  Owner: owner(context)
})

/** Where the page begins. A marker without a version stands for the whole key. Throws InvalidArgument. */
const markers = (context: S3Context, {bucket, query}: S3Request): Pick<Wanted, 'keyMarker' | 'below'> & {readonly idMarker: string} => {
  const [keyMarker, idMarker] = [query.get('key-marker') ?? '', query.get('version-id-marker') ?? '']
  if (query.has('version-id-marker') && idMarker === '') {
    throw invalidArgument('A version-id marker cannot be empty.', 'version-id-marker', '')
  }
  if (idMarker !== '' && keyMarker === '') {
    throw invalidArgument('A version-id marker cannot be specified without a key marker.', 'version-id-marker', idMarker)
  }
  if (idMarker !== '') {
    checkVersionId(context, bucket, idMarker)
  }
  return {keyMarker, idMarker, below: idMarker === '' ? 0 : findVersion(context, bucket, keyMarker, idMarker)?.sequence ?? 0}
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
export const listVersions = (context: S3Context, s3: S3Request): S3Answer => {
  const {bucket, query} = s3
  const {keyMarker, idMarker, below} = markers(context, s3)
  const wanted = {prefix: query.get('prefix') ?? '', delimiter: query.get('delimiter') ?? '', keyMarker, below, maximum: maximumKeys(query, 'max-keys')}
  const {versions, prefixes, next} = collect(context, bucket, wanted)
  const encode = encodingOf(query)
  return {root: 'ListVersionsResult', members: {
    Name: bucket,
    Prefix: encode(wanted.prefix),
    ...(wanted.delimiter !== '' && {Delimiter: encode(wanted.delimiter)}),
    KeyMarker: encode(keyMarker),
    VersionIdMarker: idMarker,
    ...(next !== undefined && {NextKeyMarker: encode(next.key), ...(next.version !== undefined && {NextVersionIdMarker: next.version})}),
    MaxKeys: wanted.maximum,
    ...(query.get('encoding-type') && {EncodingType: query.get('encoding-type')}),
    IsTruncated: next !== undefined,
    Version: versions.filter(({isMarker}) => !isMarker).map(shown(context, encode)),
    DeleteMarker: versions.filter(({isMarker}) => isMarker).map(shown(context, encode)),
    CommonPrefixes: prefixes.map((each) => ({Prefix: encode(each)}))
  }}
}
