import {createHash} from 'node:crypto'
import {isObject, type Json, trustedJson} from '../../../shared/json'
import {readBody} from '../../runtime/core/body'
import type {S3Answer} from './answer'
import {assemble} from './assemble'
import {checksumElement, checksumHeader, computeChecksum} from './checksums'
import {checkCompletion, checkConditionHeaders} from './conditions'
import {combineCrcs} from './crc-combine'
import type {S3Context} from './context'
import {namedUpload, openUpload} from './create-upload'
import {invalidRequest, malformedXml, S3Error} from './errors'
import {encryptionHeaders} from './headers'
import {newVersionHeaders} from './locate'
import type {ObjectChecksum, StoredObject} from './objects'
import {recordObject} from './record'
import {header, type S3Request} from './request'
import type {Part, Upload} from './uploads'
import {type NamedPart, partEntries} from './xml-input'

const smallestPart = 5 * 1024 * 1024

const invalidPart = ({etag, number}: NamedPart, {id}: Upload): S3Error => new S3Error('InvalidPart',
  'One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part\'s entity tag.',
  400, {UploadId: id, PartNumber: String(number), ETag: etag})

const tooSmall = ({etag, number, size}: Part): S3Error => new S3Error(
  'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', 400,
  {ProposedSize: String(size), MinSizeAllowed: String(smallestPart), PartNumber: String(number), ETag: etag}
)

const givenChecksum = ({checksums}: NamedPart, {algorithm}: Upload): unknown =>
  algorithm === undefined ? undefined : checksums[checksumElement(algorithm)]

const matches = (named: NamedPart, part: Part, upload: Upload): boolean => {
  const checksum = givenChecksum(named, upload)
  return named.etag === part.etag && (checksum === undefined || checksum === part.checksum)
}

/** A checksum of checksums is compared part by part. Throws InvalidRequest. */
const checkComposite = (named: readonly NamedPart[], upload: Upload): void => {
  const missing = upload.checksumType === 'COMPOSITE' ? named.find((part) => givenChecksum(part, upload) === undefined) : undefined
  if (missing !== undefined) {
    throw invalidRequest(`The upload was created using a ${upload.algorithm!.toLowerCase()} checksum. The complete request must include the `
      + `checksum for each part. It was missing for part ${missing.number} in the request.`)
  }
}

/** The stored parts that a client names. Throws MalformedXML, InvalidPartOrder, InvalidPart, EntityTooSmall, InvalidRequest. */
const chosenParts = (named: readonly NamedPart[], stored: readonly Part[], upload: Upload): Part[] => {
  if (named.length === 0 || named.some(({number}) => !Number.isInteger(number))) {
    throw malformedXml()
  }
  if (named.some(({number}, index) => index > 0 && number <= named[index - 1]!.number)) {
    throw new S3Error('InvalidPartOrder', 'The list of parts was not in ascending order. Parts must be ordered by part number.', 400, {UploadId: upload.id})
  }
  checkComposite(named, upload)
  const parts = named.map((name) => {
    const part = stored.find(({number}) => number === name.number)
    if (part === undefined || !matches(name, part, upload)) {
      throw invalidPart(name, upload)
    }
    return part
  })
  const small = parts.slice(0, -1).find(({size}) => size < smallestPart)
  if (small !== undefined) {
    throw tooSmall(small)
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

const checkWhole = (s3: S3Request, {checksumType = 'FULL_OBJECT'}: Upload, parts: readonly Part[], checksum: ObjectChecksum | undefined): void => {
  const type = header(s3, 'x-amz-checksum-type')?.toUpperCase()
  if (type !== undefined && type !== checksumType) {
    throw invalidRequest(`The upload was created using the ${checksumType} checksum mode. The complete request must use the same checksum mode.`)
  }
  const expected = checksum && header(s3, checksumHeader(checksum.algorithm))
  if (expected !== undefined && expected !== checksum?.value && expected !== checksum?.value.replace(/-\d+$/, '')) {
    throw new S3Error('BadDigest', `The ${checksum?.algorithm} you specified did not match the calculated checksum.`, 400)
  }
  const size = header(s3, 'x-amz-mp-object-size')
  if (size !== undefined && Number(size) !== parts.reduce((sum, part) => sum + part.size, 0)) {
    throw invalidRequest('The provided \'x-amz-mp-object-size\' header does not match what was computed')
  }
}

interface Completion {
  readonly members: Record<string, string>
  readonly headers?: Record<string, string>
}

/** An earlier release kept the members alone. */
const remembered = (completed: string): Completion => {
  return isObject(trustedJson<Json>(completed)['members']) ? trustedJson<Completion>(completed) : {members: trustedJson<Record<string, string>>(completed)}
}

const location = ({request}: S3Request, bucket: string, key: string): string =>
  `http://${request.headers.host ?? 's3.amazonaws.com'}/${bucket}/${encodeURIComponent(key)}`

const completion = (s3: S3Request, object: StoredObject): Completion => {
  const {bucket, key, etag, checksum} = object
  return {
    headers: {...encryptionHeaders, ...newVersionHeaders(object)},
    members: {
      Location: location(s3, bucket, key),
      Bucket: bucket,
      Key: key,
      ETag: `"${etag}"`,
      ...(checksum !== undefined && {[checksumElement(checksum.algorithm)]: checksum.value, ChecksumType: checksum.type})
    }
  }
}

const assembled = (context: S3Context, upload: Upload, parts: readonly Part[], checksum: ObjectChecksum | undefined, id: string): StoredObject => {
  const {bucket, key, headers, tags} = upload
  return {
    bucket, key, id, headers, modified: context.clock.now(), etag: compositeEtag(parts),
    size: parts.reduce((sum, part) => sum + part.size, 0), ...(checksum !== undefined && {checksum}), ...(tags !== undefined && {tags}),
    parts: parts.map((part) => ({number: part.number, size: part.size, ...(part.checksum !== null && {checksum: part.checksum})}))
  }
}

/**
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
 * Repeated after it succeeded, it returns the same: the first answer may have been lost.
 */
export const completeUpload = async (context: S3Context, s3: S3Request): Promise<S3Answer> => {
  const root = 'CompleteMultipartUploadResult'
  const upload = namedUpload(context, s3)
  checkConditionHeaders(s3)
  const named = partEntries((await readBody(s3.request)).toString('utf8'))
  if (upload.completed !== undefined) {
    return {root, ...remembered(upload.completed)}
  }
  const parts = chosenParts(named, context.uploads.parts(upload.id), upload)
  const checksum = await checksumOfParts(upload, parts)
  checkWhole(s3, upload, parts, checksum)
  const check = (existing: StoredObject | undefined): void => {
    // Aborted, or completed by a second request, while this one put the parts together.
    checkCompletion(s3, existing, openUpload(context, s3).isDisturbed === true)
  }
  check(context.objects.find(upload.bucket, upload.key))
  const {id, path} = context.files.newObject(upload.key)
  await assemble(context, upload.id, parts, path)
  let completed: Completion | undefined
  recordObject(context, s3, assembled(context, upload, parts, checksum, id), {
    eventName: 'ObjectCreated:CompleteMultipartUpload', check,
    also: (object) => {
      completed = completion(s3, object)
      context.uploads.complete(upload.id, JSON.stringify(completed))
    }
  })
  context.slots.forget(upload.id)
  await context.files.removeUpload(upload.id)
  return {root, ...completed}
}
