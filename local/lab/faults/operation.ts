import type {IncomingMessage} from 'node:http'
import {requestUrl} from '../../runtime/core/credential-scope'

type Rule = readonly [operation: string, method: string, parameter?: string]

/** S3 says what it is asked for by method, path and query; the first rule that fits. */
const onObject: readonly Rule[] = [
  ['ListParts', 'GET', 'uploadId'], ['GetObject', 'GET'], ['HeadObject', 'HEAD'], ['UploadPart', 'PUT', 'uploadId'], ['PutObject', 'PUT'],
  ['CreateMultipartUpload', 'POST', 'uploads'], ['CompleteMultipartUpload', 'POST', 'uploadId'],
  ['AbortMultipartUpload', 'DELETE', 'uploadId'], ['DeleteObject', 'DELETE']
]
const onBucket: readonly Rule[] = [
  ['ListMultipartUploads', 'GET', 'uploads'], ['ListObjectsV2', 'GET'], ['HeadBucket', 'HEAD'], ['DeleteObjects', 'POST', 'delete']
]

const ofS3 = ({method}: IncomingMessage, {pathname, searchParams}: URL): string | undefined => {
  const rules = pathname.split('/').length > 2 ? onObject : onBucket
  return rules.find(([, of, parameter]) => of === method && (parameter === undefined || searchParams.has(parameter)))?.[0]
}

/** `Action` of the query protocol. */
const ofForm = (body: string): string | undefined => /(?:^|&)Action=(\w+)/.exec(body)?.[1]

/** The operation that a signed request asks for, as SDKs name it. `body` is read if nothing else shows it. */
export const operationName = (request: IncomingMessage, service: string, body: string): string => {
  const target = request.headers['x-amz-target']
  const operation = target !== undefined ? String(target).split('.').at(-1) : service === 's3' ? ofS3(request, requestUrl(request)) : ofForm(body)
  return operation ?? (service === 'lambda' ? 'Invoke' : 'Unknown')
}
