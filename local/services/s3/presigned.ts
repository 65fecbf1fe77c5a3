import {createHash, createHmac, timingSafeEqual} from 'node:crypto'
import type {IncomingMessage} from 'node:http'
import {isSignedByVersion2, requestUrl} from '../../runtime/core/credential-scope'
import {ServiceError} from '../../runtime/core/errors'
import type {Clock} from '../../runtime/core/types'
import {percentDecoded} from '../../../shared/percent'

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

const encode = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

const encodePath = (path: string): string => path.split('/').map((segment) => encode(percentDecoded(segment))).join('/')

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

const forbidden = (code: string, message: string): ServiceError => new ServiceError(code, message, 403)

const canonicalQuery = (query: URLSearchParams): string => [...query]
  .filter(([name]) => name !== 'X-Amz-Signature')
  .map(([name, value]) => [encode(name), encode(value)] as const)
  .sort(([one], [other]) => one < other ? -1 : Number(one > other))
  .map(([name, value]) => `${name}=${value}`).join('&')

const canonicalRequest = (request: IncomingMessage, query: URLSearchParams): string => {
  const signed = (query.get('X-Amz-SignedHeaders') ?? '').split(';')
  const headers = signed.map((name) => `${name}:${String(request.headers[name] ?? '').trim().replace(/\s+/g, ' ')}\n`).join('')
  const path = encodePath((request.url ?? '/').split('?', 1)[0]!)
  return [request.method, path, canonicalQuery(query), headers, signed.join(';'), query.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD'].join('\n')
}

const computeSignature = (request: IncomingMessage, query: URLSearchParams, secret: string): string => {
  const [, ...scope] = query.get('X-Amz-Credential')!.split('/')
  const digest = createHash('sha256').update(canonicalRequest(request, query)).digest('hex')
  const toSign = ['AWS4-HMAC-SHA256', query.get('X-Amz-Date'), scope.join('/'), digest].join('\n')
  const key = scope.reduce<string | Buffer>((outer, part) => hmac(outer, part), `AWS4${secret}`)
  return hmac(key, toSign).toString('hex')
}

/** `20261123T101112Z` */
const parseDate = (date: string): number => Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))

const checkTime = (query: URLSearchParams, now: number): void => {
  const signedAt = parseDate(query.get('X-Amz-Date') ?? '')
  const seconds = Number(query.get('X-Amz-Expires') ?? Number.NaN)
  if (Number.isNaN(signedAt) || !Number.isInteger(seconds) || seconds < 0 || seconds > 604_800) {
    throw new ServiceError('AuthorizationQueryParametersError', 'Expected X-Amz-Date and X-Amz-Expires of at most 604800 seconds.')
  }
  if (signedAt + seconds * 1000 < now) {
    throw forbidden('AccessDenied', 'Request has expired')
  }
}

const equal = (one: string, other: string): boolean => {
  const digests = [one, other].map((text) => createHash('sha256').update(text).digest())
  return timingSafeEqual(digests[0]!, digests[1]!)
}

/** The keys of README.md, by which programs on this machine make links of their own. */
const documented: Credentials = {accessKeyId: 'x', secretAccessKey: 'x'}

/** Any website knows the documented keys, so a browser may not come from one with a link that they sign. */
const isFromElsewhere = ({headers}: IncomingMessage): boolean => headers['sec-fetch-site'] === 'cross-site'

const signerOf = (request: IncomingMessage, accessKeyId: string | undefined, own: Credentials): Credentials => {
  const signer = [own, documented].find((each) => each.accessKeyId === accessKeyId)
  if (signer === undefined || (signer === documented && isFromElsewhere(request))) {
    throw forbidden('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.')
  }
  return signer
}

const version2 = 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256. This request has a signature of version 2;'
  + ' boto3 takes Config(signature_version=\'s3v4\'), the AWS CLI "aws configure set default.s3.signature_version s3v4", s3cmd --signature-v4 or no --signature-v2.'

/**
 * Checks a presigned request: its time, its signer, its signature; one that is signed by header passes. Links go to browsers and other
 * programs, so they are signed by the runtime's functions or, on this machine, by the keys of README.md.
 * Throws AccessDenied, InvalidAccessKeyId, SignatureDoesNotMatch; InvalidRequest for a signature of version 2.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export const checkPresigned = (request: IncomingMessage, own: Credentials, clock: Clock): void => {
  if (isSignedByVersion2(request)) {
    throw new ServiceError('InvalidRequest', version2)
  }
  const query = requestUrl(request).searchParams
  const credential = query.get('X-Amz-Credential')
  if (credential === null) {
    return
  }
  checkTime(query, clock.now())
  const {secretAccessKey} = signerOf(request, credential.split('/')[0], own)
  if (!equal(query.get('X-Amz-Signature') ?? '', computeSignature(request, query, secretAccessKey))) {
    throw forbidden('SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided.')
  }
}
