import type {IncomingMessage} from 'node:http'

/** Path and query of a request target. It is never read as a host of its own, as one that begins with `//` would be. */
export const requestUrl = ({url = '/'}: IncomingMessage): URL => new URL(`http://runtime.invalid${url.startsWith('/') ? url : `/${url}`}`)

/** `<key id>/<date>/<region>/<service>/aws4_request` of a signed request: in the Authorization header, or in the query if it is presigned. */
const readCredential = (request: IncomingMessage): string | undefined =>
  /^AWS4-\S+ .*?Credential=([^,\s]+)/.exec(request.headers.authorization ?? '')?.[1]
  ?? requestUrl(request).searchParams.get('X-Amz-Credential')
  ?? undefined

/** Signing name of the service that a request was signed for; undefined if it is unsigned. */
export const signedService = (request: IncomingMessage): string | undefined => readCredential(request)?.split('/').at(-2)
