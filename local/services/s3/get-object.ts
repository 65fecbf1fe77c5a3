import {open} from 'node:fs/promises'
import type {ServerResponse} from 'node:http'
import {pipeline} from 'node:stream/promises'
import {checkReadConditions} from './conditions'
import type {S3Context} from './context'
import {answerHeaders, checksumHeaders} from './headers'
import {findObject, versionHeaders} from './locate'
import type {StoredObject} from './objects'
import {type ByteRange, parseRange, partRange} from './range'
import {header, type S3Request} from './request'

const overridable = ['content-type', 'content-language', 'expires', 'cache-control', 'content-disposition', 'content-encoding']

/** Parameters of the query that replace headers of the answer. */
export const overrideNames = overridable.map((name) => `response-${name}`)

const overrides = ({query}: S3Request): Record<string, string> =>
  Object.fromEntries(overridable.flatMap((name) => query.has(`response-${name}`) ? [[name, query.get(`response-${name}`)!]] : []))

const rangeHeaders = (range: ByteRange | undefined, size: number): Record<string, string> => range === undefined
  ? {'content-length': String(size)}
  : {'content-length': String(range.end - range.start + 1), 'content-range': `bytes ${range.start}-${range.end}/${size}`}

const isWhole = (range: ByteRange | undefined, size: number): boolean => range === undefined || (range.start === 0 && range.end === size - 1)

const headersFor = (context: S3Context, s3: S3Request, object: StoredObject, range: ByteRange | undefined): Record<string, string> => ({
  ...answerHeaders(object),
  ...versionHeaders(context, object),
  ...overrides(s3),
  ...rangeHeaders(range, object.size),
  ...(s3.query.has('partNumber') && object.parts !== undefined && {'x-amz-mp-parts-count': String(object.parts.length)}),
  ...(s3.method === 'GET' && object.tags !== undefined && {'x-amz-tagging-count': String(object.tags.length)}),
  ...(header(s3, 'x-amz-checksum-mode')?.toUpperCase() === 'ENABLED' && isWhole(range, object.size) && checksumHeaders(object))
})

const stream = async (path: string, range: ByteRange | undefined, response: ServerResponse, writeHead: () => void): Promise<void> => {
  // Opened before the status goes out: from here on the object may be replaced or removed.
  const file = await open(path, 'r')
  writeHead()
  await pipeline(file.createReadStream({...range, highWaterMark: 256 * 1024}), response)
}

const askedRange = (s3: S3Request, object: StoredObject): ByteRange | undefined => {
  const [number, range] = [s3.query.get('partNumber'), header(s3, 'range')]
  return number === null ? parseRange(range, object.size) : partRange(number, range, object)
}

/** GetObject and HeadObject. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export const getObject = async (context: S3Context, s3: S3Request, response: ServerResponse): Promise<void> => {
  const {object} = findObject(context, s3)
  checkReadConditions(s3, object)
  const range = askedRange(s3, object)
  const writeHead = (): void => { response.writeHead(range === undefined ? 200 : 206, headersFor(context, s3, object, range)) }
  if (s3.method === 'HEAD' || object.size === 0) {
    writeHead()
    response.end()
    return
  }
  await stream(context.files.objectPath(object.id, object.key), range, response, writeHead)
}
