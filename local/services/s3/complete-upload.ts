import {createHash} from 'node:crypto'
import {trustedJson} from '../../../shared/json'
import {readBody} from '../../runtime/core/body'
import {ServiceError} from '../../runtime/core/errors'
import type {S3Answer} from './answer'
import {assemble} from './assemble'
import {checksumElement, checksumHeader, computeChecksum} from './checksums'
import {combineCrcs} from './crc-combine'
import type {S3Context} from './context'
import {namedUpload, openUpload} from './create-upload'
import type {ObjectChecksum, StoredObject} from './objects'
import {recordObject} from './record'
import {header, type S3Request} from './request'
import type {Part, Upload} from './uploads'
import {type NamedPart, partEntries} from './xml-input'

const smallestPart = 5 * 1024 * 1024

const invalidPart = (): ServiceError => new ServiceError('InvalidPart',
  'One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part\'s entity tag.')

const matches = (named: NamedPart, part: Part, {algorithm}: Upload): boolean => {
  const checksum = algorithm === undefined ? undefined : named.checksums[checksumElement(algorithm)]
  return named.etag === part.etag && (checksum === undefined || checksum === part.checksum)
}

/** The stored parts that a client names. Throws MalformedXML, InvalidPartOrder, InvalidPart, EntityTooSmall. */
const chosenParts = (named: readonly NamedPart[], stored: readonly Part[], upload: Upload): Part[] => {
  if (named.length === 0) {
    throw new ServiceError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema')
  }
  if (named.some(({number}, index) => index > 0 && number <= named[index - 1]!.number)) {
    throw new ServiceError('InvalidPartOrder', 'The list of parts was not in ascending order. The parts list must be specified in order by part number.')
  }
  const parts = named.map((name) => {
    const part = stored.find(({number}) => number === name.number)
    if (part === undefined || !matches(name, part, upload)) {
      throw invalidPart()
    }
    return part
  })
  if (parts.slice(0, -1).some(({size}) => size < smallestPart)) {
    throw new ServiceError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size')
  }
  return parts
}

const compositeEtag = (parts: readonly Part[]): string => {
  const digests = parts.map(({etag}) => Buffer.from(etag, 'hex'))
  return `${createHash('md5').update(Buffer.concat(digests)).digest('hex')}-${parts.length}`
}

const checksumOfParts = async ({algorithm, checksumType}: Upload, parts: readonly Part[]): Promise<ObjectChecksum | undefined> => {
  if (algorithm === undefined || checksumType === undefined) {
    return undefined
  }
  const value = checksumType === 'FULL_OBJECT'
    ? combineCrcs(algorithm, parts.map(({checksum, size}) => ({checksum: checksum!, size})))
    : `${await computeChecksum(algorithm, Buffer.concat(parts.map(({checksum}) => Buffer.from(checksum!, 'base64'))))}-${parts.length}`
  return {algorithm, type: checksumType, value}
}

const checkWhole = (s3: S3Request, parts: readonly Part[], checksum: ObjectChecksum | undefined): void => {
  const expected = checksum && header(s3, checksumHeader(checksum.algorithm))
  if (expected !== undefined && expected !== checksum?.value) {
    throw new ServiceError('BadDigest', `The ${checksum?.algorithm} you specified did not match the calculated checksum.`)
  }
  const size = header(s3, 'x-amz-mp-object-size')
  if (size !== undefined && Number(size) !== parts.reduce((sum, part) => sum + part.size, 0)) {
    throw new ServiceError('InvalidRequest', 'The provided x-amz-mp-object-size does not match the size of the object.')
  }
}

const completionResult = ({bucket, key, etag, checksum}: StoredObject): Record<string, string> => ({
  Location: `/${bucket}/${key}`,
  Bucket: bucket,
  Key: key,
  ETag: `"${etag}"`,
  ...(checksum !== undefined && {[checksumElement(checksum.algorithm)]: checksum.value, ChecksumType: checksum.type})
})

/**
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
 * Repeated after it succeeded, it returns the same: the first answer may have been lost.
 */
export const completeUpload = async (context: S3Context, s3: S3Request): Promise<S3Answer> => {
  const root = 'CompleteMultipartUploadResult'
  const upload = namedUpload(context, s3)
  const named = partEntries((await readBody(s3.request)).toString('utf8'))
  if (upload.completed !== undefined) {
    return {root, members: trustedJson<Record<string, string>>(upload.completed)}
  }
  const parts = chosenParts(named, context.uploads.parts(upload.id), upload)
  const checksum = await checksumOfParts(upload, parts)
  checkWhole(s3, parts, checksum)
  const {id, path} = context.files.newObject(upload.key)
  await assemble(context, upload.id, parts, path)
  const {bucket, key, headers} = upload
  const object: StoredObject = {
    bucket, key, id, headers, modified: context.clock.now(), etag: compositeEtag(parts),
    size: parts.reduce((sum, part) => sum + part.size, 0), ...(checksum !== undefined && {checksum})
  }
  const members = completionResult(object)
  recordObject(context, s3, object, 'ObjectCreated:CompleteMultipartUpload', () => {
    // Aborted, or completed by a second request, while this one put the parts together.
    openUpload(context, s3)
    context.uploads.complete(upload.id, JSON.stringify(members))
  })
  context.slots.forget(upload.id)
  await context.files.removeUpload(upload.id)
  return {root, members}
}
