import {trustedJson} from '../../../shared/json'
import type {Call} from '../call'

/** What a call to AWS needs: an action, on a resource. */
export interface Needed {
  readonly action: string
  /** An ARN; `*` if the service authorises the action on no resource. */
  readonly resource: string
}

type Arn = (service: string, resource: string) => string

/** Lambda: method and path after the version to the action; the first group is the function's or layer's name. */
const lambdaPaths: ReadonlyArray<readonly [method: string, path: RegExp, action: string]> = [
  ['POST', /^functions$/, 'CreateFunction'],
  ['GET', /^functions\/([^/]+)$/, 'GetFunction'],
  ['DELETE', /^functions\/([^/]+)$/, 'DeleteFunction'],
  ['GET', /^functions\/([^/]+)\/versions$/, 'ListVersionsByFunction'],
  ['GET', /^functions\/([^/]+)\/configuration$/, 'GetFunctionConfiguration'],
  ['PUT', /^functions\/([^/]+)\/configuration$/, 'UpdateFunctionConfiguration'],
  ['PUT', /^functions\/([^/]+)\/code$/, 'UpdateFunctionCode'],
  ['GET', /^functions\/([^/]+)\/code-signing-config$/, 'GetFunctionCodeSigningConfig'],
  ['GET', /^functions\/([^/]+)\/policy$/, 'GetPolicy'],
  ['POST', /^functions\/([^/]+)\/policy$/, 'AddPermission'],
  ['DELETE', /^functions\/([^/]+)\/policy\/.+$/, 'RemovePermission'],
  ['GET', /^functions\/([^/]+)\/event-invoke-config$/, 'GetFunctionEventInvokeConfig'],
  ['PUT', /^functions\/([^/]+)\/event-invoke-config$/, 'PutFunctionEventInvokeConfig'],
  ['DELETE', /^functions\/([^/]+)\/event-invoke-config$/, 'DeleteFunctionEventInvokeConfig'],
  ['GET', /^functions\/([^/]+)\/concurrency$/, 'GetFunctionConcurrency'],
  ['PUT', /^functions\/([^/]+)\/concurrency$/, 'PutFunctionConcurrency'],
  ['DELETE', /^functions\/([^/]+)\/concurrency$/, 'DeleteFunctionConcurrency'],
  ['POST', /^event-source-mappings$/, 'CreateEventSourceMapping'],
  ['GET', /^event-source-mappings\/[^/]+$/, 'GetEventSourceMapping'],
  ['PUT', /^event-source-mappings\/[^/]+$/, 'UpdateEventSourceMapping'],
  ['DELETE', /^event-source-mappings\/[^/]+$/, 'DeleteEventSourceMapping'],
  ['POST', /^layers\/([^/]+)\/versions$/, 'PublishLayerVersion'],
  ['GET', /^layers\/([^/]+)\/versions\/\d+$/, 'GetLayerVersion'],
  ['DELETE', /^layers\/([^/]+)\/versions\/\d+$/, 'DeleteLayerVersion']
]

const nameIn = (call: Call): string => trustedJson<{FunctionName?: string}>(call.body.toString('utf8')).FunctionName ?? ''

const tagActions: Readonly<Record<string, string>> = {GET: 'ListTags', POST: 'TagResource', DELETE: 'UntagResource'}

