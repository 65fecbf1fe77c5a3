import {readBody} from '../../runtime/core/body'
import {ServiceError} from '../../runtime/core/errors'
import {transaction} from '../../runtime/core/store'
import type {S3Answer} from './answer'
import type {S3Context} from './context'
import {objectEntries} from './xml-input'
import type {S3Request} from './request'

const limit = 1000

/** Removes an object and says so under an event's name; one that is not there is left at that. */
export const removeObject = (context: S3Context, bucket: string, key: string, eventName = 'ObjectRemoved:Delete'): void => {
  const object = context.objects.find(bucket, key)
  if (object === undefined) {
    return
  }
  transaction(context.db, () => {
    context.objects.remove(bucket, key)
    context.notifier(eventName, {bucket, key})
  })
  context.files.removeObject(object.id).catch((error: Error) => process.emitWarning(error))
}

/** An object that is not there is no error. */
export const deleteObject = (context: S3Context, {bucket, key}: S3Request): S3Answer => {
  removeObject(context, bucket, key)
  return {statusCode: 204}
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export const deleteObjects = async (context: S3Context, {bucket, request}: S3Request): Promise<S3Answer> => {
  const {keys, quiet} = objectEntries((await readBody(request)).toString('utf8'))
  if (keys.length === 0 || keys.length > limit) {
    throw new ServiceError('MalformedXML', `Expected 1 to ${limit} objects.`)
  }
  keys.forEach((key) => removeObject(context, bucket, key))
  return {root: 'DeleteResult', members: quiet ? {} : {Deleted: keys.map((Key) => ({Key}))}}
}
