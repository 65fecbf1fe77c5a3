import {invalidArgument, invalidRequest, notImplemented, S3Error} from './errors'
import type {StoredObject} from './objects'

/** Bytes `start` to `end`, both included. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** The one range of a header; undefined if it asks for none that S3 knows (several, another unit): the whole is sent then. Throws InvalidRange. */
export const parseRange = (text: string | undefined, size: number): ByteRange | undefined => {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(text?.trim() ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) {
    return undefined
  }
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (first !== '' && last !== '' && Number(last) < Number(first)) {
    return undefined
  }
  if (start >= size || (first === '' && Number(last) === 0)) {
    throw new S3Error(
      'InvalidRange', 'The requested range is not satisfiable', 416, {RangeRequested: text!.trim(), ActualObjectSize: String(size)},
      {'content-range': `bytes */${size}`}
    )
  }
  return {start, end}
}

const maximumNumber = 10_000

/** Throws InvalidArgument. */
export const parsePartNumber = (text: string | null): number => {
  if (text === null || !/^\d+$/.test(text) || Number(text) < 1 || Number(text) > maximumNumber) {
    throw invalidArgument(`Part number must be an integer between 1 and ${maximumNumber}, inclusive`, 'partNumber', text ?? '')
  }
  return Number(text)
}

const noSuchPart = (number: number, count: number): S3Error => new S3Error(
  'InvalidPartNumber', 'The requested partnumber is not satisfiable', 416, {PartNumberRequested: String(number), ActualPartCount: String(count)}
)

/** Where a part of an object lies; an object of one piece is its own first part. Throws InvalidArgument, InvalidPartNumber. */
export const partRange = (text: string, range: string | undefined, {parts, etag, size}: StoredObject): ByteRange | undefined => {
  const number = parsePartNumber(text)
  if (range !== undefined) {
    throw invalidRequest('Cannot specify both Range header and partNumber query parameter')
  }
  if (parts === undefined && etag.includes('-')) {
    throw notImplemented('partNumber, of an object that an earlier release of this program put together')
  }
  const all = parts ?? [{number: 1, size}]
  const index = all.findIndex((part) => part.number === number)
  if (index === -1) {
    throw noSuchPart(number, all.length)
  }
  const start = all.slice(0, index).reduce((sum, part) => sum + part.size, 0)
  return size === 0 ? undefined : {start, end: start + all[index]!.size - 1}
}
