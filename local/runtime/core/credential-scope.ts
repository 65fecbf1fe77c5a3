import type {IncomingMessage} from 'node:http'

/** Path and query of a request target. It is never read as a host of its own, as one that begins with `//` would be. */
export const requestUrl = ({url = '/'}: IncomingMessage): URL => new URL(`http://runtime.invalid${url.startsWith('/') ? url : `/${url}`}`)

/** `<key id>/<date>/<region>/<service>/aws4_request` of a signed request: in the Authorization header, or in the query if it is presigned. */
const readCredential = (request: IncomingMessage): string | undefined =>
  /^AWS4-\S+ .*?Credential=([^,\s]+)/.exec(request.headers.authorization ?? '')?.[1]
  ?? requestUrl(request).searchParams.get('X-Amz-Credential')
  ?? undefined

/** Whether a request is signed by version 2 of AWS's signatures, which old clients of S3 still use: in a header or in a link. */
export const isSignedByVersion2 = (request: IncomingMessage): boolean => {
  const {searchParams} = requestUrl(request)
  return /^AWS [^:\s]+:/.test(request.headers.authorization ?? '') || (searchParams.has('AWSAccessKeyId') && searchParams.has('Signature'))
}

/** Signing name of the service that a request was signed for; undefined if it is unsigned. Of version 2 there is S3's alone. */
export const signedService = (request: IncomingMessage): string | undefined =>
  readCredential(request)?.split('/').at(-2) ?? (isSignedByVersion2(request) ? 's3' : undefined)
