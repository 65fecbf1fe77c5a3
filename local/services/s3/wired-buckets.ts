import {isObject, type Json} from '../../../shared/json'
import {block, blocks, number, text, texts} from '../../../shared/wiring/values'
import type {Wiring} from '../../../shared/wiring/wiring'
import type {Setting} from './setting'

/** What the wiring says of a bucket. */
export interface WiredBucket {
  /** By the sub-resource's name in a query. */
  readonly settings: Readonly<Record<string, Setting>>
  /** Sub-resources that it sets up and we cannot tell. */
  readonly untold: ReadonlySet<string>
}

type Values = Readonly<Record<string, unknown>>

const known = (members: Json): Json => Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== '' && value !== 0))

const versioning = (values: Values): Setting => {
  const status = text(block(values, 'versioning_configuration'), 'status')
  return status === 'Disabled' ? {} : {Status: status}
}

const encryption = (values: Values): Setting => ({
  Rule: blocks(values, 'rule').map((rule) => {
    const byDefault = block(rule, 'apply_server_side_encryption_by_default')
    return {
      ApplyServerSideEncryptionByDefault: known({SSEAlgorithm: text(byDefault, 'sse_algorithm'), KMSMasterKeyID: text(byDefault, 'kms_master_key_id')}),
      BucketKeyEnabled: rule['bucket_key_enabled'] === true
    }
  })
})

const publicAccessBlock = (values: Values): Setting => ({
  BlockPublicAcls: values['block_public_acls'] === true,
  IgnorePublicAcls: values['ignore_public_acls'] === true,
  BlockPublicPolicy: values['block_public_policy'] === true,
  RestrictPublicBuckets: values['restrict_public_buckets'] === true
})

const ownershipControls = (values: Values): Setting => ({Rule: blocks(values, 'rule').map((rule) => ({ObjectOwnership: text(rule, 'object_ownership')}))})

const notificationTarget = (element: string, attribute: string) => (target: Values): Json => {
  const rules = [['prefix', text(target, 'filter_prefix')], ['suffix', text(target, 'filter_suffix')]].filter(([, value]) => value !== '')
  return {
    Id: text(target, 'id'),
    [element]: text(target, attribute),
    Event: texts(target, 'events'),
    ...(rules.length > 0 && {Filter: {S3Key: {FilterRule: rules.map(([Name, Value]) => ({Name, Value}))}}})
  }
}

const notification = (values: Values): Setting => ({
  TopicConfiguration: blocks(values, 'topic').map(notificationTarget('Topic', 'topic_arn')),
  QueueConfiguration: blocks(values, 'queue').map(notificationTarget('Queue', 'queue_arn')),
  CloudFunctionConfiguration: blocks(values, 'lambda_function').map(notificationTarget('CloudFunction', 'lambda_function_arn')),
  ...(values['eventbridge'] === true && {EventBridgeConfiguration: {}})
})

const tagElements = (tags: unknown): Json[] => isObject(tags) ? Object.entries(tags).map(([Key, Value]) => ({Key, Value})) : []

const filterConditions = (filter: Values): Json => {
  const [tag] = blocks(filter, 'tag')
  return {
    ...(text(filter, 'prefix') !== '' && {Prefix: text(filter, 'prefix')}),
    ...(number(filter, 'object_size_greater_than', 0) > 0 && {ObjectSizeGreaterThan: filter['object_size_greater_than']}),
    ...(number(filter, 'object_size_less_than', 0) > 0 && {ObjectSizeLessThan: filter['object_size_less_than']}),
    ...(tag !== undefined && {Tag: {Key: text(tag, 'key'), Value: text(tag, 'value')}})
  }
}

const lifecycleFilter = (filter: Values): Json => {
  const [and] = blocks(filter, 'and')
  if (and !== undefined) {
    return {And: {...filterConditions(and), Tag: tagElements(and['tags'])}}
  }
  const conditions = filterConditions(filter)
  return Object.keys(conditions).length === 0 ? {Prefix: ''} : conditions
}

