import type {IncomingHttpHeaders} from 'node:http'
import type {RangeCondition, SourceValidators} from '../../types/domain'
import type {SourceAnswer} from '../../lib/http/Http'
import {difference, isProven} from './source-validators'

/** Bytes of a file, from the first one on, `end` not included. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

export interface ContentRange extends ByteRange {
  /** Bytes of the whole, if the source knows them. */
  readonly size?: number
}

/** What `Content-Range: bytes first-last/size` says, or undefined if that cannot be. */
export const contentRange = ({'content-range': text}: IncomingHttpHeaders): ContentRange | undefined => {
  const [, first, last, size] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/i.exec(text?.trim() ?? '') ?? []
  const [start, end, whole] = [Number(first), Number(last) + 1, size === '*' ? undefined : Number(size)]
  return start < end && end <= (whole ?? Infinity) ? {start, end, ...(whole !== undefined && {size: whole})} : undefined
}

/** What was asked for: a range of one version of a file, under a condition. */
export interface AskedRange extends ByteRange {
  readonly size: number
  readonly validators: SourceValidators
  readonly condition: RangeCondition
}

/** What an answer to that is. */
export type Verdict =
  | {readonly kind: 'same', readonly end: number}
  /** Of the planned version, as far as can be seen, but not the range: the condition, or ranges at all, are not honoured. */
  | {readonly kind: 'unheeded'}
  | {readonly kind: 'changed', readonly isTagAlone: boolean, readonly text: string}

type Answered = Pick<SourceAnswer, 'statusCode' | 'headers'>

const changed = (text: string, isTagAlone = false): Verdict => ({kind: 'changed', isTagAlone, text})

/** Bytes of the whole that an answer announces. */
export const announcedSize = ({statusCode, headers}: Answered): number | undefined => {
  if (statusCode === 206) {
    return contentRange(headers)?.size
  }
  const length = headers['content-length'] ?? ''
  return statusCode === 200 && /^\d{1,15}$/.test(length) ? Number(length) : undefined
}

const judgeWhole = (answer: Answered, {start, end, size, validators}: AskedRange): Verdict => {
  const now = announcedSize(answer)
  if (now !== undefined && now !== size) {
    return changed(`it had ${size} bytes and has ${now}`)
  }
  const other = difference(answer.headers, validators)
  if (other !== undefined) {
    return changed(other.text, other.isTagAlone)
  }
  if (now === size && start === 0 && end === size && isProven(answer.headers, validators)) {
    return {kind: 'same', end}
  }
  const {etag, 'last-modified': modified} = answer.headers
  return now === undefined && etag === undefined && modified === undefined ? changed('something else is in its place') : {kind: 'unheeded'}
}

const judgePart = (answer: Answered, {start, end, size, validators, condition}: AskedRange): Verdict => {
  const range = contentRange(answer.headers)
  if (range?.size !== size || range.start !== start || range.end > end) {
    const text = (answer.headers['content-range'] ?? '').slice(0, 100)
    return changed(`asked for 'bytes ${start}-${end - 1}/${size}' it sends '${text}'`)
  }
  const other = difference(answer.headers, validators)
  if (other !== undefined) {
    return changed(other.text, other.isTagAlone)
  }
  const isSure = condition === 'etag' || condition === 'date' || isProven(answer.headers, validators)
  return isSure ? {kind: 'same', end: range.end} : {kind: 'unheeded'}
}

const judgeUnsatisfied = ({headers}: Answered, {size}: AskedRange): Verdict => {
  const now = /^bytes \*\/(\d{1,15})$/i.exec(headers['content-range']?.trim() ?? '')?.[1]
  return now !== undefined && Number(now) !== size ? changed(`it had ${size} bytes and has ${now}`) : {kind: 'unheeded'}
}

/** Judges an answer with the status 200, 206, 412 or 416; undefined for any other status. Every validator that it has is compared. */
export const judge = (answer: Answered, asked: AskedRange): Verdict | undefined => {
  switch (answer.statusCode) {
    case 200: return judgeWhole(answer, asked)
    case 206: return judgePart(answer, asked)
    case 412: return {kind: 'unheeded'}
    case 416: return judgeUnsatisfied(answer, asked)
    default: return undefined
  }
}

/** What to try once a condition was not honoured by an answer of this status; undefined if no range can be had of one version alone. */
export const nextCondition = (
  condition: RangeCondition, statusCode: number, all: readonly RangeCondition[]
): RangeCondition | undefined => {
  // Without If-Range only a source that takes no ranges sends the whole.
  const isHopeless = condition === 'unless-changed' && statusCode !== 412
  return isHopeless ? undefined : all[all.indexOf(condition) + 1]
}
