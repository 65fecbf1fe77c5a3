import {transaction} from '../../runtime/core/store'
import {checkDeleteCondition} from './conditions'
import type {S3Context} from './context'
import {findVersion} from './locate'
import type {StoredObject} from './objects'
import {discard, retire} from './record'
import {newVersionId, type Version, versionId} from './versions'

/** What a delete did. */
export interface Removal {
  /** Of the marker that was made, or of the version that was deleted. */
  readonly version?: string
  readonly isMarker: boolean
}

/** A delete marker is a version without bytes. */
const markerOf = (context: S3Context, bucket: string, key: string): StoredObject => ({
  bucket, key, id: '', size: 0, etag: '', modified: context.clock.now(), headers: {},
  ...(context.buckets.versioning(bucket) === 'Enabled' && {version: newVersionId()})
})

const hide = (context: S3Context, bucket: string, key: string, cause: string): Removal => {
  const marker = markerOf(context, bucket, key)
  const gone = transaction(context.db, () => {
    const left = retire(context, bucket, key)
    context.objects.remove(bucket, key)
    context.versions.add(marker, true, context.clock.now())
    context.uploads.disturb(bucket, key)
    context.notifier(`${cause}:DeleteMarkerCreated`, {bucket, key, version: versionId(marker)})
    return left
  })
  discard(context, gone)
  return {version: versionId(marker), isMarker: true}
}

export interface Removing {
  /** First part of the event's name. */
  readonly cause?: 'ObjectRemoved' | 'LifecycleExpiration'
  /** Entity tag that the object must have. */
  readonly etag?: string | undefined
}

/** Removes the object of a key and says so; one that is not there is left at that. With versioning a marker hides it. */
export const removeObject = (context: S3Context, bucket: string, key: string, {cause = 'ObjectRemoved', etag}: Removing = {}): Removal => {
  const object = context.objects.find(bucket, key)
  checkDeleteCondition(etag, object)
  if (context.buckets.versioning(bucket) !== undefined) {
    return hide(context, bucket, key, cause)
  }
  if (object !== undefined) {
    transaction(context.db, () => {
      context.objects.remove(bucket, key)
      context.uploads.disturb(bucket, key)
      context.notifier(`${cause}:Delete`, {bucket, key})
    })
    discard(context, [object.id])
  }
  return {isMarker: false}
}

/** The newest of what is left becomes the object, unless it is a marker. */
const promote = ({objects, versions}: S3Context, bucket: string, key: string): void => {
  const newest = objects.find(bucket, key) === undefined ? versions.newest(bucket, key) : undefined
  if (newest !== undefined && !newest.isMarker) {
    versions.remove(newest.sequence)
    objects.put(newest.object)
  }
}

const erase = (context: S3Context, {object, isMarker, sequence}: Version, cause: string): void => {
  const {bucket, key} = object
  transaction(context.db, () => {
    if (sequence === Number.MAX_SAFE_INTEGER) {
      context.objects.remove(bucket, key)
    } else {
      context.versions.remove(sequence)
    }
    promote(context, bucket, key)
    context.uploads.disturb(bucket, key)
    context.notifier(`${cause}:Delete`, {bucket, key, version: versionId(object)})
  })
  discard(context, isMarker ? [] : [object.id])
}

/** Removes one version for good; undefined if there is no such version. */
export const removeVersion = (
  context: S3Context, bucket: string, key: string, version: string, {cause = 'ObjectRemoved', etag}: Removing = {}
): Removal | undefined => {
  const found = findVersion(context, bucket, key, version)
  if (found === undefined) {
    return undefined
  }
  checkDeleteCondition(etag, found.isMarker ? undefined : found.object)
  erase(context, found, cause)
  return {version, isMarker: found.isMarker}
}
