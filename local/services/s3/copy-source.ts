import {createHash} from 'node:crypto'
import type {FileHandle} from 'node:fs/promises'
import {open} from 'node:fs/promises'
import {hasCode} from '../../../shared/errors'
import {type Algorithm, createHasher} from './checksums'
import {checkCopyConditions} from './conditions'
import type {S3Context} from './context'
import {invalidArgument, invalidRequest, noSuchBucket, noSuchKey, noSuchVersion, notImplemented} from './errors'
import {checkVersionId, findVersion} from './locate'
import type {StoredObject} from './objects'
import type {Received} from './receive'
import {header, type S3Request} from './request'
import {versionId} from './versions'

interface Named {
  readonly bucket: string
  readonly key: string
  readonly version?: string
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    throw invalidArgument('Invalid copy source encoding.', 'x-amz-copy-source', text)
  }
}

/** `[/]<bucket>/<key>[?versionId=<id>]`, encoded as a URL is. */
const parseSource = (text: string): Named => {
  const [path = '', ...query] = text.split('?')
  const [bucket = '', ...segments] = decoded(path).replace(/^\//, '').split('/')
  if (bucket.startsWith('arn:')) {
    throw notImplemented('x-amz-copy-source of an access point')
  }
  const key = segments.join('/')
  if (bucket === '' || key === '') {
    throw invalidArgument('Invalid copy source object key', 'x-amz-copy-source', text)
  }
  const version = new URLSearchParams(query.join('?')).get('versionId')
  return {bucket, key, ...(version !== null && {version})}
}

/** The object that a request copies, if its conditions hold. Throws NoSuchBucket, NoSuchKey, NoSuchVersion, PreconditionFailed. */
export const findSource = (context: S3Context, s3: S3Request): StoredObject => {
  const {bucket, key, version} = parseSource(header(s3, 'x-amz-copy-source')!)
  if (context.buckets.find(bucket) === undefined) {
    throw noSuchBucket(bucket)
  }
  if (version !== undefined) {
    checkVersionId(context, bucket, version)
  }
  const found = version === undefined ? undefined : findVersion(context, bucket, key, version)
  if (found?.isMarker === true) {
    throw invalidRequest('The source of a copy request may not specifically refer to a delete marker by version id.')
  }
  const object = version === undefined ? context.objects.find(bucket, key) : found?.object
  if (object === undefined) {
    throw version === undefined ? noSuchKey(key) : noSuchVersion(key, version)
  }
  checkCopyConditions(s3, object, context.clock.now())
  return object
}

export const sourceHeaders = ({buckets}: S3Context, source: StoredObject): Record<string, string> =>
  source.version === undefined && buckets.versioning(source.bucket) === undefined ? {} : {'x-amz-copy-source-version-id': versionId(source)}

const block = 1024 * 1024

/** Opens the file of an object that may be deleted at any time. Throws NoSuchKey. */
const openObject = (context: S3Context, {id, key}: StoredObject): Promise<FileHandle> =>
  open(context.files.objectPath(id, key), 'r').catch((error: unknown) => {
    throw hasCode(error, 'ENOENT') ? noSuchKey(key) : error
  })

/** Copies a stretch of an object into a file, hashing it on the way. Throws NoSuchKey. */
export const copyBytes = async (
  context: S3Context, source: StoredObject, {start, size}: {readonly start: number, readonly size: number},
  target: {readonly file: FileHandle, readonly offset: number}, algorithm: Algorithm | undefined
): Promise<Received> => {
  const [from, md5] = [await openObject(context, source), createHash('md5')]
  const hasher = algorithm === undefined ? undefined : createHasher(algorithm)
  try {
    for (let done = 0; done < size;) {
      const {bytesRead, buffer} = await from.read(Buffer.allocUnsafe(Math.min(block, size - done)), {position: start + done})
      if (bytesRead === 0) {
        throw new Error(`Expected ${size} bytes of ${source.key} from byte ${start} on; got ${done}.`)
      }
      const chunk = buffer.subarray(0, bytesRead)
      md5.update(chunk)
      hasher?.update(chunk)
      await target.file.write(chunk, 0, bytesRead, target.offset + done)
      done += bytesRead
    }
  } finally {
    await from.close()
  }
  return {size, md5: md5.digest('hex'), ...(algorithm !== undefined && hasher !== undefined && {algorithm, checksum: (await hasher.digest()).toString('base64')})}
}
