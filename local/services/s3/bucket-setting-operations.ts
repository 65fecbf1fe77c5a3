import {isObject} from '../../../shared/json'
import {readBody} from '../../runtime/core/body'
import type {S3Answer} from './answer'
import {bucketSettings, listedSettings, membersOf} from './bucket-settings'
import type {S3Context} from './context'
import {notImplemented, S3Error} from './errors'
import type {S3Request} from './request'

/** Refuses what the wiring sets up in a way that we cannot tell. */
const checkTold = ({buckets}: S3Context, bucket: string, name: string): void => {
  if (buckets.isUntold(bucket, name)) {
    throw notImplemented(`?${name} of ${bucket}, as the wiring has it`)
  }
}

const checkOwn = ({buckets}: S3Context, bucket: string, name: string): void => {
  if (buckets.find(bucket)?.isWired === true) {
    throw notImplemented(`changing ?${name} of ${bucket}, which comes with the wiring: change the HCL instead`)
  }
}

export const getSetting = (name: string) => (context: S3Context, {bucket}: S3Request): S3Answer => {
  checkTold(context, bucket, name)
  const {root, otherwise} = bucketSettings[name]!
  const setting = context.buckets.setting(bucket, name)
  if (typeof setting === 'string') {
    return {json: setting}
  }
  return {root, members: isObject(setting) ? membersOf(setting) : otherwise(bucket, setting === null)}
}

export const putSetting = (name: string) => async (context: S3Context, {bucket, request}: S3Request): Promise<S3Answer> => {
  const {read, statusCode = 200} = bucketSettings[name]!
  checkOwn(context, bucket, name)
  if (read === undefined) {
    throw notImplemented(`PUT ?${name}`)
  }
  context.buckets.set(bucket, name, read((await readBody(request)).toString('utf8')))
  return {statusCode}
}

export const deleteSetting = (name: string) => (context: S3Context, {bucket}: S3Request): S3Answer => {
  checkOwn(context, bucket, name)
  context.buckets.set(bucket, name, null)
  return {statusCode: 204}
}

/** One of several configurations, or a list of all. */
export const getListed = (name: string) => (context: S3Context, {bucket, query}: S3Request): S3Answer => {
  checkTold(context, bucket, name)
  if (query.has('id')) {
    throw new S3Error('NoSuchConfiguration', 'The specified configuration does not exist.', 404)
  }
  return {root: listedSettings[name]!, members: {IsTruncated: false}}
}

/** Whether anyone but the account may do something. Without a policy no one may. */
export const policyStatus = (context: S3Context, {bucket}: S3Request): S3Answer => {
  const policy = context.buckets.setting(bucket, 'policy')
  if (typeof policy !== 'string') {
    return {root: 'PolicyStatus', members: bucketSettings['policy']!.otherwise(bucket, false)}
  }
  throw notImplemented('?policyStatus of a bucket with a policy')
}
