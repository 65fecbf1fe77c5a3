import type {Answer} from './call'

/** Keeps bucket policies away from moto: it ignores a Deny's Condition, so "TLS only" would lock the bucket permanently. */
export const bucketPolicies = (): Answer => {
  const policies = new Map<string, string>()
  return ({method, url, body}) => {
    if (!url.searchParams.has('policy')) {
      return undefined
    }
    const policy = policies.get(url.pathname)
    if (method === 'PUT') {
      policies.set(url.pathname, body.toString())
      return {status: 204}
    }
    if (method === 'DELETE') {
      policies.delete(url.pathname)
      return {status: 204}
    }
    return policy === undefined
      ? {status: 404, headers: {'content-type': 'application/xml'}, body: '<Error><Code>NoSuchBucketPolicy</Code><Message>The bucket policy does not exist</Message></Error>'}
      : {status: 200, headers: {'content-type': 'application/json'}, body: policy}
  }
}
