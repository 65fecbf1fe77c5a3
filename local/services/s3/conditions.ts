import {ServiceError} from '../../runtime/core/errors'
import type {StoredObject} from './objects'
import {header, type S3Request} from './request'

const bare = (etag: string): string => etag.trim().replace(/^W\//, '').replaceAll('"', '')

const names = (list: string, etag: string): boolean => list.split(',').some((entry) => ['*', etag].includes(bare(entry)))

const failed = (): ServiceError => new ServiceError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412)

const notModified = (): ServiceError => new ServiceError('NotModified', 'Not Modified', 304)

const seconds = (date: string): number => Math.floor(Date.parse(date) / 1000)

/** Conditions of a read. The entity tag decides if one is given. Throws PreconditionFailed, or NotModified (304). */
export const checkReadConditions = (s3: S3Request, {etag, modified}: StoredObject): void => {
  const [match, noneMatch] = [header(s3, 'if-match'), header(s3, 'if-none-match')]
  const [since, unmodifiedSince] = [header(s3, 'if-modified-since'), header(s3, 'if-unmodified-since')]
  const changed = Math.floor(modified / 1000)
  if (match !== undefined ? !names(match, etag) : unmodifiedSince !== undefined && changed > seconds(unmodifiedSince)) {
    throw failed()
  }
  if (noneMatch !== undefined ? names(noneMatch, etag) : since !== undefined && changed <= seconds(since)) {
    throw notModified()
  }
}

/** Conditions of a write, on what is there already. Throws PreconditionFailed, NoSuchKey. */
export const checkWriteConditions = (s3: S3Request, existing: StoredObject | undefined): void => {
  const [match, noneMatch] = [header(s3, 'if-match'), header(s3, 'if-none-match')]
  if (match !== undefined && existing === undefined) {
    throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404)
  }
  if (existing !== undefined && (noneMatch === '*' || (match !== undefined && !names(match, existing.etag)))) {
    throw failed()
  }
}
