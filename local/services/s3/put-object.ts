import type {S3Answer} from './answer'
import {checkConditionHeaders} from './conditions'
import type {S3Context} from './context'
import {openForWriting} from './files'
import {checksumHeaders, encryptionHeaders, objectHeaders} from './headers'
import {newVersionHeaders} from './locate'
import type {StoredObject} from './objects'
import {receive, type Received} from './receive'
import {recordObject} from './record'
import type {S3Request} from './request'
import {headerTags, withTags} from './tags'

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
  checkConditionHeaders(s3)
  const [headers, tags] = [objectHeaders(s3), headerTags(s3)]
  const {id, path} = context.files.newObject(key)
  const received = await write(context, s3, path, id)
  const {size, md5: etag} = received
  const written: StoredObject = {bucket, key, id, size, etag, modified: context.clock.now(), headers, ...keptChecksum(received)}
  const object = recordObject(context, s3, withTags(written, tags), {eventName: 'ObjectCreated:Put'})
  return {headers: {...encryptionHeaders, etag: `"${etag}"`, ...newVersionHeaders(object), ...checksumHeaders(object)}}
}
