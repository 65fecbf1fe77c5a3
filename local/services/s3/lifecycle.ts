import {block, blocks, number, text} from '../../../shared/wiring/values'
import type {Wiring} from '../../../shared/wiring/wiring'
import type {S3Context} from './context'
import {discardUpload} from './create-upload'
import {type LifecycleFilter, lifecycleFilter} from './lifecycle-filter'
import {removeObject, removeVersion} from './remove'
import {type Version, versionId} from './versions'

const hour = 60 * 60_000
const day = 24 * hour

interface Rule extends LifecycleFilter {
  readonly bucket: string
  /** 0: never. */
  readonly uploadDays: number
  readonly objectDays: number
  /** Of versions that are not the current one; 0: never. */
  readonly versionDays: number
  /** The newest of these stay whatever their days. */
  readonly keptVersions: number
  /** Whether a delete marker goes once nothing is behind it. */
  readonly markers: boolean
}

const wiredRules = (wiring: Wiring): Rule[] => wiring.ofType('aws_s3_bucket_lifecycle_configuration').flatMap(({values}) =>
  blocks(values, 'rule').filter((rule) => text(rule, 'status') === 'Enabled').map((rule) => ({
    bucket: text(values, 'bucket'),
    ...lifecycleFilter(rule),
    uploadDays: number(block(rule, 'abort_incomplete_multipart_upload'), 'days_after_initiation', 0),
    objectDays: number(block(rule, 'expiration'), 'days', 0),
    versionDays: number(block(rule, 'noncurrent_version_expiration'), 'noncurrent_days', 0),
    keptVersions: Number(block(rule, 'noncurrent_version_expiration')['newer_noncurrent_versions'] ?? 0),
    markers: block(rule, 'expiration')['expired_object_delete_marker'] === true
  })))

const abortUploads = async (context: S3Context, {bucket, prefix, uploadDays}: Rule): Promise<void> => {
  const old = context.uploads.before(context.clock.now() - uploadDays * day)
    .filter((upload) => upload.bucket === bucket && upload.key.startsWith(prefix))
  await Promise.all(old.map(({id}) => discardUpload(context, id)))
}

/** S3 rounds an object's days up to the next midnight UTC: it never goes early. */
const isOver = ({clock}: S3Context, since: number, days: number): boolean => Math.ceil(since / day + days) * day <= clock.now()

const cause = 'LifecycleExpiration'

const removeObjects = (context: S3Context, {bucket, prefix, applies, objectDays}: Rule): void => {
  const old = [...context.objects.list(bucket, prefix, '')].filter((object) => applies(object) && isOver(context, object.modified, objectDays))
  old.forEach(({key}) => removeObject(context, bucket, key, {cause}))
}

const remove = (context: S3Context, {object}: Version): void => void removeVersion(context, object.bucket, object.key, versionId(object), {cause})

/** Of one key, the newest first. */
const expireVersions = (context: S3Context, {applies, versionDays, keptVersions, markers}: Rule, versions: readonly Version[]): void => {
  const [newest, ...older] = versions
  const gone = versionDays === 0
    ? []
    : older.slice(keptVersions)
        .filter(({object, isMarker, noncurrentSince}) => (isMarker || applies(object)) && isOver(context, noncurrentSince, versionDays))
  gone.forEach((version) => remove(context, version))
  if (markers && newest?.isMarker === true && gone.length === older.length) {
    remove(context, newest)
  }
}

const expireAllVersions = (context: S3Context, rule: Rule): void => {
  const byKey = new Map<string, Version[]>()
  for (const version of context.versions.list(rule.bucket, rule.prefix, '', Infinity)) {
    const {key} = version.object
    byKey.set(key, [...byKey.get(key) ?? [], version])
  }
  byKey.forEach((versions) => expireVersions(context, rule, versions))
}

const expire = async (context: S3Context, rule: Rule): Promise<void> => {
  if (rule.objectDays > 0) {
    removeObjects(context, rule)
  }
  if (rule.versionDays > 0 || rule.markers) {
    expireAllVersions(context, rule)
  }
  if (rule.uploadDays > 0) {
    await abortUploads(context, rule)
  }
}

/** Aborts uploads that no one finishes and removes objects that have had their days, as the bucket's lifecycle says; returns a function that ends it. */
export const keepExpiring = (context: S3Context, wiring: Wiring): () => void => {
  const rules = wiredRules(wiring)
  let cancel = (): void => undefined
  const next = (): void => {
    cancel = context.clock.at(context.clock.now() + hour, () => {
      next()
      return Promise.all(rules.map((rule) => expire(context, rule))).catch((error: Error) => process.emitWarning(error))
    }, 'housekeeping')
  }
  next()
  return () => cancel()
}
