import {copyFile, mkdir} from 'node:fs/promises'
import {dirname} from 'node:path'
import {isAmong} from '../../../shared/json'
import type {S3Answer} from './answer'
import {type Algorithm, checksumElement, isAlgorithm} from './checksums'
import {checkConditionHeaders} from './conditions'
import type {S3Context} from './context'
import {copyBytes, findSource, sourceHeaders} from './copy-source'
import {invalidArgument, invalidRequest} from './errors'
import {openForWriting} from './files'
import {askedStorageClass, encryptionHeaders, objectHeaders, storageClassOf} from './headers'
import {newVersionHeaders} from './locate'
import type {ObjectHeaders, StoredObject, Tags} from './objects'
import {recordObject} from './record'
import {header, type S3Request} from './request'
import {headerTags, withTags} from './tags'

const largest = 5 * 1024 ** 3

type Directive = 'COPY' | 'REPLACE'

const directive = (s3: S3Request, name: 'metadata' | 'tagging'): Directive => {
  const value = header(s3, `x-amz-${name}-directive`)?.toUpperCase() ?? 'COPY'
  if (!isAmong(['COPY', 'REPLACE'] as const, value)) {
    throw invalidArgument(`Unknown ${name} directive.`, `x-amz-${name}-directive`, value)
  }
  return value
}

const askedAlgorithm = (s3: S3Request): Algorithm | undefined => {
  const algorithm = header(s3, 'x-amz-checksum-algorithm')?.toUpperCase()
  if (algorithm !== undefined && !isAlgorithm(algorithm)) {
    throw invalidRequest('Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]')
  }
  return algorithm
}

const isOnto = (source: StoredObject, current: StoredObject | undefined, {bucket, key}: S3Request): boolean =>
  source.bucket === bucket && source.key === key && source.id === current?.id

/** A copy onto itself has to change something. Throws InvalidRequest. */
const checkItself = (context: S3Context, s3: S3Request, source: StoredObject, metadata: Directive): void => {
  const changes = metadata === 'REPLACE' || header(s3, 'x-amz-server-side-encryption') !== undefined
    || (header(s3, 'x-amz-storage-class') ?? storageClassOf(source)) !== storageClassOf(source)
  if (isOnto(source, context.objects.find(s3.bucket, s3.key), s3) && !changes) {
    throw invalidRequest('This copy request is illegal because it is trying to copy an object to itself without changing the object\'s '
      + 'metadata, storage class, website redirect location or encryption attributes.')
  }
}

type Bytes = Pick<StoredObject, 'etag' | 'checksum'>

/** The bytes as one piece: what was put together of parts gets the entity tag and checksum of a whole. */
const copyContent = async (context: S3Context, source: StoredObject, path: string, algorithm: Algorithm | undefined): Promise<Bytes> => {
  const kept = source.checksum
  const isSame = !source.etag.includes('-') && (algorithm === undefined || (algorithm === kept?.algorithm && kept.type === 'FULL_OBJECT'))
  if (isSame) {
    await mkdir(dirname(path), {recursive: true})
    await copyFile(context.files.objectPath(source.id, source.key), path)
    return {etag: source.etag, ...(kept !== undefined && {checksum: kept})}
  }
  const file = await openForWriting(path)
  try {
    const whole = await copyBytes(context, source, {start: 0, size: source.size}, {file, offset: 0}, algorithm ?? kept?.algorithm)
    return {etag: whole.md5, ...(whole.algorithm !== undefined && {checksum: {algorithm: whole.algorithm, type: 'FULL_OBJECT', value: whole.checksum!}})}
  } finally {
    await file.close()
  }
}

/** The class is the request's, not the source's. */
const copiedHeaders = (s3: S3Request, {headers}: StoredObject): ObjectHeaders => {
  const {'x-amz-storage-class': _, ...others} = headers
  return {...others, ...askedStorageClass(s3)}
}

interface Wanted {
  readonly headers: ObjectHeaders
  readonly tags: Tags
  readonly algorithm: Algorithm | undefined
}

const wanted = (context: S3Context, s3: S3Request, source: StoredObject): Wanted => {
  checkConditionHeaders(s3)
  const metadata = directive(s3, 'metadata')
  const tags = directive(s3, 'tagging') === 'REPLACE' ? headerTags(s3) : source.tags ?? []
  checkItself(context, s3, source, metadata)
  if (source.size > largest) {
    throw invalidRequest(`The specified copy source is larger than the maximum allowable size for a copy source: ${largest}`)
  }
  return {headers: metadata === 'REPLACE' ? objectHeaders(s3) : copiedHeaders(s3, source), tags, algorithm: askedAlgorithm(s3)}
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
export const copyObject = async (context: S3Context, s3: S3Request): Promise<S3Answer> => {
  const {bucket, key} = s3
  const source = findSource(context, s3)
  const {headers, tags, algorithm} = wanted(context, s3, source)
  const {id, path} = context.files.newObject(key)
  const bytes = await copyContent(context, source, path, algorithm).catch(async (error: unknown) => {
    await context.files.removeObject(id)
    throw error
  })
  const written: StoredObject = {bucket, key, id, size: source.size, modified: context.clock.now(), headers, ...bytes}
  const object = recordObject(context, s3, withTags(written, tags), {eventName: 'ObjectCreated:Copy'})
  const {checksum, modified, etag} = object
  return {
    headers: {...encryptionHeaders, ...newVersionHeaders(object), ...sourceHeaders(context, source)},
    root: 'CopyObjectResult',
    members: {
      LastModified: new Date(modified).toISOString(), ETag: `"${etag}"`,
      ...(checksum !== undefined && {[checksumElement(checksum.algorithm)]: checksum.value})
    }
  }
}