const lifecycleRule = (rule: Values): Json => {
  const [expiration] = blocks(rule, 'expiration')
  const [noncurrent] = blocks(rule, 'noncurrent_version_expiration')
  const [abort] = blocks(rule, 'abort_incomplete_multipart_upload')
  return {
    ...(expiration !== undefined && {Expiration: known({
      Days: number(expiration, 'days', 0), Date: text(expiration, 'date'),
      ExpiredObjectDeleteMarker: expiration['expired_object_delete_marker'] === true ? true : undefined
    })}),
    ID: text(rule, 'id'),
    Filter: lifecycleFilter(block(rule, 'filter')),
    Status: text(rule, 'status'),
    ...(noncurrent !== undefined && {NoncurrentVersionExpiration: known({
      NewerNoncurrentVersions: Number(noncurrent['newer_noncurrent_versions'] ?? 0), NoncurrentDays: number(noncurrent, 'noncurrent_days', 0)
    })}),
    ...(abort !== undefined && {AbortIncompleteMultipartUpload: {DaysAfterInitiation: number(abort, 'days_after_initiation', 0)}})
  }
}

const lifecycle = (values: Values): Setting => ({Rule: blocks(values, 'rule').map(lifecycleRule)})

const isTransition = (rule: Values): boolean => blocks(rule, 'transition').length + blocks(rule, 'noncurrent_version_transition').length > 0

/** Resource of the provider → sub-resource, and what it says. */
const told: Readonly<Record<string, readonly [string, (values: Values) => Setting]>> = {
  aws_s3_bucket_versioning: ['versioning', versioning],
  aws_s3_bucket_server_side_encryption_configuration: ['encryption', encryption],
  aws_s3_bucket_public_access_block: ['publicAccessBlock', publicAccessBlock],
  aws_s3_bucket_ownership_controls: ['ownershipControls', ownershipControls],
  aws_s3_bucket_notification: ['notification', notification],
  aws_s3_bucket_policy: ['policy', (values) => text(values, 'policy')],
  aws_s3_bucket_lifecycle_configuration: ['lifecycle', lifecycle]
}

const untold: Readonly<Record<string, string>> = {
  aws_s3_bucket_accelerate_configuration: 'accelerate',
  aws_s3_bucket_acl: 'acl',
  aws_s3_bucket_analytics_configuration: 'analytics',
  aws_s3_bucket_cors_configuration: 'cors',
  aws_s3_bucket_intelligent_tiering_configuration: 'intelligent-tiering',
  aws_s3_bucket_inventory: 'inventory',
  aws_s3_bucket_logging: 'logging',
  aws_s3_bucket_metric: 'metrics',
  aws_s3_bucket_object_lock_configuration: 'object-lock',
  aws_s3_bucket_replication_configuration: 'replication',
  aws_s3_bucket_request_payment_configuration: 'requestPayment',
  aws_s3_bucket_website_configuration: 'website'
}

const settingsOf = (wiring: Wiring, bucket: string): Record<string, Setting> =>
  Object.fromEntries(Object.entries(told).flatMap(([type, [name, tell]]) =>
    wiring.ofType(type).filter(({values}) => text(values, 'bucket') === bucket).map(({values}) => [name, tell(values)])))

const untoldOf = (wiring: Wiring, bucket: string): Set<string> => new Set([
  ...Object.entries(untold).filter(([type]) => wiring.ofType(type).some(({values}) => text(values, 'bucket') === bucket)).map(([, name]) => name),
  ...wiring.ofType('aws_s3_bucket_lifecycle_configuration')
    .filter(({values}) => text(values, 'bucket') === bucket && blocks(values, 'rule').some(isTransition)).map(() => 'lifecycle')
])

/** The buckets of the wiring, by name. */
export const wiredBuckets = (wiring: Wiring): Map<string, WiredBucket> => new Map(wiring.ofType('aws_s3_bucket').map(({values}) => {
  const [bucket, tags] = [text(values, 'bucket'), tagElements(values['tags_all'] ?? values['tags'])]
  const settings = {...settingsOf(wiring, bucket), ...(tags.length > 0 && {tagging: {TagSet: {Tag: tags}}})}
  return [bucket, {settings, untold: untoldOf(wiring, bucket)}]
}))
