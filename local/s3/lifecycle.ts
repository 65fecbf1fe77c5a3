import {block, blocks, number, text} from '../wiring/values'
import type {Wiring} from '../wiring/wiring'
import type {S3Context} from './context'
import {discardUpload} from './create-upload'

const hour = 60 * 60_000
const day = 24 * hour

interface Rule {
  readonly bucket: string
  readonly days: number
}

const wiredRules = (wiring: Wiring): Rule[] => wiring.ofType('aws_s3_bucket_lifecycle_configuration').flatMap(({values}) =>
  blocks(values, 'rule').filter((rule) => text(rule, 'status') === 'Enabled')
    .map((rule) => ({bucket: text(values, 'bucket'), days: number(block(rule, 'abort_incomplete_multipart_upload'), 'days_after_initiation', 0)}))
    .filter(({days}) => days > 0))

const expire = async (context: S3Context, {bucket, days}: Rule): Promise<void> => {
  const old = context.uploads.before(context.clock.now() - days * day).filter((upload) => upload.bucket === bucket)
  await Promise.all(old.map(({id}) => discardUpload(context, id)))
}

/** Aborts uploads that nobody finishes, as the bucket's lifecycle says; answers a function that ends it. */
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
