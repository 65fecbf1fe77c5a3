import {asObject, objectsIn} from '../../../shared/json'
import {invalidArgument, malformedXml, S3Error} from './errors'
import type {Tags} from './objects'
import {header, type S3Request} from './request'
import {parseRoot, textOf} from './xml-input'

const most = {object: 10, bucket: 50} as const

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
const pattern = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

const invalidTag = (message: string, details: Readonly<Record<string, string>>): S3Error => new S3Error('InvalidTag', message, 400, details)

const checkTag = ([TagKey, TagValue]: readonly [string, string], of: keyof typeof most): void => {
  if (TagKey === '' || [...TagKey].length > 128 || !pattern.test(TagKey)) {
    throw invalidTag('The TagKey you have provided is invalid', {TagKey})
  }
  if ([...TagValue].length > 256 || !pattern.test(TagValue)) {
    throw invalidTag('The TagValue you have provided is invalid', {TagKey, TagValue})
  }
  if (TagKey.toLowerCase().startsWith('aws:')) {
    throw invalidTag(of === 'bucket' ? 'System tags cannot be added/updated by requester' : 'Your TagKey cannot be prefixed with aws:', {TagKey})
  }
}

const checkTags = (tags: Tags, of: keyof typeof most): Tags => {
  if (tags.length > most[of]) {
    throw new S3Error('BadRequest', `${of === 'object' ? 'Object' : 'Bucket'} tags cannot be greater than ${most[of]}`, 400)
  }
  const twice = tags.find(([key], index) => tags.findIndex(([other]) => other === key) < index)
  if (twice !== undefined) {
    throw invalidTag('Cannot provide multiple Tags with the same key', {TagKey: twice[0]})
  }
  tags.forEach((tag) => checkTag(tag, of))
  return tags
}

/** Tags of a `Tagging` document. Throws MalformedXML, InvalidTag, BadRequest. */
export const readTags = (text: string, of: keyof typeof most): Tags => {
  const root = parseRoot(text, 'Tagging')
  if (!Object.hasOwn(root, 'TagSet')) {
    throw malformedXml()
  }
  return checkTags(objectsIn(asObject(root['TagSet'])['Tag']).map((tag) => [textOf(tag, 'Key'), textOf(tag, 'Value')] as const), of)
}

/** Tags that a request gives to the object that it makes. Throws InvalidArgument, InvalidTag, BadRequest. */
export const headerTags = (s3: S3Request): Tags => {
  const text = header(s3, 'x-amz-tagging') ?? ''
  const tags = [...new URLSearchParams(text)]
  const isTwice = new Set(tags.map(([key]) => key)).size < tags.length
  if (isTwice || tags.some((tag) => tag.some((part) => !pattern.test(part)))) {
    throw invalidArgument(
      'The header \'x-amz-tagging\' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.', 'x-amz-tagging', text
    )
  }
  return checkTags(tags, 'object')
}

/** The object, with these tags and no others. */
export const withTags = <T extends {readonly tags?: Tags}>({tags: _, ...object}: T, tags: Tags): Omit<T, 'tags'> & {readonly tags?: Tags} =>
  ({...object, ...(tags.length > 0 && {tags})})

export const taggingMembers = (tags: Tags): {readonly TagSet: {readonly Tag: Array<{Key: string, Value: string}>}} =>
  ({TagSet: {Tag: tags.map(([Key, Value]) => ({Key, Value}))}})
