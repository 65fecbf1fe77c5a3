import {copyFile, mkdir} from 'node:fs/promises'
import {dirname} from 'node:path'
import type {S3Answer} from './answer'
import {noSuchKey, type S3Context} from './context'
import {openForWriting} from './files'
import {answerHeaders, checksumHeaders, objectHeaders} from './headers'
import type {StoredObject} from './objects'
import {receive, type Received} from './receive'
import {recordObject} from './record'
import {header, type S3Request} from './request'

const keptChecksum = ({algorithm, checksum}: Received): Pick<StoredObject, 'checksum'> =>
  algorithm === undefined || checksum === undefined ? {} : {checksum: {algorithm, type: 'FULL_OBJECT', value: checksum}}

const write = async (context: S3Context, s3: S3Request, path: string, id: string): Promise<Received> => {
  const file = await openForWriting(path)
  try {
    return await receive(s3, file)
  } catch (error) {
    await context.files.removeObject(id)
    throw error
  } finally {
    await file.close()
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export const putObject = async (context: S3Context, s3: S3Request): Promise<S3Answer> => {
  const {bucket, key} = s3
  const headers = objectHeaders(s3)
  const {id, path} = context.files.newObject(key)
  const received = await write(context, s3, path, id)
  const {size, md5: etag} = received
  const object: StoredObject = {bucket, key, id, size, etag, modified: context.clock.now(), headers, ...keptChecksum(received)}
  recordObject(context, s3, object, 'ObjectCreated:Put')
  return {headers: {etag: answerHeaders(object)['etag']!, ...checksumHeaders(object)}}
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
export const copyObject = async (context: S3Context, s3: S3Request): Promise<S3Answer> => {
  const {bucket, key} = s3
  const [sourceBucket = '', ...segments] = decodeURIComponent(header(s3, 'x-amz-copy-source')!.split('?')[0]!).replace(/^\//, '').split('/')
  const source = context.objects.find(sourceBucket, segments.join('/'))
  if (source === undefined) {
    throw noSuchKey()
  }
  const {id, path} = context.files.newObject(key)
  await mkdir(dirname(path), {recursive: true})
  await copyFile(context.files.objectPath(source.id, source.key), path)
  const headers = header(s3, 'x-amz-metadata-directive') === 'REPLACE' ? objectHeaders(s3) : source.headers
  const object: StoredObject = {...source, bucket, key, id, modified: context.clock.now(), headers}
  recordObject(context, s3, object, 'ObjectCreated:Copy')
  return {root: 'CopyObjectResult', members: {LastModified: new Date(object.modified).toISOString(), ETag: `"${object.etag}"`}}
}
