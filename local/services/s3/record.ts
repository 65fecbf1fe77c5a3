import {isoTime} from '../../runtime/core/clock'
import {transaction} from '../../runtime/core/store'
import {checkWriteConditions} from './conditions'
import type {S3Context} from './context'
import type {StoredObject} from './objects'
import type {S3Request} from './request'
import {newVersionId} from './versions'

/** Drops the files of objects that no record has any more. */
export const discard = ({files}: Pick<S3Context, 'files'>, ids: readonly string[]): void =>
  ids.forEach((id) => { files.removeObject(id).catch((error: Error) => process.emitWarning(error)) })

/** Keeps the current object as a version, or replaces it: returns the files that are no longer needed. */
export const retire = ({buckets, objects, versions, clock}: S3Context, bucket: string, key: string): string[] => {
  const [versioning, current] = [buckets.versioning(bucket), objects.find(bucket, key)]
  if (versioning === undefined) {
    return current === undefined ? [] : [current.id]
  }
  const gone: string[] = []
  // With versioning suspended there is one null version, which the next replaces.
  const old = versioning === 'Suspended' ? versions.find(bucket, key, 'null') : undefined
  if (old !== undefined) {
    versions.remove(old.sequence)
    gone.push(...(old.isMarker ? [] : [old.object.id]))
  }
  if (current !== undefined && versioning === 'Suspended' && current.version === undefined) {
    gone.push(current.id)
  } else if (current !== undefined) {
    versions.add(current, false, clock.now())
  }
  return gone
}

/** The object under the id that its version has: with versioning one of its own. */
const numbered = ({buckets}: S3Context, {version: _, ...object}: StoredObject): StoredObject =>
  ({...object, ...(buckets.versioning(object.bucket) === 'Enabled' && {version: newVersionId()})})

export interface Recording {
  readonly eventName: string
  /** Throws if what is there already forbids it; the request's own conditions by default. */
  readonly check?: (existing: StoredObject | undefined) => void
  /** Within the transaction. */
  readonly also?: (object: StoredObject) => void
}

/**
 * Makes a written file the object: record and notifications are one transaction, so that neither is without the other
 * after a crash. Throws PreconditionFailed, and drops the file then.
 */
export const recordObject = (context: S3Context, s3: S3Request, written: StoredObject, {eventName, check, also}: Recording): StoredObject => {
  const {db, objects, uploads, notifier, observe, clock} = context
  const object = numbered(context, written)
  const {bucket, key, size, etag} = object
  try {
    const gone = transaction(db, () => {
      const existing = objects.find(bucket, key)
      if (check === undefined) {
        checkWriteConditions(s3, existing)
      } else {
        check(existing)
      }
      const left = retire(context, bucket, key)
      objects.put(object)
      also?.(object)
      uploads.disturb(bucket, key)
      notifier(eventName, {bucket, key, size, etag, ...(object.version !== undefined && {version: object.version})})
      return left
    })
    discard(context, gone)
  } catch (error) {
    discard(context, [object.id])
    throw error
  }
  observe({type: 'object', at: isoTime(clock), bucket, key, size, eventName})
  return object
}
