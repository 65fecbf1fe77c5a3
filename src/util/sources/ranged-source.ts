import {openSource, type SourceAnswer} from '../../lib/http/Http'
import type {RangeCondition, SourceValidators} from '../../types/domain'
import {announcedSize, judge, nextCondition} from './answered-range'
import {isClaimedCoded} from './content-coding'
import {type DirectOptions, permittedAddress} from './direct-source'
import {conditionHeaders, buildConditions, strongest, readValidators} from './source-validators'

/** A source whose bytes can be fetched in any order, each time proven to be of the same version. */
export interface RangedSource {
  /** The strongest validator of the answer. */
  readonly validator: string
  /** All of them. */
  readonly validators: SourceValidators
  /** What the source was found to honour; undefined if it was not asked. */
  readonly condition?: RangeCondition
  /** Bytes of the whole. */
  readonly size: number
  /** The place to ask for ranges: where the redirects led, or where they began if only their cookies open it. */
  readonly finalUrl: URL
}

/** What an answer says of the file that it brings. */
export type Described = Pick<SourceAnswer, 'statusCode' | 'headers' | 'finalUrl' | 'againUrl'>

export interface RangedOptions extends DirectOptions {
  /** Takes a source at its word: whether it honours ranges the first request for one shows. */
  readonly isTrusting?: boolean
}

/**
 * Asks for the first byte under a condition. A source that fails this is treated as not supporting ranges; its first answer is still
 * usable.
 */
const probe = async (
  {finalUrl, validators, size}: RangedSource, condition: RangeCondition, options: DirectOptions
): Promise<'same' | number> => {
  const headers = {...options.headers, range: 'bytes=0-0', ...conditionHeaders(condition, validators)}
  try {
    const answer = await openSource(finalUrl, {...options, headers, permits: permittedAddress()})
    answer.close()
    return judge(answer, {start: 0, end: 1, size, validators, condition})?.kind === 'same' ? 'same' : answer.statusCode
  } catch {
    options.signal?.throwIfAborted()
    return 0
  }
}

const honoured = async (source: RangedSource, options: DirectOptions): Promise<RangeCondition | undefined> => {
  const conditions = buildConditions(source.validators)
  for (let condition = conditions[0]; condition !== undefined;) {
    const result = await probe(source, condition, options)
    if (result === 'same') {
      return condition
    }
    condition = result === 200 || result === 206 || result === 412 ? nextCondition(condition, result, conditions) : undefined
  }
  return undefined
}

/**
 * Whether the answer itself is proof enough: it is a part already, or promises ranges beside a strong ETag, which every server understands.
 */
const isPromised = ({statusCode, headers}: Described, {validator}: RangedSource, {isTrusting = false}: RangedOptions): boolean =>
  isTrusting || (validator.startsWith('"') && (statusCode === 206 || headers['accept-ranges']?.trim().toLowerCase() === 'bytes'))

/**
 * How to fetch the file of an answer by ranges; undefined unless its bytes are uncompressed, its size is known, it has a strong validator,
 * and the source takes ranges under a condition, which a few requests for one byte find out if the answer does not show it. Throws the
 * signal's reason.
 */
export const rangedSource = async (answer: Described, options: RangedOptions = {}): Promise<RangedSource | undefined> => {
  const validators = readValidators(answer.headers)
  const [validator, size] = [strongest(validators), announcedSize(answer)]
  const isRefused = answer.statusCode !== 206 && answer.headers['accept-ranges']?.trim().toLowerCase() === 'none'
  if (validator === undefined || !size || isRefused || isClaimedCoded(answer.headers)) {
    return undefined
  }
  const source: RangedSource = {validator, validators, size, finalUrl: answer.againUrl ?? answer.finalUrl}
  if (isPromised(answer, source, options)) {
    return source
  }
  const condition = await honoured(source, options)
  return condition && {...source, condition}
}
