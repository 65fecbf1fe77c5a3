import {isoTime} from '../../runtime/core/clock'
import {transaction} from '../../runtime/core/store'
import {checkWriteConditions} from './conditions'
import type {S3Context} from './context'
import type {StoredObject} from './objects'
import type {S3Request} from './request'

const discard = (context: S3Context, id: string | undefined): void => {
  if (id !== undefined) {
    context.files.removeObject(id).catch((error: Error) => process.emitWarning(error))
  }
}

/**
 * Makes a written file the object: record and notifications are one transaction, so that neither is without the other
 * after a crash. Throws PreconditionFailed, and drops the file then.
 */
export const recordObject = (
  context: S3Context, s3: S3Request, object: StoredObject, eventName: string, also: () => void = () => undefined
): void => {
  const {db, objects, notifier, observe, clock} = context
  const {bucket, key, size, etag} = object
  const replaced = objects.find(bucket, key)
  try {
    transaction(db, () => {
      checkWriteConditions(s3, replaced)
      objects.put(object)
      also()
      notifier(eventName, {bucket, key, size, etag})
    })
  } catch (error) {
    discard(context, object.id)
    throw error
  }
  discard(context, replaced?.id)
  observe({type: 'object', at: isoTime(clock), bucket, key, size, eventName})
}
