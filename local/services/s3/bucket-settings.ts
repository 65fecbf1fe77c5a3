import {isAmong, isObject, type Json, objectsIn} from '../../../shared/json'
import type {XmlValue} from '../../runtime/core/xml'
import {malformedXml, notImplemented, S3Error} from './errors'
import type {Setting} from './setting'
import {readTags, taggingMembers} from './tags'
import {parseRoot, textOf} from './xml-input'

type Members = {readonly [name: string]: XmlValue}

/** A sub-resource of a bucket: its document, what AWS answers where nothing was said, and how a program may say something. */
export interface BucketSetting {
  readonly root: string
  /** The answer without a setting; `deleted` if one was taken away. */
  readonly otherwise: (bucket: string, deleted: boolean) => Members
  /** Reads what a program wants. Without it only the wiring may say anything. */
  readonly read?: (text: string) => Setting
  /** Status of an answer to PUT. */
  readonly statusCode?: number
  /** Whether DELETE takes it away. */
  readonly isDeletable?: boolean
}

const none = (code: string, message: string) => (BucketName: string): never => {
  throw new S3Error(code, message, 404, {BucketName})
}

const always = (members: Members) => (): Members => members

const unlessDeleted = (members: Members, absent: (bucket: string) => never) =>
  (bucket: string, deleted: boolean): Members => deleted ? absent(bucket) : members

const readVersioning = (text: string): Setting => {
  const root = parseRoot(text, 'VersioningConfiguration')
  if (root['MfaDelete'] !== undefined && root['MfaDelete'] !== 'Disabled') {
    throw notImplemented('MfaDelete')
  }
  if (root['Status'] === undefined) {
    throw new S3Error('IllegalVersioningConfigurationException', 'The Versioning element must be specified', 400)
  }
  if (!isAmong(['Enabled', 'Suspended'], root['Status'])) {
    throw malformedXml()
  }
  return {Status: root['Status']}
}

const onlyRule = (text: string, root: string): Json => {
  const [rule, ...more] = objectsIn(parseRoot(text, root)['Rule'])
  if (rule === undefined || more.length > 0) {
    throw malformedXml()
  }
  return rule
}

const readEncryption = (text: string): Setting => {
  const rule = onlyRule(text, 'ServerSideEncryptionConfiguration')
  const byDefault = rule['ApplyServerSideEncryptionByDefault']
  if (!isObject(byDefault)) {
    throw malformedXml()
  }
  const algorithm = textOf(byDefault, 'SSEAlgorithm')
  if (algorithm !== 'AES256') {
    throw isAmong(['aws:kms', 'aws:kms:dsse'], algorithm) ? notImplemented(`SSEAlgorithm ${algorithm}`) : malformedXml()
  }
  if (byDefault['KMSMasterKeyID'] !== undefined) {
    throw new S3Error('InvalidArgument', 'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse', 400, {
      ArgumentName: 'ApplyServerSideEncryptionByDefault'
    })
  }
  return {Rule: [{ApplyServerSideEncryptionByDefault: {SSEAlgorithm: algorithm}, BucketKeyEnabled: rule['BucketKeyEnabled'] === 'true'}]}
}

const blocked = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets']

const readPublicAccessBlock = (text: string): Setting => {
  const root = parseRoot(text, 'PublicAccessBlockConfiguration')
  if (Object.keys(root).some((name) => !blocked.includes(name))) {
    throw malformedXml()
  }
  return Object.fromEntries(blocked.map((name) => [name, String(root[name]).toLowerCase() === 'true']))
}

/** The account owns all objects: there is no other here. */
const readOwnership = (text: string): Setting => {
  const ownership = textOf(onlyRule(text, 'OwnershipControls'), 'ObjectOwnership')
  if (ownership !== 'BucketOwnerEnforced') {
    throw isAmong(['BucketOwnerPreferred', 'ObjectWriter'], ownership) ? notImplemented(`ObjectOwnership ${ownership}`) : malformedXml()
  }
  return {Rule: [{ObjectOwnership: ownership}]}
}

const ownEncryption = {Rule: [{ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'AES256'}, BucketKeyEnabled: false}]}

/** By the name in the query; what it says of a wired bucket stands in the wiring. */
export const bucketSettings: Readonly<Record<string, BucketSetting>> = {
  accelerate: {root: 'AccelerateConfiguration', otherwise: always({})},
  cors: {root: 'CORSConfiguration', otherwise: none('NoSuchCORSConfiguration', 'The CORS configuration does not exist')},
  encryption: {root: 'ServerSideEncryptionConfiguration', otherwise: always(ownEncryption), read: readEncryption, isDeletable: true},
  lifecycle: {root: 'LifecycleConfiguration', otherwise: none('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist')},
  logging: {root: 'BucketLoggingStatus', otherwise: always({})},
  notification: {root: 'NotificationConfiguration', otherwise: always({})},
  'object-lock': {
    root: 'ObjectLockConfiguration',
    otherwise: none('ObjectLockConfigurationNotFoundError', 'Object Lock configuration does not exist for this bucket')
  },
  ownershipControls: {
    root: 'OwnershipControls', read: readOwnership, isDeletable: true,
    otherwise: unlessDeleted({Rule: [{ObjectOwnership: 'BucketOwnerEnforced'}]}, none('OwnershipControlsNotFoundError', 'The bucket ownership controls were not found'))
  },
  policy: {root: '', otherwise: none('NoSuchBucketPolicy', 'The bucket policy does not exist')},
  publicAccessBlock: {
    root: 'PublicAccessBlockConfiguration', read: readPublicAccessBlock, isDeletable: true,
    otherwise: unlessDeleted(
      Object.fromEntries(blocked.map((name) => [name, true])),
      none('NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found')
    )
  },
  replication: {root: 'ReplicationConfiguration', otherwise: none('ReplicationConfigurationNotFoundError', 'The replication configuration was not found')},
  requestPayment: {root: 'RequestPaymentConfiguration', otherwise: always({Payer: 'BucketOwner'})},
  tagging: {
    root: 'Tagging', otherwise: none('NoSuchTagSet', 'The TagSet does not exist'), isDeletable: true, statusCode: 204,
    read: (text) => {
      const tags = readTags(text, 'bucket')
      return tags.length === 0 ? null : {...taggingMembers(tags)}
    }
  },
  versioning: {root: 'VersioningConfiguration', otherwise: always({}), read: readVersioning},
  website: {root: 'WebsiteConfiguration', otherwise: none('NoSuchWebsiteConfiguration', 'The specified bucket does not have a website configuration')}
}

/** Configurations of which a bucket may have several; here it has none. */
export const listedSettings: Readonly<Record<string, string>> = {
  analytics: 'ListBucketAnalyticsConfigurationResult',
  'intelligent-tiering': 'ListBucketIntelligentTieringConfigurationsOutput',
  inventory: 'ListInventoryConfigurationsResult',
  metrics: 'ListMetricsConfigurationsResult'
}

/** Members of a document that was read or made here. */
export const membersOf = (setting: Json): Members =>
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- what is kept came from `read` or from the wiring's table
  setting as Members
