import {block, blocks, number, text} from '../../../shared/wiring/values'
import type {Wiring} from '../../../shared/wiring/wiring'
import type {S3Context} from './context'
import {discardUpload} from './create-upload'
import {removeObject} from './delete-objects'

const hour = 60 * 60_000
const day = 24 * hour

interface Rule {
  readonly bucket: string
  readonly prefix: string
  /** 0: never. */
  readonly uploadDays: number
  readonly objectDays: number
}

const wiredRules = (wiring: Wiring): Rule[] => wiring.ofType('aws_s3_bucket_lifecycle_configuration').flatMap(({values}) =>
  blocks(values, 'rule').filter((rule) => text(rule, 'status') === 'Enabled').map((rule) => ({
    bucket: text(values, 'bucket'),
    prefix: text(block(rule, 'filter'), 'prefix'),
    uploadDays: number(block(rule, 'abort_incomplete_multipart_upload'), 'days_after_initiation', 0),
    objectDays: number(block(rule, 'expiration'), 'days', 0)
  })))

const abortUploads = async (context: S3Context, {bucket, prefix, uploadDays}: Rule): Promise<void> => {
  const old = context.uploads.before(context.clock.now() - uploadDays * day)
    .filter((upload) => upload.bucket === bucket && upload.key.startsWith(prefix))
  await Promise.all(old.map(({id}) => discardUpload(context, id)))
}

/** S3 rounds an object's days up to the next midnight UTC: it never goes early. */
const removeObjects = (context: S3Context, {bucket, prefix, objectDays}: Rule): void => {
  const isOver = (modified: number): boolean => Math.ceil(modified / day + objectDays) * day <= context.clock.now()
  const old = [...context.objects.list(bucket, prefix, '')].filter(({modified}) => isOver(modified))
  old.forEach(({key}) => removeObject(context, bucket, key, 'LifecycleExpiration:Delete'))
}

const expire = async (context: S3Context, rule: Rule): Promise<void> => {
  if (rule.objectDays > 0) {
    removeObjects(context, rule)
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
