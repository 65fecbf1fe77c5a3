import type {ServerResponse} from 'node:http'
import {getBucketAcl, getObjectAcl, putAcl} from './acl'
import type {S3Answer} from './answer'
import {objectAttributes} from './attributes'
import {bucketLocation, createBucket, deleteBucket, headBucket, listBuckets} from './bucket-operations'
import {deleteSetting, getListed, getSetting, policyStatus, putSetting} from './bucket-setting-operations'
import {bucketSettings, listedSettings} from './bucket-settings'
import {completeUpload} from './complete-upload'
import type {S3Context} from './context'
import {copyObject} from './copy-object'
import {abortUpload, createUpload} from './create-upload'
import {deleteObject, deleteObjects} from './delete-objects'
import {getObject, overrideNames} from './get-object'
import {listObjects, listObjectsV2} from './list-objects'
import {listParts, listUploads} from './list-uploads'
import {listVersions} from './list-versions'
import {deleteObjectTagging, getObjectTagging, putObjectTagging} from './object-tagging'
import {putObject} from './put-object'
import type {S3Request} from './request'
import {uploadPart, uploadPartCopy} from './upload-part'

export type Operation = (context: S3Context, s3: S3Request, response: ServerResponse) => S3Answer | void | Promise<S3Answer | void>

/** One operation: what a request must have to mean it, and what it may have besides. */
export interface Route {
  /** As AWS calls it. */
  readonly name: string
  readonly method: string
  readonly of: 'service' | 'bucket' | 'object'
  /** Parameters of the query that name it; the one with the most decides. `list-type=2` stands for itself. */
  readonly needs?: readonly string[]
  /** Other parameters that it understands. Any that no one understands is refused before anything is done. */
  readonly takes?: readonly string[]
  /** Whether it copies: the request has `x-amz-copy-source`. */
  readonly copies?: boolean
  readonly operation: Operation
}

const listing = ['prefix', 'delimiter', 'encoding-type', 'max-keys']

const service: readonly Route[] = [
  {name: 'ListBuckets', method: 'GET', of: 'service', takes: ['prefix', 'max-buckets', 'continuation-token', 'bucket-region'], operation: listBuckets}
]

const bucket: readonly Route[] = [
  {name: 'ListObjects', method: 'GET', of: 'bucket', takes: [...listing, 'marker'], operation: listObjects},
  {
    name: 'ListObjectsV2', method: 'GET', of: 'bucket', needs: ['list-type=2'],
    takes: [...listing, 'continuation-token', 'start-after', 'fetch-owner'], operation: listObjectsV2
  },
  {name: 'ListObjectVersions', method: 'GET', of: 'bucket', needs: ['versions'], takes: [...listing, 'key-marker', 'version-id-marker'], operation: listVersions},
  {
    name: 'ListMultipartUploads', method: 'GET', of: 'bucket', needs: ['uploads'],
    takes: ['prefix', 'encoding-type', 'max-uploads', 'key-marker', 'upload-id-marker'], operation: listUploads
  },
  {name: 'GetBucketLocation', method: 'GET', of: 'bucket', needs: ['location'], operation: bucketLocation},
  {name: 'GetBucketAcl', method: 'GET', of: 'bucket', needs: ['acl'], operation: getBucketAcl},
  {name: 'PutBucketAcl', method: 'PUT', of: 'bucket', needs: ['acl'], operation: putAcl},
  {name: 'GetBucketPolicyStatus', method: 'GET', of: 'bucket', needs: ['policyStatus'], operation: policyStatus},
  {name: 'HeadBucket', method: 'HEAD', of: 'bucket', operation: headBucket},
  {name: 'CreateBucket', method: 'PUT', of: 'bucket', operation: createBucket},
  {name: 'DeleteBucket', method: 'DELETE', of: 'bucket', operation: deleteBucket},
  {name: 'DeleteObjects', method: 'POST', of: 'bucket', needs: ['delete'], operation: deleteObjects}
]

