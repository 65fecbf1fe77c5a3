import {isAmong} from '../../../shared/json'
import type {XmlValue} from '../../runtime/core/xml'
import type {S3Answer} from './answer'
import {checksumElement} from './checksums'
import type {S3Context} from './context'
import {invalidArgument, invalidRequest, S3Error} from './errors'
import {storageClassOf} from './headers'
import {findObject, versionHeaders} from './locate'
import type {StoredObject} from './objects'
import {header, type S3Request} from './request'

const attributes = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'] as const

type Attribute = typeof attributes[number]

const asked = (s3: S3Request): Attribute[] => {
  const names = (header(s3, 'x-amz-object-attributes') ?? '').split(',').map((name) => name.trim()).filter((name) => name !== '')
  if (names.length === 0) {
    throw invalidRequest('The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty')
  }
  return names.map((name) => {
    if (!isAmong(attributes, name)) {
      throw invalidArgument('Invalid attribute name specified.', 'x-amz-object-attributes', names.join(','))
    }
    return name
  })
}

const wholeNumber = (s3: S3Request, name: string, otherwise: number): number => {
  const text = header(s3, name)
  if (text !== undefined && !/^\d{1,9}$/.test(text)) {
    throw new S3Error('InvalidArgument', `Provided ${name} not an integer or within integer range`, 400, {ArgumentName: name, ArgumentValue: text})
  }
  return Number(text ?? otherwise)
}

/** Each part is told only where each has a checksum. */
const objectParts = (s3: S3Request, {parts, checksum}: StoredObject): XmlValue => {
  if (parts === undefined || checksum?.type !== 'COMPOSITE') {
    return parts && {PartsCount: parts.length}
  }
  const [maximum, marker] = [Math.min(1000, wholeNumber(s3, 'x-amz-max-parts', 1000)), wholeNumber(s3, 'x-amz-part-number-marker', 0)]
  const rest = parts.filter(({number}) => number > marker)
  const page = rest.slice(0, maximum)
  return {
    PartsCount: parts.length,
    PartNumberMarker: marker,
    NextPartNumberMarker: page.at(-1)?.number ?? 0,
    MaxParts: maximum,
    IsTruncated: rest.length > page.length,
    Part: page.map((part) => ({PartNumber: part.number, Size: part.size, [checksumElement(checksum.algorithm)]: part.checksum}))
  }
}

const values: Readonly<Record<Attribute, (s3: S3Request, object: StoredObject) => XmlValue>> = {
  ETag: (_s3, {etag}) => etag,
  // That of a composite checksum goes without its number of parts.
  Checksum: (_s3, {checksum}) => checksum && {[checksumElement(checksum.algorithm)]: checksum.value.replace(/-\d+$/, ''), ChecksumType: checksum.type},
  ObjectParts: objectParts,
  StorageClass: (_s3, object) => storageClassOf(object),
  ObjectSize: (_s3, {size}) => size
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html */
export const objectAttributes = (context: S3Context, s3: S3Request): S3Answer => {
  const names = asked(s3)
  const {object} = findObject(context, s3)
  return {
    headers: {...versionHeaders(context, object), 'last-modified': new Date(object.modified).toUTCString()},
    root: 'GetObjectAttributesResponse',
    members: Object.fromEntries(attributes.filter((name) => names.includes(name)).map((name) => [name, values[name](s3, object)]))
  }
}
