import {open} from 'node:fs/promises'
import type {ServerResponse} from 'node:http'
import {pipeline} from 'node:stream/promises'
import {checkReadConditions} from './conditions'
import {noSuchKey, type S3Context} from './context'
import {answerHeaders, checksumHeaders} from './headers'
import type {StoredObject} from './objects'
import {type ByteRange, parseRange} from './range'
import {header, type S3Request} from './request'

const overridable = ['content-type', 'content-language', 'expires', 'cache-control', 'content-disposition', 'content-encoding']

const overrides = ({query}: S3Request): Record<string, string> =>
  Object.fromEntries(overridable.flatMap((name) => query.has(`response-${name}`) ? [[name, query.get(`response-${name}`)!]] : []))

const rangeHeaders = (range: ByteRange | undefined, size: number): Record<string, string> => range === undefined
  ? {'content-length': String(size)}
  : {'content-length': String(range.end - range.start + 1), 'content-range': `bytes ${range.start}-${range.end}/${size}`}

const headersFor = (s3: S3Request, object: StoredObject, range: ByteRange | undefined): Record<string, string> => ({
  ...answerHeaders(object),
  ...overrides(s3),
  ...rangeHeaders(range, object.size),
  ...(header(s3, 'x-amz-checksum-mode') === 'ENABLED' && range === undefined && checksumHeaders(object))
})

const stream = async (path: string, range: ByteRange | undefined, response: ServerResponse, writeHead: () => void): Promise<void> => {
  // Opened before the status goes out: from here on the object may be replaced or removed.
  const file = await open(path, 'r')
  writeHead()
  await pipeline(file.createReadStream({...range, highWaterMark: 256 * 1024}), response)
}

/** GetObject and HeadObject. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export const getObject = async (context: S3Context, s3: S3Request, response: ServerResponse): Promise<void> => {
  const object = context.objects.find(s3.bucket, s3.key)
  if (object === undefined) {
    throw noSuchKey()
  }
  checkReadConditions(s3, object)
  const range = parseRange(header(s3, 'range'), object.size)
  const writeHead = (): void => { response.writeHead(range === undefined ? 200 : 206, headersFor(s3, object, range)) }
  if (s3.method === 'HEAD' || object.size === 0) {
    writeHead()
    response.end()
    return
  }
  await stream(context.files.objectPath(object.id, object.key), range, response, writeHead)
}
