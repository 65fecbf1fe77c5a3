import type {S3Event, S3EventRecord} from 'aws-lambda'
import {withXRay} from '../../../lib/vendor/AWS/XRay'
import {withCorrelation} from '../../../util/correlation'
import {NamedError} from '../../../util/errors'
import {fileIdOfMediaKey} from '../../../util/files/keys'
import {logger} from '../../../util/logger'
import {settleEach, throwAny} from '../../../util/settle'
import {completeFile} from './completion'

const concurrency = 10

const readRecords = (event: Partial<S3Event> | null): readonly S3EventRecord[] => {
  const Records = event?.Records
  if (!Array.isArray(Records) || Records.some((record) => typeof record?.s3?.object?.key !== 'string')) {
    throw new NamedError('InvalidEventError', 'Expected a bucket notification with Records, each with s3.object.key.')
  }
  return Records
}

/** Keys come form-encoded: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
const decodeKey = ({s3: {object: {key}}}: S3EventRecord): string => {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '))
  } catch (cause) {
    throw new NamedError('InvalidEventError', `Expected the form-encoded key of an object; got '${key.slice(0, 100)}'.`, {cause})
  }
}

const complete = async (record: S3EventRecord): Promise<void> => {
  const key = decodeKey(record)
  const fileId = fileIdOfMediaKey(key)
  if (fileId === undefined) {
    logger.warn('An object under no key of ours was left alone.', {key})
    return
  }
  await withCorrelation({fileId}, () => completeFile(fileId, key))
}

export const handler = withXRay(async (event: S3Event) => {
  const records = readRecords(event)
  const errors = await settleEach(records, concurrency, complete)
  throwAny(errors, `Expected to complete ${records.length} objects; ${errors.length} failed`)
})
