import {noSuchKey, preconditionFailed, S3Error} from './errors'
import type {StoredObject} from './objects'
import {header, type S3Request} from './request'

const bare = (etag: string): string => etag.trim().replace(/^W\//, '').replaceAll('"', '')

const names = (list: string, etag: string): boolean => list.split(',').some((entry) => ['*', etag].includes(bare(entry)))

const seconds = (date: string): number => Math.floor(Date.parse(date) / 1000)

const notModified = ({etag, modified}: StoredObject): S3Error => new S3Error(
  'NotModified', 'Not Modified', 304, {}, {etag: `"${etag}"`, 'last-modified': new Date(modified).toUTCString()}
)

/** Conditions of a read. The entity tag decides if one is given. Throws PreconditionFailed, or NotModified (304). */
export const checkReadConditions = (s3: S3Request, object: StoredObject): void => {
  const {etag, modified} = object
  const [match, noneMatch] = [header(s3, 'if-match'), header(s3, 'if-none-match')]
  const [since, unmodifiedSince] = [header(s3, 'if-modified-since'), header(s3, 'if-unmodified-since')]
  const changed = Math.floor(modified / 1000)
  if (match !== undefined && !names(match, etag)) {
    throw preconditionFailed('If-Match')
  }
  if (match === undefined && unmodifiedSince !== undefined && changed > seconds(unmodifiedSince)) {
    throw preconditionFailed('If-Unmodified-Since')
  }
  if (noneMatch !== undefined ? names(noneMatch, etag) : since !== undefined && changed <= seconds(since)) {
    throw notModified(object)
  }
}

/** Conditions of a copy on its source, which are the same but for what they answer. Throws PreconditionFailed. */
export const checkCopyConditions = (s3: S3Request, {etag, modified}: StoredObject, now: number): void => {
  const condition = (name: string): string | undefined => header(s3, `x-amz-copy-source-${name.toLowerCase()}`)
  const [match, noneMatch] = [condition('If-Match'), condition('If-None-Match')]
  const [since, unmodifiedSince] = [condition('If-Modified-Since'), condition('If-Unmodified-Since')]
  const changed = Math.floor(modified / 1000)
  // A time that has not come yet is ignored.
  const isUnchanged = since !== undefined && seconds(since) * 1000 <= now && changed <= seconds(since)
  const failed = [
    match !== undefined && !names(match, etag) && 'If-Match',
    match === undefined && unmodifiedSince !== undefined && changed > seconds(unmodifiedSince) && 'If-Unmodified-Since',
    noneMatch !== undefined && names(noneMatch, etag) && 'If-None-Match',
    noneMatch === undefined && isUnchanged && 'If-Modified-Since'
  ].find((name) => name !== false)
  if (failed !== undefined) {
    throw preconditionFailed(`x-amz-copy-source-${failed}`)
  }
}

const unaccepted = (Header: string, additionalMessage: string): S3Error =>
  new S3Error('NotImplemented', 'A header you provided implies functionality that is not implemented', 501, {Header, additionalMessage})

/** What S3 takes as a condition of a write, told before anything is read. Throws NotImplemented. */
export const checkConditionHeaders = (s3: S3Request): void => {
  const [match, noneMatch] = [header(s3, 'if-match'), header(s3, 'if-none-match')]
  if (match !== undefined && noneMatch !== undefined) {
    throw unaccepted('If-Match,If-None-Match', 'Multiple conditional request headers present in the request')
  }
  if (noneMatch !== undefined && noneMatch !== '*') {
    throw unaccepted('If-None-Match', 'We don\'t accept the provided value of If-None-Match header for this API')
  }
  if (match === '*') {
    throw unaccepted('If-Match', 'We don\'t accept the provided value of If-Match header for this API')
  }
  for (const name of ['If-Modified-Since', 'If-Unmodified-Since']) {
    if (header(s3, name.toLowerCase()) !== undefined) {
      throw unaccepted(name, `We don't accept the ${name} header for this API`)
    }
  }
}

/** Conditions of a write, on what is there already. Throws PreconditionFailed, NoSuchKey. */
export const checkWriteConditions = (s3: S3Request, existing: StoredObject | undefined): void => {
  const [match, noneMatch] = [header(s3, 'if-match'), header(s3, 'if-none-match')]
  if (match !== undefined && existing === undefined) {
    throw noSuchKey(s3.key)
  }
  if (existing !== undefined && match !== undefined && !names(match, existing.etag)) {
    throw preconditionFailed('If-Match')
  }
  if (existing !== undefined && noneMatch === '*') {
    throw preconditionFailed('If-None-Match')
  }
}

/** Conditions of a delete, by which `*` stands for any object. Throws PreconditionFailed. */
export const checkDeleteCondition = (match: string | undefined, existing: StoredObject | undefined): void => {
  if (match !== undefined && (existing === undefined || !names(match, existing.etag))) {
    throw preconditionFailed('If-Match')
  }
}

/** Conditions of completing an upload: what was written or deleted since it was begun decides as well. */
export const checkCompletion = (s3: S3Request, existing: StoredObject | undefined, isDisturbed: boolean): void => {
  checkWriteConditions(s3, existing)
  const condition = ['If-Match', 'If-None-Match'].find((name) => header(s3, name.toLowerCase()) !== undefined)
  if (condition !== undefined && isDisturbed) {
    throw new S3Error(
      'ConditionalRequestConflict', 'The conditional request cannot succeed due to a conflicting operation against this resource.', 409,
      {Condition: condition, Key: s3.key}
    )
  }
}
