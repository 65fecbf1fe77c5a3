import {openSource, type SourceAnswer} from '../lib/vendor/Http'
import {type DirectOptions, type DirectSource, directSourceOf, openDirect, permittedAddress} from './direct-source'
import {headBytes} from './media-content'
import {contentRange} from './ranged-source'

/** A source of which only as much was asked for as tells what it is. */
export interface LookedAt extends DirectSource {
  /** Whether the answer brought the whole file nevertheless; if not, `body` ends early, and the connection is closed already. */
  readonly isWhole: boolean
}

/**
 * Statuses by which servers refuse a `Range` that they would answer without one. Those that a second request cannot change (401, 404), or
 * would make worse (429, 503), are absent.
 */
const maybeForTheRange = new Set([400, 403, 405, 406, 412, 416, 417, 500, 501, 505])

/** What an answer to the first bytes brings; undefined if it is not to be trusted. */
const extentOf = ({statusCode, headers}: SourceAnswer): 'part' | 'whole' | undefined => {
  if (headers['content-range'] !== undefined) {
    const range = contentRange(headers)
    return range?.start === 0 ? (range.end === range.size ? 'whole' : 'part') : undefined
  }
  // Some servers cut the body and still answer 200, others 206 without saying what of.
  const isCut = statusCode === 206 || Number(headers['content-length']) === headBytes
  return isCut ? undefined : 'whole'
}

const lookedAt = async (answer: SourceAnswer, isWhole: boolean): Promise<LookedAt> => {
  const source = await directSourceOf(answer)
  if (!isWhole) {
    source.close()
  }
  return {...source, isWhole}
}

/**
 * Looks at the first bytes of a URL, by a range of them: a request for all would cost what the connection's buffers hold. A server that refuses the
 * range, or answers it with something else, is asked once more without one. Throws as `openDirect` does.
 */
export const lookAt = async (url: URL, options: DirectOptions = {}): Promise<LookedAt> => {
  const headers = {...options.headers, range: `bytes=0-${headBytes - 1}`}
  const answer = await openSource(url, {...options, headers, permits: permittedAddress()})
  const extent = maybeForTheRange.has(answer.statusCode) ? undefined : extentOf(answer)
  if (extent !== undefined) {
    return lookedAt(answer, extent === 'whole')
  }
  answer.close()
  return {...await openDirect(url, options), isWhole: true}
}