const lambda = (call: Call, arn: Arn): Needed | undefined => {
  const path = decodeURIComponent(call.url.pathname).replace(/^\/[\d-]+\//, '')
  if (path.startsWith('tags/')) {
    return {action: `lambda:${tagActions[call.method]}`, resource: path.slice('tags/'.length)}
  }
  const [, pattern, action] = lambdaPaths.find(([method, each]) => method === call.method && each.test(path)) ?? []
  if (action === 'GetLayerVersion' || action?.endsWith('EventSourceMapping')) {
    return {action: `lambda:${action}`, resource: '*'}
  }
  const name = pattern?.exec(path)?.[1] ?? (action === 'CreateFunction' ? nameIn(call) : '')
  const kind = path.startsWith('layers/') ? 'layer' : 'function'
  return action === undefined ? undefined : {action: `lambda:${action}`, resource: arn('lambda', `${kind}:${name}`)}
}

/** S3: what a sub-resource is called in an action, if not by its own name. */
const subResources: Readonly<Record<string, string>> = {
  accelerate: 'AccelerateConfiguration', acl: 'BucketAcl', cors: 'BucketCORS', encryption: 'EncryptionConfiguration', lifecycle: 'LifecycleConfiguration',
  location: 'BucketLocation', logging: 'BucketLogging', notification: 'BucketNotification', 'object-lock': 'BucketObjectLockConfiguration',
  ownershipControls: 'BucketOwnershipControls', policy: 'BucketPolicy', publicAccessBlock: 'BucketPublicAccessBlock', replication: 'ReplicationConfiguration',
  requestPayment: 'BucketRequestPayment', tagging: 'BucketTagging', versioning: 'BucketVersioning', website: 'BucketWebsite'
}

/** Deleting a setting of a bucket is putting it, but for its policy and website. */
const toVerb = (method: string, sub: string): string =>
  method === 'GET' || method === 'HEAD' ? 'Get' : method === 'DELETE' && ['policy', 'website'].includes(sub) ? 'Delete' : 'Put'

const objectVerbs: Readonly<Record<string, string>> = {GET: 'GetObject', HEAD: 'GetObject', PUT: 'PutObject', POST: 'PutObject', DELETE: 'DeleteObject'}

const bucketActions: Readonly<Record<string, string>> = {HEAD: 'ListBucket', GET: 'ListBucket', PUT: 'CreateBucket', DELETE: 'DeleteBucket'}

const s3 = ({method, url}: Call, partition: string): Needed | undefined => {
  const [, bucket = '', ...key] = decodeURIComponent(url.pathname).split('/')
  const sub = [...url.searchParams.keys()].find((name) => name in subResources)
  const resource = `arn:${partition}:s3:::${bucket}${key.join('/') === '' ? '' : `/${key.join('/')}`}`
  if (key.join('/') !== '') {
    const what = objectVerbs[method] ?? ''
    return {action: `s3:${sub === 'tagging' ? `${what}Tagging` : what}`, resource}
  }
  if (url.searchParams.has('versions')) {
    return {action: 's3:ListBucketVersions', resource}
  }
  const action = sub === undefined ? bucketActions[method] : `${toVerb(method, sub)}${subResources[sub]}`
  return action === undefined ? undefined : {action: `s3:${action}`, resource}
}

const apiGateway = ({method, url}: Call, arn: Arn): Needed =>
  ({action: `apigateway:${method}`, resource: arn('apigateway', decodeURIComponent(url.pathname).replace(/^\/v2/, '')).replace(/:\d{12}:/, '::')})

const schemaActions: Readonly<Record<string, string>> = {GET: 'Describe', POST: 'Create', PUT: 'Update', DELETE: 'Delete'}

const schemas = ({method, url}: Call, arn: Arn): Needed => {
  const path = decodeURIComponent(url.pathname)
  if (path.startsWith('/tags/')) {
    return {action: 'schemas:ListTagsForResource', resource: path.slice('/tags/'.length)}
  }
  const [, registry, schema] = /^\/v1\/registries\/name\/([^/]+)(?:\/schemas\/name\/([^/]+))?/.exec(path) ?? []
  return schema === undefined
    ? {action: `schemas:${schemaActions[method]}Registry`, resource: arn('schemas', `registry/${registry}`)}
    : {action: `schemas:${schemaActions[method]}Schema`, resource: arn('schemas', `schema/${registry}/${schema}`)}
}

/** What a call of a service needs whose protocol names operations by method and path; undefined of any other. */
export const restOperation = (service: string, call: Call, arn: Arn, partition: string): Needed | undefined => {
  switch (service) {
    case 'lambda': return lambda(call, arn)
    case 's3': return s3(call, partition)
    case 'apigateway': return apiGateway(call, arn)
    case 'schemas': return schemas(call, arn)
    default: return undefined
  }
}