/** AWS's names of sub-resources, where they do not follow from the query. */
const titles: Readonly<Record<string, string>> = {
  accelerate: 'AccelerateConfiguration', cors: 'Cors', lifecycle: 'LifecycleConfiguration', notification: 'NotificationConfiguration',
  'object-lock': 'ObjectLockConfiguration', 'intelligent-tiering': 'IntelligentTieringConfiguration', analytics: 'AnalyticsConfiguration',
  inventory: 'InventoryConfiguration', metrics: 'MetricsConfiguration'
}

const titleOf = (verb: string, name: string): string => {
  const title = titles[name] ?? `${name[0]!.toUpperCase()}${name.slice(1)}`
  return ['object-lock', 'publicAccessBlock'].includes(name) ? `${verb}${title}` : `${verb}Bucket${title}`
}

const settings: readonly Route[] = [
  ...Object.entries(bucketSettings).flatMap(([name, {read, isDeletable}]): Route[] => [
    {name: titleOf('Get', name), method: 'GET', of: 'bucket', needs: [name], operation: getSetting(name)},
    ...(read === undefined ? [] : [{name: titleOf('Put', name), method: 'PUT', of: 'bucket' as const, needs: [name], operation: putSetting(name)}]),
    ...(isDeletable === true ? [{name: titleOf('Delete', name), method: 'DELETE', of: 'bucket' as const, needs: [name], operation: deleteSetting(name)}] : [])
  ]),
  ...Object.keys(listedSettings).map((name): Route =>
    ({name: titleOf('Get', name), method: 'GET', of: 'bucket', needs: [name], takes: ['id', 'continuation-token'], operation: getListed(name)}))
]

const object: readonly Route[] = [
  {name: 'GetObject', method: 'GET', of: 'object', takes: ['versionId', 'partNumber', ...overrideNames], operation: getObject},
  {name: 'HeadObject', method: 'HEAD', of: 'object', takes: ['versionId', 'partNumber', ...overrideNames], operation: getObject},
  {name: 'GetObjectAttributes', method: 'GET', of: 'object', needs: ['attributes'], takes: ['versionId'], operation: objectAttributes},
  {name: 'GetObjectTagging', method: 'GET', of: 'object', needs: ['tagging'], takes: ['versionId'], operation: getObjectTagging},
  {name: 'PutObjectTagging', method: 'PUT', of: 'object', needs: ['tagging'], takes: ['versionId'], operation: putObjectTagging},
  {name: 'DeleteObjectTagging', method: 'DELETE', of: 'object', needs: ['tagging'], takes: ['versionId'], operation: deleteObjectTagging},
  {name: 'GetObjectAcl', method: 'GET', of: 'object', needs: ['acl'], takes: ['versionId'], operation: getObjectAcl},
  {name: 'PutObjectAcl', method: 'PUT', of: 'object', needs: ['acl'], takes: ['versionId'], operation: putAcl},
  {name: 'PutObject', method: 'PUT', of: 'object', operation: putObject},
  {name: 'CopyObject', method: 'PUT', of: 'object', copies: true, operation: copyObject},
  {name: 'DeleteObject', method: 'DELETE', of: 'object', takes: ['versionId'], operation: deleteObject},
  {name: 'CreateMultipartUpload', method: 'POST', of: 'object', needs: ['uploads'], operation: createUpload},
  {name: 'UploadPart', method: 'PUT', of: 'object', needs: ['uploadId', 'partNumber'], operation: uploadPart},
  {name: 'UploadPartCopy', method: 'PUT', of: 'object', needs: ['uploadId', 'partNumber'], copies: true, operation: uploadPartCopy},
  {name: 'CompleteMultipartUpload', method: 'POST', of: 'object', needs: ['uploadId'], operation: completeUpload},
  {name: 'AbortMultipartUpload', method: 'DELETE', of: 'object', needs: ['uploadId'], operation: abortUpload},
  {
    name: 'ListParts', method: 'GET', of: 'object', needs: ['uploadId'], takes: ['max-parts', 'part-number-marker', 'encoding-type'], operation: listParts
  }
]

/** Every operation that is spoken. */
export const routes: readonly Route[] = [...service, ...bucket, ...settings, ...object]
