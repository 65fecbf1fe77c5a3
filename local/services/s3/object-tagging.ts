import {readBody} from '../../runtime/core/body'
import type {S3Answer} from './answer'
import type {S3Context} from './context'
import {findObject, versionHeaders} from './locate'
import type {Tags} from './objects'
import type {S3Request} from './request'
import {readTags, taggingMembers, withTags} from './tags'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html */
export const getObjectTagging = (context: S3Context, s3: S3Request): S3Answer => {
  const {object} = findObject(context, s3, true)
  return {headers: versionHeaders(context, object), root: 'Tagging', members: taggingMembers(object.tags ?? [])}
}

const replaceTags = (context: S3Context, s3: S3Request, tags: Tags): Record<string, string> => {
  const found = findObject(context, s3, true)
  const object = withTags(found.object, tags)
  if (found.sequence === Number.MAX_SAFE_INTEGER) {
    context.objects.put(object)
  } else {
    context.versions.replace({...found, object})
  }
  return versionHeaders(context, object)
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html */
export const putObjectTagging = async (context: S3Context, s3: S3Request): Promise<S3Answer> => {
  findObject(context, s3, true)
  return {headers: replaceTags(context, s3, readTags((await readBody(s3.request)).toString('utf8'), 'object'))}
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html */
export const deleteObjectTagging = (context: S3Context, s3: S3Request): S3Answer => ({statusCode: 204, headers: replaceTags(context, s3, [])})
