import {checkAclHeaders} from './acl'
import {notImplemented, S3Error} from './errors'
import {header, headerNames, type S3Request} from './request'
import {type Operation, type Route, routes} from './routes'

/** Of the signature, the client and the connection: no operation means anything by them. */
const isCommon = (name: string): boolean => /^x-amz-/i.test(name) || ['x-id', 'AWSAccessKeyId', 'Signature', 'Expires'].includes(name)

const placeOf = ({bucket, key}: S3Request): Route['of'] => bucket === '' ? 'service' : key === '' ? 'bucket' : 'object'

const isNeeded = ({query}: S3Request, need: string): boolean => {
  const [name = '', value] = need.split('=')
  return value === undefined ? query.has(name) : query.get(name) === value
}

const nameOf = (need: string): string => need.split('=')[0]!

/** The operation that a request names, by the most of its parameters. */
const findRoute = (s3: S3Request): Route | undefined => {
  const [of, copies] = [placeOf(s3), header(s3, 'x-amz-copy-source') !== undefined]
  return routes
    .filter((route) => route.of === of && route.method === s3.method && (route.method !== 'PUT' || of !== 'object' || (route.copies === true) === copies))
    .filter(({needs = []}) => needs.every((need) => isNeeded(s3, need)))
    .sort((one, other) => (other.needs?.length ?? 0) - (one.needs?.length ?? 0))[0]
}

const checkParameters = ({query}: S3Request, {name, needs = [], takes = []}: Route): void => {
  const known = [...needs.map(nameOf), ...takes]
  const unknown = [...query.keys()].find((parameter) => !known.includes(parameter) && !isCommon(parameter))
  if (unknown !== undefined) {
    throw notImplemented(`'${unknown}' of ${name}`)
  }
}

/** Headers that would change what a write does, and do nothing here. */
const refusedHeaders = /^x-amz-(server-side-encryption-|copy-source-server-side-encryption-|object-lock-|website-redirect-location$|mfa$|write-offset-bytes$|rename-source|replication-)/

const storageClasses = ['STANDARD', 'REDUCED_REDUNDANCY', 'STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING', 'GLACIER_IR']
const otherClasses = ['GLACIER', 'DEEP_ARCHIVE', 'OUTPOSTS', 'SNOW', 'EXPRESS_ONEZONE', 'FSX_OPENZFS']

const checkStorageClass = (asked: string | undefined): void => {
  if (asked !== undefined && !storageClasses.includes(asked)) {
    throw otherClasses.includes(asked)
      ? notImplemented(`x-amz-storage-class: ${asked}`, {Header: 'x-amz-storage-class'})
      : new S3Error('InvalidStorageClass', 'The storage class you specified is not valid', 400, {StorageClassRequested: asked})
  }
}

const checkEncryption = (asked: string | undefined): void => {
  if (asked !== undefined && asked !== 'AES256') {
    throw asked.startsWith('aws:')
      ? notImplemented(`x-amz-server-side-encryption: ${asked}`, {Header: 'x-amz-server-side-encryption'})
      : new S3Error('InvalidArgument', 'The encryption method specified is not supported', 400, {ArgumentName: 'x-amz-server-side-encryption', ArgumentValue: asked})
  }
}

/** Refuses what a request asks for in its headers and does not get. Throws NotImplemented, InvalidStorageClass, InvalidArgument. */
const checkHeaders = (s3: S3Request): void => {
  const refused = headerNames(s3).find((name) => refusedHeaders.test(name))
  if (refused !== undefined) {
    throw notImplemented(refused, {Header: refused})
  }
  checkAclHeaders(s3)
  checkStorageClass(header(s3, 'x-amz-storage-class'))
  checkEncryption(header(s3, 'x-amz-server-side-encryption'))
}

/** The operation that a request means. Whatever it says that no one understands is refused before anything is done. Throws NotImplemented. */
export const findOperation = (s3: S3Request): Operation => {
  const route = findRoute(s3)
  if (route === undefined) {
    throw notImplemented(`${s3.method} ${[...s3.query.keys()].map((name) => `?${name}`).join(' ')}`.trim())
  }
  checkParameters(s3, route)
  checkHeaders(s3)
  return route.operation
}
