import type {IncomingHttpHeaders} from 'node:http'
import type {RangeCondition, RangedTransfer, SourceValidators} from '../../types/domain'

/** Last-Modified is a strong validator only if it is at least this much older than Date (RFC 9110 8.8.2.2). */
const settledMilliseconds = 60_000

const isSettled = ({'last-modified': modified, date}: IncomingHttpHeaders): boolean =>
  modified !== undefined && Date.parse(date ?? '') - Date.parse(modified) >= settledMilliseconds

/** All validators of an answer. */
export const readValidators = (headers: IncomingHttpHeaders): SourceValidators => ({
  ...(headers.etag !== undefined && {etag: headers.etag}),
  ...(headers['last-modified'] !== undefined && {lastModified: headers['last-modified']}),
  ...(isSettled(headers) && {isSettled: true})
})

const strongTag = ({etag = ''}: SourceValidators): string | undefined => /^"[\x21\x23-\x7e\x80-\xff]*"$/.exec(etag)?.[0]

const strongDate = ({lastModified, isSettled: settled}: SourceValidators): string | undefined => settled ? lastModified : undefined

/**
 * The validator that distinguishes any two versions of a file byte for byte: a strong ETag, else an old enough date; undefined without
 * either.
 */
export const strongest = (validators: SourceValidators): string | undefined => strongTag(validators) ?? strongDate(validators)

/** The validators of a plan; records of before know one only. */
export const plannedValidators = ({validator, validators}: Pick<RangedTransfer, 'validator' | 'validators'>): SourceValidators =>
  validators ?? (validator.startsWith('"') ? {etag: validator} : {lastModified: validator, isSettled: true})

/** The ways to ask for a range of just this version, the most reliable first; none without a strong validator. */
export const buildConditions = (validators: SourceValidators): RangeCondition[] => {
  const [tag, date] = [strongTag(validators), strongDate(validators)]
  return tag === undefined && date === undefined
    ? []
    : [...(tag === undefined ? [] : ['etag'] as const), ...(date === undefined ? [] : ['date'] as const), 'unless-changed', 'compared']
}

/** The headers of a condition. A weak ETag is never among them (RFC 9110 13.1.1, 13.1.5). */
export const conditionHeaders = (condition: RangeCondition, validators: SourceValidators): Record<string, string> => {
  const [tag, date] = [strongTag(validators), strongDate(validators)]
  if (condition === 'compared') {
    return {}
  }
  if (condition === 'unless-changed') {
    return {...(tag !== undefined && {'if-match': tag}), ...(date !== undefined && {'if-unmodified-since': date})}
  }
  return {'if-range': (condition === 'etag' ? tag : date) ?? ''}
}

const isSameDate = (one: string | undefined, other: string): boolean =>
  one === other || (one !== undefined && Date.parse(one) === Date.parse(other))

/** Whether an answer proves by a strong validator of its own that it is of this version. */
export const isProven = (headers: IncomingHttpHeaders, validators: SourceValidators): boolean => {
  const [tag, date] = [strongTag(validators), strongDate(validators)]
  return (tag !== undefined && headers.etag === tag) || (date !== undefined && isSameDate(headers['last-modified'], date))
}

export interface Difference {
  /** The ETags differ, but no date: perhaps two mirrors of one version. */
  readonly isTagAlone: boolean
  readonly text: string
}

/** What an answer says otherwise than the plan; undefined if all validators that both have are equal. */
export const difference = (headers: IncomingHttpHeaders, {etag, lastModified}: SourceValidators): Difference | undefined => {
  const {etag: tagNow, 'last-modified': dateNow} = headers
  if (lastModified !== undefined && dateNow !== undefined && !isSameDate(dateNow, lastModified)) {
    return {isTagAlone: false, text: `its date was ${lastModified.slice(0, 100)} and is ${dateNow.slice(0, 100)}`}
  }
  return etag !== undefined && tagNow !== undefined && tagNow !== etag
    ? {isTagAlone: true, text: `its ETag was ${etag.slice(0, 100)} and is ${tagNow.slice(0, 100)}`}
    : undefined
}
