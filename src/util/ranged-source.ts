import type {IncomingHttpHeaders} from 'node:http'
import {openSource, type SourceAnswer} from '../lib/vendor/Http'
import {type DirectOptions, permittedAddress} from './direct-source'

/** A source whose bytes can be fetched in any order, each time proven to be of the same file. */
export interface RangedSource {
  /** For `If-Range`: a strong ETag, or a `Last-Modified` that is as good as one. */
  readonly validator: string
  /** Bytes of the whole. */
  readonly size: number
  /** The place to ask for ranges: where the redirects led, or where they began if only their cookies open it. */
  readonly finalUrl: URL
}

/** What an answer says of the file that it brings. */
export type Described = Pick<SourceAnswer, 'statusCode' | 'headers' | 'finalUrl' | 'againUrl'>

/** So much older than the answer must a modification be, that no second one of the same moment can hide behind it. */
const settledMilliseconds = 60_000

/** https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2.2 */
const strongDate = ({'last-modified': modified, date}: IncomingHttpHeaders): string | undefined =>
  modified !== undefined && Date.parse(date ?? '') - Date.parse(modified) >= settledMilliseconds ? modified : undefined

/** A validator that tells any two versions of a file apart, byte for byte; undefined where the source gives none. */
export const strongValidator = (headers: IncomingHttpHeaders): string | undefined =>
  headers.etag === undefined ? strongDate(headers) : /^"[\x21\x23-\x7e\x80-\xff]*"$/.exec(headers.etag)?.[0]

export interface ContentRange {
  readonly start: number
  /** Exclusive. */
  readonly end: number
  /** Bytes of the whole, where the source knows them. */
  readonly size?: number
}

/** What `Content-Range: bytes first-last/size` says, or undefined where it says nothing that can be. */
export const contentRange = ({'content-range': text}: IncomingHttpHeaders): ContentRange | undefined => {
  const [, first, last, size] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/i.exec(text?.trim() ?? '') ?? []
  const [start, end, whole] = [Number(first), Number(last) + 1, size === '*' ? undefined : Number(size)]
  return start < end && end <= (whole ?? Infinity) ? {start, end, ...(whole !== undefined && {size: whole})} : undefined
}

const sizeOf = ({statusCode, headers}: Described): number | undefined => {
  if (statusCode === 206) {
    return contentRange(headers)?.size
  }
  const length = headers['content-length'] ?? ''
  return statusCode === 200 && /^\d{1,15}$/.test(length) ? Number(length) : undefined
}

/** Asks for the first byte. Who gives no answer to that gives no ranges either, but his first answer is as good as it was. */
const takesOne = async (url: URL, {validator, size}: Pick<RangedSource, 'validator' | 'size'>, options: DirectOptions): Promise<boolean> => {
  const headers = {...options.headers, range: 'bytes=0-0', 'if-range': validator}
  try {
    const probe = await openSource(url, {...options, headers, permits: permittedAddress()})
    probe.close()
    return probe.statusCode === 206 && contentRange(probe.headers)?.size === size
  } catch {
    options.signal?.throwIfAborted()
    return false
  }
}

const takesRanges = async ({statusCode, headers}: Described, {validator, size, finalUrl}: RangedSource, options: DirectOptions): Promise<boolean> => {
  const units = headers['accept-ranges']?.trim().toLowerCase()
  if (statusCode === 206 || units === 'bytes') {
    return true
  }
  if (units === 'none') {
    return false
  }
  return takesOne(finalUrl, {validator, size}, options)
}

/**
 * Whether the file of an answer can be fetched by ranges: its size is known, it has a strong validator, and the source takes ranges, which
 * one more request finds out where the answer does not tell. Throws the signal's reason.
 */
export const rangedSource = async (answer: Described, options: DirectOptions = {}): Promise<RangedSource | undefined> => {
  const [validator, size] = [strongValidator(answer.headers), sizeOf(answer)]
  if (validator === undefined || size === undefined || size === 0) {
    return undefined
  }
  const source = {validator, size, finalUrl: answer.againUrl ?? answer.finalUrl}
  return await takesRanges(answer, source, options) ? source : undefined
}
